/** `npm run cli -- <command>`: administration from the command line. */
import { text } from 'node:stream/consumers';
import { runCommandLine } from './program.ts';
import { seconds } from './say.mjs';
import { ensureSite } from './site.ts';
import { withDatabase } from './with-database.ts';

// `… | head` stops reading early: no fault of the command.
process.stdout.on('error', () => undefined);

process.exitCode = await runCommandLine(process.argv.slice(2), {
  say: (line) => process.stdout.write(`${line}\n`),
  write: (output) => process.stdout.write(output),
  complain: (line) => process.stderr.write(`${line}\n`),
  readInput: () => text(process.stdin),
  prepareSite: async () => {
    const began = performance.now();
    if (await ensureSite()) process.stderr.write(`Byggde webbplatsen på ${seconds(began)}\n`);
  },
  withDatabase: (work, options) => withDatabase(() => work(process.env['DATABASE_URL'] ?? ''), options),
});
