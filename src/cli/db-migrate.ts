/** `npm run db:migrate`: brings the database up to this release, for those who do it apart from the start. */
import { withDatabase } from './with-database.ts';
import { StartError } from './say.mjs';

try {
  await withDatabase(async () => console.log('Databasen har den här versionens tabeller.'));
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  process.exitCode = 1;
}
