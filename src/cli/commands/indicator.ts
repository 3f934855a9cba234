import { Option, type Command } from 'commander';
import { formatPercent, type IndicatorRow } from '#src/features/indicator/indicator.ts';
import { toCsv, toJson } from '#src/features/indicator/indicator-files.ts';
import { getIndicator, getUnsuppressedIndicator } from '#src/features/indicator/indicator.server.ts';
import { Refusal, type Terminal } from '../terminal.ts';

interface Options {
  asOf?: string;
  format: 'table' | 'csv' | 'json';
  enhet?: string;
  unsuppressed?: boolean;
}

/** `indicator`: the same rows as the page, the CSV and the JSON. */
export function addIndicatorCommand(program: Command, terminal: Terminal): void {
  program
    .command('indicator')
    .description('Visar indikatorn: andelen anställda med grundkunskaper, per enhet och dag.')
    .option('--as-of <datum>', 'dagen (ÅÅÅÅ-MM-DD), senast i dag; annars i dag')
    .addOption(
      new Option('--format <form>', 'tabell, CSV eller JSON')
        .choices(['table', 'csv', 'json'])
        .default('table'),
    )
    .option('--enhet <kod>', 'bara enheten och dem under den')
    .option('--unsuppressed', 'visa även små grupper. Lämna inte ut: enskilda kan gå att räkna ut.')
    .action(async ({ asOf, format, enhet, unsuppressed }: Options) => {
      const choice = { asOf, unitCode: enhet };
      const result = await terminal.withDatabase(() =>
        unsuppressed ? getUnsuppressedIndicator('cli', choice) : getIndicator(null, choice),
      );
      if (result.kind === 'invalid-date') throw new Refusal('--as-of ska vara ett datum som ÅÅÅÅ-MM-DD.');
      if (result.kind === 'future-date') throw new Refusal(`--as-of kan vara senast i dag, ${result.today}.`);
      if (result.kind === 'unknown-unit')
        throw new Refusal(`Enheten ${enhet} fanns inte den ${result.asOf}.`);
      const { rows, asOf: day } = result;
      if (format === 'csv') terminal.write(toCsv(rows, day));
      else if (format === 'json') terminal.say(JSON.stringify(toJson(rows, day), null, 2));
      else drawTable(rows, day).forEach(terminal.say);
    });
}

const NAME_WIDTH = 56;

function drawTable(rows: readonly IndicatorRow[], day: string): string[] {
  if (rows.length === 0) return [`Organisationen är inte känd för den ${day}.`];
  const top = Math.min(...rows.map(({ depth }) => depth));
  const cells = (name: string, ...figures: string[]) =>
    [name.padEnd(NAME_WIDTH).slice(0, NAME_WIDTH), ...figures.map((figure) => figure.padStart(10))].join(' ');
  return [
    `Andel anställda den ${day} som har de kurser som krävs. Små grupper är dolda.`.replace(
      rows.some(({ hidden }) => hidden) ? '' : ' Små grupper är dolda.',
      '',
    ),
    cells('Enhet', 'Mål %', 'Utfall %', 'Genomfört', 'Anställda'),
    ...rows.map((row) =>
      cells(
        `${'  '.repeat(row.depth - top)}${row.name} (${row.code})`,
        formatPercent(row.target),
        row.hidden ? 'dold' : formatPercent(row.outcome),
        String(row.completed ?? ''),
        String(row.employed ?? ''),
      ),
    ),
  ];
}
