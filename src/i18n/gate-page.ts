const number = new Intl.NumberFormat('sv-SE', { maximumFractionDigits: 1 });

/** Words of the page that checks a draft. */
export const gatePage = {
  title: (name: string) => `Kontroll: ${name}`,
  heading: 'Kontroll',
  description: 'Visar vad som behöver rättas i utkastet innan någon annan granskar det.',
  facts: 'Fakta',
  lead: 'Kontrollen läser hela utkastet: form, fakta, länkar, bilder, rubriker, läsbarhet, ordval, frågor och hur sidorna fungerar med hjälpmedel.',
  takes: 'Det tar några sekunder. Inget ändras.',
  run: 'Kontrollera nu',
  runAgain: 'Kontrollera igen',
  back: 'Till utkastet',
  toReview: 'Till granskning',
  toPreview: 'Förhandsvisning',
  nothing: 'Inget att rätta.',
  nothingMore: 'Utkastet går att lämna in för granskning.',
  onlyWarnings: 'Utkastet går att lämna in för granskning. Läs råden först.',
  hasErrors: 'Rätta felen innan du lämnar in utkastet för granskning.',
  counts: (errors: number, warnings: number) =>
    [errors === 1 ? '1 fel' : `${errors} fel`, warnings === 1 ? '1 råd' : `${warnings} råd`].join(' och '),
  checkedAt: (day: string, time: string, seconds: number) =>
    `Kontrollerat ${day} klockan ${time} på ${number.format(seconds)} sekunder.`,
  error: 'Fel',
  warning: 'Råd',
  toPlace: 'Visa stället',
  introduction: 'Inledningen',
  quiz: 'Kunskapskontrollen',
  discussion: 'Samtalsfrågorna',
} as const;

/** Words of the page that shows a draft in frames. */
export const previewPage = {
  title: (name: string) => `Förhandsvisning: ${name}`,
  heading: 'Förhandsvisning',
  description: 'Visar utkastet som läsarna skulle se det.',
  lead: 'Så ser sidan ut när den är publicerad. Det du gör i rutorna sparas inte.',
  page: 'Sida',
  scripts: 'JavaScript',
  withScripts: 'Med JavaScript',
  without: 'Utan JavaScript',
  colours: 'Färger',
  light: 'Ljust',
  dark: 'Mörkt',
  show: 'Visa',
  phone: 'Telefon, 390 punkter bred',
  desktop: 'Dator, 1 280 punkter bred',
  ownTab: 'Öppna i egen flik',
  frame: (page: string, device: string) => `${page}: ${device}`,
  introduction: 'Inledningen',
  quiz: 'Kunskapskontrollen',
} as const;
