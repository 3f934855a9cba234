import { exportContent } from '#src/features/content-exchange/export-content.server.ts';
import { contentCli as words } from '#src/i18n/content-cli.ts';
import { getDb } from '#src/lib/database.ts';
import { Refusal, type Terminal } from '../terminal.ts';

/** `content export` */
export async function runExport(
  terminal: Terminal,
  folder: string,
  { replace = false }: { replace?: boolean },
): Promise<void> {
  const result = await terminal.withDatabase(() => exportContent(getDb(), folder, { replace }));
  if (result.kind === 'nothing-published') throw new Refusal(words.nothingPublished);
  if (result.kind === 'not-folder') throw new Refusal(words.notFolder(folder));
  if (result.kind === 'changed') throw new Refusal(words.changedFiles(folder, result.files));
  terminal.say(words.exported(folder, result.modules, result.files, result.releaseId));
}
