import { Option, type Command } from 'commander';
import { formatPercent, type IndicatorRow } from '#src/features/indicator/indicator.ts';
import { toCsv, toJson } from '#src/features/indicator/indicator-files.ts';
import { findFixedYear, fixYear, showYear } from '#src/features/years/years.server.ts';
import { longTime } from '#src/i18n/common.ts';
import { changeText, years as words } from '#src/i18n/years.ts';
import { Refusal, type Terminal } from '../terminal.ts';

/** `year fix` and `year show`. */
export function addYearCommands(program: Command, terminal: Terminal): void {
  const year = program.command('year').description('Fastställda år: siffror som står fast.');
  year
    .command('fix')
    .description('Fastställer ett år som är slut: sparar siffrorna för den 31 december.')
    .argument('<år>', 'till exempel 2025', readYear)
    .option('--reason <skäl>', 'varför året fastställs på nytt; krävs andra gången, visas öppet')
    .action(async (asked: number, { reason }: { reason?: string }) => {
      const result = await terminal.withDatabase(() =>
        fixYear('cli', { year: asked, reason: reason?.trim() }),
      );
      if (result.kind === 'needs-reason') throw new Refusal(`${words.reasonMissing} (--reason)`);
      if (result.kind !== 'fixed') throw new Refusal(words.outcomes[result.kind](asked));
      terminal.say(`${asked} är fastställt, ${words.revision(result.revision)}: ${result.units} enheter.`);
      terminal.say(`${words.fingerprint}: ${result.fingerprint}`);
    });
  year
    .command('show')
    .description('Visar ett fastställt år och vad som har ändrats sedan dess.')
    .argument('<år>', 'till exempel 2025', readYear)
    .addOption(
      new Option('--format <form>', 'tabell med jämförelse, eller de fastställda raderna som CSV eller JSON')
        .choices(['table', 'csv', 'json'])
        .default('table'),
    )
    .action(async (asked: number, { format }: { format: 'table' | 'csv' | 'json' }) => {
      const [fixed, detail] = await terminal.withDatabase(async () => [
        await findFixedYear(asked),
        await showYear('cli', asked),
      ]);
      if (!fixed || !detail) throw new Refusal(`${asked} är inte fastställt.`);
      if (format === 'csv') return terminal.write(toCsv(fixed.rows, fixed.asOf));
      if (format === 'json') return terminal.say(JSON.stringify(toJson(fixed.rows, fixed.asOf), null, 2));
      terminal.say(`${asked} fastställdes ${longTime(fixed.fixedAt)}, ${words.revision(fixed.revision)}.`);
      if (fixed.reason !== null) terminal.say(`${words.reason}: ${fixed.reason}`);
      terminal.say(`${words.fingerprint}: ${fixed.factsFingerprint}`);
      terminal.say(detail.isUnchanged ? words.unchanged : words.changed);
      for (const { kind, changes, reason } of detail.changes)
        terminal.say(`- ${changeText(kind, changes)}${reason === null ? '' : ` (${reason})`}`);
      terminal.say(
        [words.unit.padEnd(NAME_WIDTH), words.fixed.padStart(16), words.now.padStart(16)].join(' '),
      );
      for (const pair of detail.pairs.filter(({ depth, differs }) => depth <= 1 || differs)) {
        const name = `${'  '.repeat(pair.depth)}${pair.name} (${pair.code})`
          .padEnd(NAME_WIDTH)
          .slice(0, NAME_WIDTH);
        terminal.say([name, shown(pair.fixed).padStart(16), shown(pair.now).padStart(16)].join(' '));
      }
    });
}

const NAME_WIDTH = 56;

function readYear(text: string): number {
  if (!/^(20|21)\d\d$/.test(text))
    throw new Refusal(`Året ska skrivas med fyra siffror, till exempel 2025. Inte: ${text}`);
  return Number(text);
}

function shown(row: IndicatorRow | null): string {
  if (row === null) return words.absent;
  if (row.hidden) return 'dold';
  return row.outcome === null ? '–' : `${formatPercent(row.outcome)} %`;
}
