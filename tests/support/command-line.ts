import { runCommandLine } from '#src/cli/program.ts';

/** Runs a command line on a database, in this process. Gives back the exit code and what was written. */
export async function runLine(
  line: string | string[],
  { input = '', url }: { input?: string; url: string },
): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await runCommandLine(typeof line === 'string' ? line.split(' ') : line, {
    say: (text) => (out += `${text}\n`),
    write: (text) => (out += text),
    complain: (text) => (err += `${text}\n`),
    readInput: async () => input,
    withDatabase: (work) => work(url),
  });
  return { code, out, err };
}
