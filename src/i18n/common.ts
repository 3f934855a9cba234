/** Words that the frame of every page uses. */
export const common = {
  skip: 'Hoppa till innehållet',
  exit: 'Lämna sidan snabbt',
  exitHint: 'Du kan också trycka på Skift-tangenten tre gånger.',
  nav: 'Huvudmeny',
  course: 'Kurs',
  fordjupning: 'Fördjupning',
  support: 'Stöd',
  myPage: 'Min sida',
  breadcrumbs: 'Här är du',
  minutes: (minutes: number) => `${minutes} min`,
  footSupportTitle: 'Behöver du eller någon du känner stöd?',
  footSupport: 'Vid akut fara, ring 112. På sidan Stöd finns fler vägar, för dig själv och för andra.',
  toSupport: 'Till sidan Stöd',
  footAbout: 'Om Trygg grund',
  about: 'Om kursen',
  accessibility: 'Tillgänglighet',
  privacy: 'Personuppgifter',
  indicator: 'Indikator',
  checkedOn: (date: string) => `Kontrollerat ${date}`,
  sources: 'Källor',
} as const;

const LONG_DATE = new Intl.DateTimeFormat('sv-SE', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'Europe/Stockholm',
});

/** `14 mars 2024`, from a timestamp (in Stockholm) or a `YYYY-MM-DD` day. */
export function longDate(value: Date | string): string {
  return LONG_DATE.format(typeof value === 'string' ? new Date(`${value.slice(0, 10)}T12:00:00Z`) : value);
}

const SHORT_DATE = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'medium', timeZone: 'UTC' });

/** `14 mars 2024`, `22 nov. 2026`, from a `YYYY-MM-DD` day: for narrow columns. */
export function shortDate(day: string): string {
  return SHORT_DATE.format(new Date(`${day}T12:00:00Z`));
}

const LONG_TIME = new Intl.DateTimeFormat('sv-SE', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'Europe/Stockholm',
});

/** `14 mars 2024 kl. 09:30`, in Stockholm. */
export function longTime(moment: Date): string {
  return LONG_TIME.format(moment);
}

const WHOLE = new Intl.NumberFormat('sv-SE', { maximumFractionDigits: 0 });

/** `27 000` */
export function wholeNumber(value: number): string {
  return WHOLE.format(value);
}
