import { and, eq, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../client.ts';
import { draftPart, draftRevision } from '../schema/editorial.ts';
import { asJson } from './draft-revisions.ts';
import { shownName } from './shown-name.ts';

/** A part of a draft with who has it open and who saved it last. Names of protected people are null. */
export interface PartRow {
  part: string;
  position: number;
  content: unknown;
  revision: number;
  heldBy: string | null;
  heldUntil: Date | null;
  holder: string | null;
  savedBy: string | null;
  savedAt: Date;
  saver: string | null;
}

/** Stores parts, each with its first revision. */
export async function insertParts(
  tx: Transaction,
  draftId: number,
  parts: readonly { part: string; position: number; content: unknown }[],
  saved: { savedBy: string | null; savedAt: Date },
): Promise<void> {
  for (let from = 0; from < parts.length; from += 500) {
    const some = parts.slice(from, from + 500);
    await tx
      .insert(draftPart)
      .values(some.map((one) => ({ ...one, content: asJson(one.content), draftId, revision: 1 })));
    await tx.insert(draftRevision).values(
      some.map(({ part, content }) => ({
        ...saved,
        draftId,
        part,
        content: asJson(content),
        number: 1,
        cause: 'start' as const,
      })),
    );
  }
}

/** Every part of a draft: `modul`, then the sections in order, then the others. */
export async function listParts(db: Executor, draftId: number): Promise<PartRow[]> {
  return selectParts(db).where(eq(draftPart.draftId, draftId)).orderBy(draftPart.position, draftPart.part);
}

/** One part as it is now; null when the draft has none by this name. */
export async function findPart(db: Executor, draftId: number, part: string): Promise<PartRow | null> {
  const [row] = await selectParts(db).where(and(eq(draftPart.draftId, draftId), eq(draftPart.part, part)));
  return row ?? null;
}

function selectParts(db: Executor) {
  return db
    .select({
      part: draftPart.part,
      position: draftPart.position,
      content: draftPart.content,
      revision: draftPart.revision,
      heldBy: draftPart.heldBy,
      heldUntil: draftPart.heldUntil,
      holder: sql<string | null>`(select ${shownName('h')} from person h where h.id = ${draftPart.heldBy})`,
      savedBy: draftRevision.savedBy,
      savedAt: draftRevision.savedAt,
      saver: sql<
        string | null
      >`(select ${shownName('s')} from person s where s.id = ${draftRevision.savedBy})`,
    })
    .from(draftPart)
    .innerJoin(
      draftRevision,
      and(
        eq(draftRevision.draftId, draftPart.draftId),
        eq(draftRevision.part, draftPart.part),
        eq(draftRevision.number, draftPart.revision),
      ),
    )
    .$dynamic();
}

/** Puts a part in place, new or changed. */
export async function storePart(
  tx: Transaction,
  row: { draftId: number; part: string; position: number; content: unknown; revision: number },
): Promise<void> {
  const { revision, position } = row;
  const content = asJson(row.content);
  await tx
    .insert(draftPart)
    .values({ ...row, content })
    .onConflictDoUpdate({
      target: [draftPart.draftId, draftPart.part],
      set: { content, revision, position },
    });
}

/** Takes a part out of the draft; its revisions stay. */
export async function deletePart(tx: Transaction, draftId: number, part: string): Promise<void> {
  await tx.delete(draftPart).where(and(eq(draftPart.draftId, draftId), eq(draftPart.part, part)));
}

/** Says where a part stands among its kind. */
export async function setPosition(
  tx: Transaction,
  draftId: number,
  part: string,
  position: number,
): Promise<void> {
  await tx
    .update(draftPart)
    .set({ position })
    .where(and(eq(draftPart.draftId, draftId), eq(draftPart.part, part)));
}

/** Says who has a part open to write in, and until when. */
export async function setHold(
  tx: Transaction,
  draftId: number,
  part: string,
  hold: { heldBy: string; heldUntil: Date } | null,
): Promise<void> {
  await tx
    .update(draftPart)
    .set(hold ?? { heldBy: null, heldUntil: null })
    .where(and(eq(draftPart.draftId, draftId), eq(draftPart.part, part)));
}
