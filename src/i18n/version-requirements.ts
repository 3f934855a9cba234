import { addDays } from '#src/lib/clock.ts';
import { longDate, wholeNumber } from './common.ts';
import { percent } from './figures.ts';

/** Words about versions that are new requirements. */
export const versionWords = {
  title: 'Ny version som nytt krav',
  lead: 'När en ny version av en kurs säger något väsentligt nytt kan den bli ett nytt krav. Äldre genomföranden räknas då bara till en viss dag. Kravet följer versionen: går kursen tillbaka till en tidigare version tas kravet tillbaka från den dagen. Annars går det inte att ta bort.',
  none: 'Ingen version är ett nytt krav.',
  noVersions: 'Det finns ingen version att välja. Alla publicerade versioner är redan nya krav.',
  course: 'Kurs',
  version: (number: number) => `Version ${number}`,
  option: (title: string, number: number, date: string) => `${title}, version ${number} (${longDate(date)})`,
  until: 'Äldre räknas till och med',
  reason: 'Skäl',
  recorded: 'Inlagt',
  by: (date: string, by: string | null) => (by === null ? longDate(date) : `${longDate(date)}, ${by}`),
  withdrawn: (date: string) =>
    `Togs tillbaka ${longDate(date)}, när kursen gick tillbaka till en tidigare version. Från den dagen räknas äldre genomföranden igen.`,
  addTitle: 'Gör en version till nytt krav',
  versionLabel: 'Kurs och version',
  reasonLabel: 'Varför?',
  reasonHelp: 'Till exempel en ny lag. Högst 300 tecken.',
  untilLabel: 'Äldre genomföranden räknas till och med',
  untilHelp: 'Välj en dag här, eller skriv antal månader nedan.',
  monthsLabel: 'Eller: så många månader från i dag',
  preview: 'Se vilka som berörs',
  previewTitle: 'Så blir det med det nya kravet',
  previewLead: 'Inget är sparat än.',
  effect: (lost: number, required: number, until: string) =>
    lost === 0
      ? `Ingen av de ${wholeNumber(required)} som kursen krävs av har bara en äldre eller okänd version.`
      : `${lost === 1 ? '1 person' : `${wholeNumber(lost)} personer`} har bara en äldre eller okänd version, ${percent(
          (100 * lost) / required,
        )} av de ${wholeNumber(required)} som kursen krävs av. De behöver gå den nya senast ${longDate(until)}.`,
  share: (before: number, after: number, until: string) =>
    before === after
      ? `Andelen i kommunen ändras inte ${longDate(addDays(until, 1))}.`
      : `Andelen i kommunen går från ${percent(before)} till ${percent(after)} den ${longDate(
          addDays(until, 1),
        )}, räknat på de anställningar och genomföranden som är kända i dag.`,
  notRequired: 'Kursen krävs inte av någon den dagen. Det nya kravet påverkar ingen siffra.',
  save: 'Spara det nya kravet',
  errors: {
    version: 'Välj en version i listan.',
    reason: 'Skriv varför, med högst 300 tecken.',
    until: 'Skriv en dag, i dag eller senare, eller ett antal månader.',
    both: 'Skriv antingen en dag eller ett antal månader, inte båda.',
    months: 'Skriv ett antal månader mellan 1 och 120.',
  },
} as const;
