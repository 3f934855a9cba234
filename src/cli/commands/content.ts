import { Option, type Command } from 'commander';
import { CHANGES, MOST_MONTHS, type Change } from '#src/features/publishing/publication.ts';
import type { Terminal } from '../terminal.ts';
import { runExport } from './content-export.ts';
import { runImport } from './content-import.ts';
import { runPublish } from './content-publish.ts';
import { addRollbackCommand } from './content-rollback.ts';

/** `content export|import|publish|rollback` */
export function addContentCommands(program: Command, terminal: Terminal): void {
  const content = program
    .command('content')
    .description('Moduler och fakta: skriver ut dem som filer, läser in dem och publicerar dem.');
  content
    .command('export')
    .description('Skriver det som är publicerat till en mapp, i samma form som mappen content.')
    .argument('<mapp>', 'i den skrivs kurs, fordjupning, fakta och bilder; annat där rörs inte')
    .option('--replace', 'skriv över filer som någon har ändrat')
    .action((folder: string, options) => runExport(terminal, folder, options));
  content
    .command('import')
    .description(
      'Läser in en sådan mapp. Det som skiljer sig från det som är publicerat blir utkast, om allt går genom kontrollen.',
    )
    .argument('<mapp>', 'med kurs, fordjupning och fakta, eller några av dem')
    .option('--dry-run', 'visa vad som skulle bli utkast, utan att ändra något')
    .option('--by <e-post>', 'redaktören som det räknas som skrivet av')
    .option('--replace', 'skriv över utkast som har andra ändringar')
    .action((folder: string, options) => runImport(terminal, folder, options));
  content
    .command('publish')
    .description('Publicerar det öppna utkastet av en modul, eller av fakta.')
    .argument('<modul>', 'modulens namn i adressen, till exempel del-1, eller fakta')
    .addOption(
      new Option(
        '--change <slag>',
        'minor: liten rättelse; refresh: värt att läsa om; requirement: äldre genomföranden slutar räknas',
      )
        .choices(CHANGES)
        .makeOptionMandatory(),
    )
    .requiredOption('--reason <skäl>', 'vad som är ändrat och varför, högst 300 tecken')
    .requiredOption('--by <e-post>', 'redaktören som lämnar in och publicerar')
    .requiredOption('--approved-by <e-post>', 'redaktören som godkänner; har inte skrivit i utkastet')
    .option('--months <antal>', `månader som äldre genomföranden räknas, 1–${MOST_MONTHS}; vid requirement`)
    .action((slug: string, options: { change: Change; reason: string; by: string; approvedBy: string }) =>
      runPublish(terminal, slug, options),
    );
  addRollbackCommand(content, terminal);
}
