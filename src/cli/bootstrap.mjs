/**
 * The entry of every npm script: finds or fetches Node 24, installs the packages once per lockfile,
 * and runs the command under that Node. Plain JavaScript without packages: it runs where neither is there yet.
 */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exitWhenParentDies, passSignalsOn, runInForeground } from './foreground.mjs';
import { ensureNode } from './node-runtime.mjs';
import { ensurePackages } from './packages.mjs';
import { StartError } from './say.mjs';
import { toolArguments } from './tools.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** `usesEnvFile`: reads `.env`; tests must not. `isWatched`: ends by itself if this process is killed. */
const COMMANDS = {
  start: { script: 'src/cli/start.ts', usesEnvFile: true, isWatched: true },
  dev: { script: 'src/cli/dev.ts', usesEnvFile: true, isWatched: true },
  build: { script: 'src/cli/build.ts', usesEnvFile: false, isWatched: true },
  test: { script: 'src/cli/test.ts', usesEnvFile: false, isWatched: true },
  cli: { script: 'src/cli/main.ts', usesEnvFile: true, isWatched: false },
  'db-migrate': { script: 'src/cli/db-migrate.ts', usesEnvFile: true, isWatched: false },
};

/** @param {string | undefined} name @param {string[]} args */
async function main(name, args) {
  const command = COMMANDS[/** @type {keyof typeof COMMANDS} */ (name)];
  if (!command && name !== 'run') throw new StartError(`Okänt kommando: ${name ?? '(inget)'}. Se "npm run".`);
  process.chdir(root);
  passSignalsOn();
  exitWhenParentDies();
  const node = await ensureNode(root);
  await ensurePackages(root, node);
  if (!command) return runInForeground(node, toolArguments(args), { isWatched: false });

  const envFile = command.usesEnvFile && existsSync('.env') ? ['--env-file=.env'] : [];
  const code = await runInForeground(node, [...envFile, command.script, ...args], command);
  // Killed, so it could not stop the database it had started.
  if (code > 128 && name === 'start')
    await runInForeground(node, [...envFile, 'src/cli/stop-database.ts'], {});
  return code;
}

main(process.argv[2], process.argv.slice(3)).then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    console.error(error instanceof StartError ? `\n${error.message}` : error);
    process.exitCode = 1;
  },
);
