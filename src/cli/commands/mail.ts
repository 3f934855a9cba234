import { Option, type Command } from 'commander';
import {
  listPreview,
  type PreviewList,
  type PreviewMail,
} from '#src/features/notifications/preview.server.ts';
import { isMailOn } from '#src/features/notifications/mail-settings.ts';
import { PLANNED_KINDS } from '#src/features/notifications/planner.ts';
import { notifications as words } from '#src/i18n/notifications.ts';
import { isCalendarDay } from '#src/lib/clock.ts';
import { toCsvText } from '#src/lib/csv.ts';
import { Refusal, type Terminal } from '../terminal.ts';

type PlannedKind = (typeof PLANNED_KINDS)[number];

/** What the kinds are called on the command line. */
const KINDS: Record<string, PlannedKind> = {
  inbjudan: 'invitation',
  krav: 'due',
  fornya: 'expiry',
  manad: 'digest',
};

interface Options {
  day?: string;
  kind?: string;
  format: 'table' | 'csv';
}

/** `mail preview` */
export function addMailCommands(program: Command, terminal: Terminal): void {
  program
    .command('mail')
    .description('Mejl som skickas till medarbetare och chefer.')
    .command('preview')
    .description(
      'Visar vem som skulle få vilket mejl, efter anstnr. Inget skrivs och inget skickas. Personer med skyddade uppgifter räknas men visas inte.',
    )
    .option('--day <datum>', 'dagen (ÅÅÅÅ-MM-DD); annars nästa dag då mejl skickas')
    .addOption(
      new Option(
        '--kind <slag>',
        'bara ett slag: inbjudan till nya, krav som snart ska vara klara, fornya det som slutar gälla, manad till chefer',
      ).choices(Object.keys(KINDS)),
    )
    .addOption(new Option('--format <form>', 'tabell eller CSV').choices(['table', 'csv']).default('table'))
    .action(async ({ day, kind, format }: Options) => {
      if (day !== undefined && !isCalendarDay(day))
        throw new Refusal('--day ska vara ett datum som ÅÅÅÅ-MM-DD.');
      const chosen = kind === undefined ? undefined : KINDS[kind];
      const list = await terminal.withDatabase(() => listPreview('cli', { day, kind: chosen }));
      if (format === 'csv') terminal.write(toCsvText([HEAD, ...list.mails.map(cellsOf)]));
      else drawTable(list).forEach(terminal.say);
      if (!isMailOn()) terminal.complain(words.off);
    });
}

const HEAD = ['anstnr', 'slag', 'amne', 'nyckel'];

function cellsOf({ employeeNumber, kind, subject, key }: PreviewMail): string[] {
  const name = Object.entries(KINDS).find(([, value]) => value === kind)?.[0] ?? kind;
  return [employeeNumber, name, subject, key];
}

function drawTable({ day, mails, protectedPeople, withoutAddress }: PreviewList): string[] {
  if (day === null) return [words.previewNever];
  const rows = mails.length > 0 ? [HEAD, ...mails.map(cellsOf)] : [];
  const widths = HEAD.map((_name, column) => Math.max(0, ...rows.map((row) => (row[column] ?? '').length)));
  return [
    words.previewDay(day, mails.length + protectedPeople),
    ...rows.map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    ),
    ...(protectedPeople > 0 ? [words.previewProtectedCount(protectedPeople)] : []),
    ...(withoutAddress > 0 ? [words.previewWithout(withoutAddress)] : []),
  ];
}
