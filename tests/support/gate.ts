import type { Block, Body } from '#src/features/documents/body.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import { checkModule } from '#src/features/gate/check-module.ts';
import type { GateContext } from '#src/features/gate/context.ts';
import type { Finding } from '#src/features/gate/findings.ts';

export const TODAY = '2026-11-22';

/** One fact of each kind, current today. */
export const FACTS: Facts = {
  laws: [
    {
      id: 'sol-19-1',
      short: '19 kap. 1 § socialtjänstlagen (2025:400)',
      title: 'Skyldighet att anmäla',
      text: 'Den som arbetar med barn ska genast anmäla.',
      sources: ['l1'],
      status: 'verified',
      checked: '2026-11-01',
    },
  ],
  contacts: [
    {
      id: 'akut-112',
      name: 'Centrum för offer och klienter',
      role: 'Ger stöd.',
      phone: '020-50 50 50',
      phoneHref: 'tel:020505050',
      sources: ['l1'],
      status: 'verified',
      checked: '2026-11-01',
      audience: 'all',
    },
  ],
  figures: [
    {
      id: 'andel',
      value: '9 %',
      label: 'av dem som svarade',
      year: '2018',
      sources: ['l1'],
      status: 'verified',
      checked: '2026-11-01',
    },
  ],
  sources: [{ id: 'l1', title: 'Lagen', url: 'https://www.exempel.se/lag', checked: '2026-11-01' }],
  words: [
    { id: 'offer', avoid: 'offer', instead: 'den som är utsatt', why: 'En människa är mer än så.' },
    { id: 'flicka', avoid: 'hedersflicka', instead: 'flickan', why: 'En människa är mer än så.' },
    { id: 'kultur', avoid: 'främmande kultur', instead: 'hedersnormer', why: 'Det pekar ut.' },
    { id: 'atgard', avoid: 'vidta åtgärder', instead: 'Säg vad ni gör.', why: 'Det säger inget.' },
    { id: 'forsvenskad', avoid: 'försvenskad', instead: 'fri', why: 'Frihet är inte svensk.' },
  ],
};

/** Plain text as one paragraph. */
export const p = (text: string): Block => ({ type: 'paragraph', content: [{ type: 'text', text }] });

export const heading = (level: 2 | 3 | 4, text: string): Block => ({
  type: 'heading',
  attrs: { level },
  content: text === '' ? [] : [{ type: 'text', text }],
});

export const link = (href: string, text: string): Block => ({
  type: 'paragraph',
  content: [
    { type: 'text', text: 'Se ' },
    { type: 'text', text, marks: [{ type: 'link', attrs: { href } }] },
    { type: 'text', text: '.' },
  ],
});

/** Forty short sentences: 200 words that no rule has anything to say of. */
export const FILLING = Array.from({ length: 40 }, () => 'Vi ser hur det går.');

const doc = (...content: Block[]): Body => ({ type: 'doc', content });
const filling = (from: number, to: number) => p(FILLING.slice(from, to).join(' '));

/** A fördjupning of one section that the gate has nothing to say of, but for its few questions. */
export function aModule(change: (module: ModuleDocument) => void = () => undefined): ModuleDocument {
  const module: ModuleDocument = {
    slug: 'en-modul',
    kind: 'fordjupning',
    meta: {
      title: 'En modul',
      position: 1,
      audience: 'För dig som vill veta mer.',
      minutes: 6,
      lead: 'Här får du veta mer.',
      goals: ['se tecken', 'fråga enskilt', 'visa vägen vidare'],
      summary: ['Vi ser.', 'Vi frågar.', 'Vi visar vägen.', 'Vi tar hjälp.'],
      sources: ['l1'],
    },
    intro: doc(filling(0, 12)),
    sections: [
      {
        slug: 'ett-avsnitt',
        meta: { title: 'Ett avsnitt', minutes: 3, lead: 'Här börjar vi.', sources: ['l1'] },
        body: doc(filling(0, 12), filling(12, 24), heading(2, 'Mer'), filling(24, 40)),
      },
    ],
    quiz: {
      passMark: 0.8,
      questions: [
        {
          id: 'fraga-1',
          type: 'single',
          section: 'ett-avsnitt',
          prompt: 'Vad gör du först?',
          options: [
            { id: 'a', text: 'Jag frågar henne', correct: true, feedback: 'Så får hon berätta själv.' },
            { id: 'b', text: 'Jag ringer hem', feedback: 'Det kan göra läget farligare.' },
          ],
        },
      ],
    },
    discussion: null,
  };
  change(module);
  return module;
}

/** A module whose section is these blocks and then enough text. */
export function withBlocks(...blocks: Block[]): ModuleDocument {
  return aModule(({ sections }) => {
    sections[0]!.body = doc(...blocks, ...sections[0]!.body.content);
  });
}

export const PAGES: GateContext['pages'] = new Map([
  ['/stod/', null],
  ['/kurs/del-1/', new Set(['innehall'])],
  ['/indikator', null],
]);

/** What the gate finds, but for advice on questions. */
export function check(module: ModuleDocument, context: Partial<GateContext> = {}): Finding[] {
  return checkModule(module, {
    facts: FACTS,
    words: FACTS.words,
    today: TODAY,
    pages: PAGES,
    ...context,
  }).filter(({ part, severity }) => part !== 'kunskapskontroll' || severity === 'error');
}

/** What it finds, as `error rule`. */
export function rules(module: ModuleDocument, context: Partial<GateContext> = {}): string[] {
  return check(module, context).map(({ severity, rule }) => `${severity} ${rule}`);
}
