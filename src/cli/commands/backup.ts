import type { Command } from 'commander';
import { restoreBackup } from '#db/backup/restore-backup.ts';
import { writeBackup } from '#db/backup/write-backup.ts';
import type { TableTotals } from '#db/backup/format.ts';
import { now } from '#src/lib/clock.ts';
import { isDemo } from '#src/lib/demo.ts';
import type { Terminal } from '../terminal.ts';

/** `backup` and `restore` */
export function addBackupCommands(program: Command, terminal: Terminal): void {
  program
    .command('backup')
    .description(
      'Skriver allt i databasen, som det är i ett ögonblick, till en ny fil. Sessioner följer inte med.',
    )
    .argument('<fil>', 'skapas; bara du kan läsa den. Den innehåller personuppgifter.')
    .action(async (file: string) => {
      const totals = await terminal.withDatabase((url) =>
        writeBackup(url, file, { createdAt: now(), isDemo: isDemo() }),
      );
      terminal.say(`Säkerhetskopian ${file} är skriven: ${describe(totals)}.`);
    });
  program
    .command('restore')
    .description('Läser tillbaka en säkerhetskopia, hel och kontrollerad eller inte alls. Alla loggas ut.')
    .argument('<fil>', 'från backup')
    .option('--replace', 'ersätt allt som databasen innehåller')
    .action(async (file: string, { replace = false }: { replace?: boolean }) => {
      const totals = await terminal.withDatabase((url) =>
        restoreBackup(url, file, { replace, isDemo: isDemo() }),
      );
      terminal.say(`Säkerhetskopian ${file} är återställd: ${describe(totals)}.`);
    });
}

function describe(totals: TableTotals): string {
  const rows = Object.values(totals).reduce((sum, table) => sum + table.rows, 0);
  return `${Object.keys(totals).length} tabeller, ${rows} rader`;
}
