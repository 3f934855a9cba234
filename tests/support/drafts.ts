import type { Database, Executor } from '#db/client.ts';
import { insertVersion, upsertModule } from '#db/queries/modules.ts';
import type { Body } from '#src/features/documents/body.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import { hashFacts } from '#src/features/documents/hash.ts';
import { toVersion } from '#src/features/documents/to-version.ts';
import { insertFacts } from '#db/queries/releases.ts';

/** A body of paragraphs. */
export function bodyOf(...texts: string[]): Body {
  return {
    type: 'doc',
    content: texts.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
  };
}

/** A small fördjupning with two sections, a question about each and questions for a workplace. */
export function sampleModule(slug: string, position = 1): ModuleDocument {
  const section = (name: string) => ({
    slug: name,
    meta: { title: `Om ${name}`, minutes: 3, lead: 'Kort om det.', sources: ['p1'] },
    body: bodyOf(`Första stycket om ${name}.`, `Andra stycket om ${name}.`),
  });
  const question = (name: string) => ({
    id: `fraga-${name}`,
    type: 'single' as const,
    section: name,
    prompt: `Vad gäller om ${name}?`,
    options: [
      { id: 'a', text: 'Rätt', correct: true as const, feedback: 'Ja.' },
      { id: 'b', text: 'Fel', feedback: 'Nej.' },
    ],
  });
  return {
    slug,
    kind: 'fordjupning',
    meta: {
      title: `Modul ${slug}`,
      position,
      audience: 'För alla.',
      minutes: 20,
      lead: 'Det här handlar det om.',
      goals: ['ett', 'två', 'tre'],
      summary: ['ett', 'två', 'tre', 'fyra'],
      sources: ['p1'],
    },
    intro: bodyOf('Välkommen.'),
    sections: [section('heder'), section('stod')],
    quiz: { passMark: 0.8, questions: [question('heder'), question('stod')] },
    discussion: {
      advice: ['Säg att det är frivilligt.', 'Ingen berättar om sig själv.'],
      sections: [
        { section: 'heder', questions: ['Hur gör vi?', 'Vem gör vad?'] },
        { section: 'stod', questions: ['Vad behöver vi?', 'När tar vi upp det?'] },
      ],
      closing: ['Vad tar vi med oss?'],
    },
  };
}

/** Publishes a module as its next version. */
export async function publishModule(db: Executor, document: ModuleDocument): Promise<void> {
  await upsertModule(db, { slug: document.slug, kind: document.kind, position: document.meta.position ?? 1 });
  await insertVersion(db, toVersion(document));
}

export const sampleFacts: Facts = {
  laws: [
    {
      id: 'sol',
      sources: ['p1'],
      status: 'verified',
      checked: '2026-05-01',
      short: 'SoL',
      title: 'Socialtjänstlagen',
      text: 'Anmäl.',
    },
  ],
  contacts: [],
  figures: [],
  sources: [{ id: 'p1', title: 'En källa', url: null, checked: '2026-05-01' }],
  words: [],
};

/** Publishes facts as their next version. */
export async function publishFacts(db: Database, facts = sampleFacts): Promise<void> {
  const row = { contentHash: hashFacts(facts), facts, origin: 'shipped' as const };
  await db.transaction((tx) => insertFacts(tx, row));
}
