import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { importCompletions } from '#src/features/completions/import.server.ts';
import type { RowProblem } from '#src/features/organisation/import-file.ts';
import {
  importStaff,
  importUnits,
  type ImportInput,
  type ImportResult,
} from '#src/features/organisation/import.server.ts';
import type { Difference } from '#src/features/organisation/organisation.ts';
import { Refusal, type Terminal } from '../terminal.ts';

interface Options {
  dryRun?: boolean;
  asOf?: string;
  full?: boolean;
  allowLarge?: boolean;
}

/** `import units|staff|completions FILE` */
export function addImportCommands(program: Command, terminal: Terminal): void {
  const group = program
    .command('import')
    .description(
      'Läser in organisation, personal och tidigare utbildning. Allt i en fil går in, eller inget.',
    );
  const add = (name: string, description: string) =>
    group
      .command(name)
      .description(description)
      .argument('<fil>', 'CSV i UTF-8 eller Windows-1252, med semikolon, komma eller tabb')
      .option('--dry-run', 'visa vad som skulle ändras, utan att ändra något');

  add('units', 'Enheter. Kolumner: kod, namn, typ (kommun, forvaltning, avdelning, enhet), overordnad.')
    .option('--as-of <datum>', 'dagen då nytt och ändrat börjar gälla (ÅÅÅÅ-MM-DD); annars i dag')
    .option('--full', 'filen är hela organisationen: avsluta enheter som saknas i den')
    .action((file: string, options: Options) => run(terminal, 'enheter', importUnits, file, options));
  add(
    'staff',
    'Anställningar. Kolumner: anstnr, namn, epost, enhet, befattning, fran, till (sista dagen), chef, skyddad.',
  )
    .option('--as-of <datum>', 'dagen som filen beskriver (ÅÅÅÅ-MM-DD); annars i dag')
    .option('--full', 'filen är all personal: avsluta anställningar som saknas i den från och med dagen')
    .option('--allow-large', 'låt fler än 5 procent av de anställda sluta')
    .action((file: string, options: Options) => run(terminal, 'personer', importStaff, file, options));
  add(
    'completions',
    'Tidigare genomförd utbildning. Kolumner: anstnr, modul (grundkurs eller en modul), datum, kalla.',
  ).action((file: string, options: Options) =>
    run(terminal, 'genomföranden', importCompletions, file, options),
  );
}

async function run(
  terminal: Terminal,
  what: string,
  importFile: (actor: 'cli', input: ImportInput) => Promise<ImportResult>,
  file: string,
  options: Options,
): Promise<void> {
  const bytes = await readFile(file);
  const result = await terminal.withDatabase(() =>
    importFile('cli', { ...options, fileName: basename(file), bytes }),
  );
  if (result.kind === 'invalid-date') throw new Refusal('--as-of ska vara ett datum som ÅÅÅÅ-MM-DD.');
  if (result.kind === 'refused') {
    for (const problem of result.problems) terminal.complain(describeProblem(file, problem));
    const rows = new Set(result.problems.map(({ line }) => line)).size;
    throw new Refusal(`Inget har ändrats. Fel på ${rows} ${rows === 1 ? 'rad' : 'rader'}.`);
  }
  if (result.kind === 'too-many-leaving') {
    describeDifference(result.difference, what).forEach(terminal.say);
    const share = ((result.leaving / result.employed) * 100).toFixed(1).replace('.', ',');
    throw new Refusal(
      `Inget har ändrats. ${result.leaving} av ${result.employed} anställda (${share} %) skulle sluta. ` +
        'Är filen hel? Om det stämmer: kör igen med --allow-large.',
    );
  }
  describeDifference(result.difference, what).forEach(terminal.say);
  terminal.say(
    result.isApplied
      ? `Klart: ${result.rows} rader lästes in, gällande ${result.asOf}.`
      : `Torrkörning: inget har ändrats. Filen har ${result.rows} rader och gäller ${result.asOf}.`,
  );
}

function describeProblem(file: string, { line, column, reason }: RowProblem): string {
  return `${file}, rad ${line}${column === null ? '' : `, kolumn ${column}`}: ${reason}`;
}

const WORDS = {
  new: 'nya',
  moved: 'flyttade',
  changed: 'ändrade',
  ended: 'avslutade',
  unchanged: 'oförändrade',
};
const MARKS = { new: '+', moved: '→', changed: '~', ended: '−' };

/** The difference as a few lines; people with protected identity are in the counts only. */
function describeDifference({ counts, examples }: Difference, what: string): string[] {
  const kinds = Object.keys(WORDS) as (keyof typeof WORDS)[];
  const shown = examples.map(({ kind, text }) => `  ${MARKS[kind]} ${text}`);
  const changed = kinds.filter((kind) => kind !== 'unchanged').reduce((sum, kind) => sum + counts[kind], 0);
  const more =
    changed > examples.length && examples.length > 0
      ? [`  … ${changed - examples.length} till visas inte`]
      : [];
  return [`${kinds.map((kind) => `${WORDS[kind]} ${counts[kind]}`).join(', ')} (${what})`, ...shown, ...more];
}
