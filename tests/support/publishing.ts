import { eq } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import {
  findCurrentRelease,
  findFactsVersion,
  listReleaseModules,
  readDocuments,
} from '#db/queries/releases.ts';
import { draft, draftRevision, publication, review } from '#db/schema/editorial.ts';
import { person } from '#db/schema/organisation.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import { hashDocument, hashFacts } from '#src/features/documents/hash.ts';

/** Two people: one who writes and one who approves. */
export interface Editors {
  author: string;
  approver: string;
}

export async function insertEditors(db: Database): Promise<Editors> {
  const rows = await db
    .insert(person)
    .values([
      { name: 'Skribent Skrivare', isProtected: false },
      { name: 'Granskare Läsare', isProtected: false },
    ])
    .returning({ id: person.id });
  return { author: rows[0]!.id, approver: rows[1]!.id };
}

/** A module's document as readers meet it. */
export async function currentDocument(db: Database, slug: string): Promise<ModuleDocument> {
  const release = await findCurrentRelease(db);
  const members = await listReleaseModules(db, release!.id);
  const member = members.find((one) => one.slug === slug);
  if (!member) throw new Error(`${slug} is not released`);
  return (await readDocuments(db, [member.versionId])).get(member.versionId) as ModuleDocument;
}

export async function currentFacts(db: Database): Promise<Facts> {
  const release = await findCurrentRelease(db);
  return (await findFactsVersion(db, release!.factsVersionId))!.facts as Facts;
}

/** The document with a sentence first in its introduction. */
export function withSentence(document: ModuleDocument, sentence: string): ModuleDocument {
  const first = { type: 'paragraph' as const, content: [{ type: 'text' as const, text: sentence }] };
  return { ...document, intro: { ...document.intro, content: [first, ...document.intro.content] } };
}

/** The document with a number in several places of its pages: a page must show one number only. */
export function withMark(document: ModuleDocument, mark: number): ModuleDocument {
  const mixed = (text: string) => text.replace(/ ?Läge \d+\.$/, '').concat(` Läge ${mark}.`);
  const [first, ...others] = document.intro.content;
  const isMarked = JSON.stringify(first).includes('"Läge ');
  const content = isMarked ? others : document.intro.content;
  return {
    ...withSentence({ ...document, intro: { ...document.intro, content } }, `Läge ${mark}.`),
    meta: { ...document.meta, lead: mixed(document.meta.lead) },
    sections: document.sections.map((section) => ({
      ...section,
      meta: { ...section.meta, lead: mixed(section.meta.lead) },
    })),
  };
}

/** What readers ask for: pages of the module that changes, others, and pages rendered on demand. */
export const readerAddresses = [
  '/',
  '/kurs/',
  '/kurs/del-1/',
  '/kurs/del-1/vad-menas-med-heder/',
  '/kurs/del-1/hur-vanligt-ar-det/',
  '/kurs/del-1/kunskapskontroll/',
  '/kurs/del-2/',
  '/kurs/del-2/vems-beslut-ar-det/',
  '/kurs/del-3/',
  '/kurs/del-3/kunskapskontroll/',
  '/kurs/del-4/vagar-jag-fraga/',
  '/kurs/del-5/',
  '/fordjupning/',
  '/stod/',
  '/om/',
  '/tillganglighet/',
  '/personuppgifter/',
  '/logga-in',
  '/indikator',
  '/api/release',
];

interface Wanted {
  change?: 'minor' | 'refresh' | 'requirement';
  until?: string;
  dueAt?: Date;
  /** Who approves; default: somebody else than the author. */
  approver?: string;
}

/** An approved draft of a module, or of the facts, on its way to the readers. Returns the publication's id. */
export async function insertPublication(
  db: Database,
  editors: Editors,
  content: ModuleDocument | Facts,
  { change = 'minor', until, dueAt = new Date(Date.now() - 1000), approver = editors.approver }: Wanted = {},
): Promise<number> {
  const isModule = 'slug' in content;
  const subject = isModule ? content.slug : 'fakta';
  return db.transaction(async (tx) => {
    const [opened] = await tx
      .insert(draft)
      .values({ subject, state: 'approved', createdBy: editors.author })
      .returning();
    await tx.insert(draftRevision).values({
      draftId: opened!.id,
      part: isModule ? 'modul' : 'words/ord',
      number: 1,
      content: {},
      cause: 'edit',
      savedBy: editors.author,
    });
    const [decided] = await tx
      .insert(review)
      .values({
        draftId: opened!.id,
        document: content,
        documentHash: isModule ? hashDocument(content) : hashFacts(content),
        findings: [],
        submittedBy: editors.author,
        decision: 'approved',
        decidedBy: approver,
        decidedAt: new Date(),
      })
      .returning();
    const [row] = await tx
      .insert(publication)
      .values({
        reviewId: decided!.id,
        subject,
        change,
        reason: 'En mening som saknades',
        olderCountUntil: until ?? null,
        requestedBy: editors.author,
        dueAt,
      })
      .returning();
    return row!.id;
  });
}

export async function readPublication(db: Database, id: number) {
  const [row] = await db.select().from(publication).where(eq(publication.id, id));
  return row!;
}
