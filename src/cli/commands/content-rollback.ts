import type { Command } from 'commander';
import { rollBack } from '#src/features/releases/roll-back.server.ts';
import { rollbackWords as words } from '#src/i18n/publishing-errors.ts';
import { getDb } from '#src/lib/database.ts';
import { Refusal, type Terminal } from '../terminal.ts';
import { requireEditor } from './content-editors.ts';
import { letNodesFollow } from './nodes-follow.ts';

interface Options {
  to?: number;
  reason: string;
  by?: string;
}

/** `content rollback` */
export function addRollbackCommand(content: Command, terminal: Terminal): void {
  content
    .command('rollback')
    .description('Låter läsarna se en tidigare utgåva igen. Inget tas bort.')
    .option('--to <utgåva>', 'utgåvans nummer; annars den som läsarna såg före den nuvarande', readNumber)
    .option('--reason <skäl>', 'varför; visas för redaktörer', words.defaultReason)
    .option('--by <e-post>', 'redaktören som gör det')
    .action((options: Options) => runRollback(terminal, options));
}

async function runRollback(terminal: Terminal, { to, reason, by }: Options): Promise<void> {
  const why = reason.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (why === '' || why.length > 300) throw new Refusal(words.reason);
  const result = await terminal.withDatabase(async () => {
    const editor = by === undefined ? null : await requireEditor(getDb(), '--by', by);
    return rollBack('cli', to ?? null, why, { by: editor?.personId ?? null });
  });
  if (result.kind === 'restored') {
    await letNodesFollow();
    return terminal.say(words.restored(result.restoredFrom, result.releaseId));
  }
  if (result.kind === 'failed') throw new Refusal(words.failed(result.reason));
  if (result.kind === 'same') throw new Refusal(words.same);
  throw new Refusal(to === undefined ? words.noneBefore : words.noSuch(to));
}

function readNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Refusal(words.number(text));
}
