import { shortDate, wholeNumber } from './common.ts';

const LIST = new Intl.ListFormat('sv-SE', { type: 'conjunction' });
const inModules = (modules: readonly string[]) =>
  `Den visas i ${LIST.format(modules.map((one) => `”${one}”`))}.`;
const facts = (count: number) => (count === 1 ? 'En uppgift' : `${wholeNumber(count)} uppgifter`);

/** Words of the editors' first page: where every module stands and what there is to do. */
export const deskWords = {
  title: 'Innehåll',
  kicker: 'För dig som är redaktör',
  description: 'Alla moduler, var de är på väg, och vad som behöver göras.',
  lead: (modules: number, tasks: number) =>
    `${wholeNumber(modules)} moduler är publicerade. ${
      tasks === 0
        ? 'Inget väntar på dig.'
        : tasks === 1
          ? 'En sak behöver göras.'
          : `${wholeNumber(tasks)} saker behöver göras.`
    }`,
  factsTitle: 'Fakta',

  tasksTitle: 'Att göra',
  nothingToDo:
    'Inget väntar: ingen granskning, alla fakta är kontrollerade det senaste halvåret och alla sidor går lätt att läsa.',
  more: (count: number) => `Visa ${wholeNumber(count)} till`,
  tasks: {
    review: (title: string) => `Granska ”${title}”`,
    reviewText: 'Utkastet är inlämnat och väntar på ett ja eller nej från någon som inte har skrivit i det.',
    failed: (title: string) => `”${title}” kunde inte publiceras`,
    failedText: 'Läsarna ser samma sidor som förut. Se vad som hände och försök igen.',
    unknown: (id: string) => `Uppgiften ”${id}” finns inte`,
    unknownText: (modules: readonly string[]) =>
      `${inModules(modules)} Ta bort den ur texten eller lägg till den.`,
    unusable: (name: string) => `”${name}” får inte visas`,
    unusableText: (reason: string, modules: readonly string[]) =>
      `Uppgiften ${reason}. ${inModules(modules)} Bekräfta den, eller ta bort den ur texten.`,
    stale: (name: string) => `Kontrollera ”${name}”`,
    staleText: (since: string, modules: readonly string[]) =>
      `Kontrollen är äldre än ett halvår sedan ${shortDate(since)}. ${inModules(modules)}`,
    unused: {
      unusable: (count: number) => `${facts(count)} får inte visas`,
      stale: (count: number) => `${facts(count)} har inte kontrollerats på ett halvår`,
    },
    unusedText: 'Ingen modul visar det nu, så det är ingen brådska.',
    due: (title: string) => `Läs igenom ”${title}”`,
    dueText: (since: string) =>
      `Det har gått ett år sedan den publicerades. Den skulle ses över ${shortDate(since)}.`,
    hard: (title: string) => `”${title}” är svår att läsa`,
    hardText: (lix: number) => `LIX ${lix}. Målet är högst 44: kortare meningar och kortare ord.`,
    shipped: (title: string) => `”${title}” har en ny text i programmet`,
    shippedText:
      'Det har ändrats här, så den nya texten används inte av sig själv. Den som sköter webbplatsen kan läsa in den som ett utkast med kommandot content import.',
    leave: 'Behåll det som är publicerat',
    left: 'Det som är publicerat behålls. Du får veta om programmet ändrar texten igen.',
  },

  modules: 'Moduler',
  modulesCaption: 'Moduler, var de står och vem som skriver',
  addModule: 'Skriv en ny fördjupning',
  module: 'Modul',
  state: 'Läge',
  states: {
    published: 'Publicerad',
    writing: 'Under arbete',
    review: 'I granskning',
    approved: 'Godkänd',
    planned: 'Planerad',
  },
  plannedAt: (day: string) => `Publiceras ${day}`,
  version: 'Version',
  versionOf: (version: number, day: string) => `${version}, ${day}`,
  never: 'Ingen än',
  who: 'Vem skriver',
  writesNow: (names: readonly string[]) => `${LIST.format(names)} skriver nu`,
  wroteLast: (name: string, day: string) => `Senast ${name}, ${day}`,
  nobody: '–',
  nextReview: 'Ses över',
  empty:
    'Inga moduler är publicerade än. Skriv en fördjupning, eller vänta tills programmets egna moduler har lästs in.',

  part: (position: number) => `Del ${position}`,
  fordjupning: 'Fördjupning',
  pagesTitle: 'Sidornas längd och svårighet',
  pagesLead:
    'Så ser de publicerade sidorna ut. LIX under 30 är mycket lätt, över 50 är svårt. Kursens sidor ska hålla sig under 45.',
  pagesOf: (title: string) => `Sidor i ${title}`,
  size: (sections: number, words: number) => `${sections} avsnitt, ${wholeNumber(words)} ord`,
  quiz: (questions: number, situations: number) => `${questions} frågor, varav ${situations} situationer`,
  page: 'Sida',
  words: 'Ord',
  lix: 'LIX',
  tooHard: 'svår',

  facts: 'Fakta',
  factsLead: (count: number) =>
    `Sidorna hämtar ${wholeNumber(count)} lagrum, kontakter och siffror härifrån. Var och en har källa och kontrolldatum.`,
  changeFacts: 'Ändra fakta',
  factsState: {
    writing: 'Någon ändrar fakta',
    review: 'Ändrade fakta väntar på granskning',
    approved: 'Ändrade fakta är godkända',
  },
  factKinds: { laws: 'Lagrum', contacts: 'Kontakter', figures: 'Siffror' },
  fact: 'Uppgift',
  status: 'Status',
  checked: 'Senast kontrollerad',
  statuses: { verified: 'Verifierad', uncertain: 'Osäker, men bekräftad', unverified: 'Inte verifierad' },
  stale: 'Äldre än sex månader',
  unusable: (reason: string) => `Visas inte: ${reason}`,
} as const;
