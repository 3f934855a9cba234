import { paths } from '#src/lib/paths.ts';
import { common } from './common.ts';

interface ErrorWords {
  /** The status it is sent with. */
  status: number;
  title: string;
  lead: string;
  links: { href: string; text: string }[];
}

const toStart = { href: paths.home, text: 'Till startsidan' };
const toCourse = { href: paths.course, text: 'Till kursen' };
const toMyPage = { href: paths.myPage, text: `Till ${common.myPage}` };
const toSupport = { href: paths.support, text: common.toSupport };

/** Every way a request can fail, in the words its page shows: what happened and what to do now. */
export const errors = {
  'felaktig-adress': {
    status: 400,
    title: 'Det går inte att läsa',
    lead: 'Adressen, eller något du skickade, är felskrivet. Gå till startsidan och leta dig fram därifrån.',
    links: [toStart, toCourse],
  },
  'ej-tillatet': {
    status: 403,
    title: 'Den här sidan är inte öppen för dig',
    lead: 'Du är inloggad, men sidan är till för andra roller än din. Tror du att det är fel, vänd dig till den som sköter konton hos er.',
    links: [toMyPage, toCourse],
  },
  fordjupning: {
    status: 403,
    title: 'Fördjupningen öppnas när du är klar med grundkursen',
    lead: 'Fördjupningen bygger på grundkursens fem delar. På Min sida ser du vilka du har klarat.',
    links: [toCourse, toMyPage],
  },
  'annan-webbplats': {
    status: 403,
    title: 'Det du skickade togs inte emot',
    lead: 'Det såg ut att komma från en annan webbplats än den här. Gå tillbaka, ladda om sidan och försök igen.',
    links: [toStart, toMyPage],
  },
  'finns-inte': {
    status: 404,
    title: 'Sidan finns inte',
    lead: 'Adressen kan vara felskriven, eller så har sidan flyttat.',
    links: [toCourse, toSupport],
  },
  'fel-satt': {
    status: 405,
    title: 'Så går det inte att använda sidan',
    lead: 'Sidan kan läsas, men inte ta emot det som skickades. Gå till startsidan och leta dig fram därifrån.',
    links: [toStart, toCourse],
  },
  'for-stort': {
    status: 413,
    title: 'Det du skickade är för stort',
    lead: 'Inget har sparats. Gå tillbaka och skicka mindre åt gången.',
    links: [toStart, toMyPage],
  },
  'annan-adress': {
    status: 421,
    title: 'Webbplatsen har en annan adress',
    lead: 'Den svarar inte på det namn som webbläsaren frågade efter. Den som sköter webbplatsen anger dess adress i inställningen PUBLIC_ORIGIN.',
    links: [],
  },
  'nagot-gick-fel': {
    status: 500,
    title: 'Något gick fel hos oss',
    lead: 'Felet är noterat. Det du redan har fått bekräftat är sparat. Försök igen om en stund.',
    links: [toCourse, toSupport],
  },
  'svarar-inte': {
    status: 503,
    title: 'Just nu går det bara att läsa',
    lead: 'Inloggning, kunskapskontroller och siffror är tillfälligt borta. Kursens sidor fungerar som vanligt. Försök igen om en minut.',
    links: [toCourse, toSupport],
  },
} satisfies Record<string, ErrorWords>;

export type ErrorPageName = keyof typeof errors;
