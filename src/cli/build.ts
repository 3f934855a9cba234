/** `npm run build`: builds the site, changed or not. */
import { saying, StartError } from './say.mjs';
import { ensureSite } from './site.ts';

try {
  await saying('Bygger webbplatsen', () => ensureSite({ force: true }));
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  process.exitCode = 1;
}
