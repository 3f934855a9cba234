import { findPart, setHold, storePart, type PartRow } from '#db/queries/draft-parts.ts';
import {
  continueRevision,
  countRevisions,
  findKept,
  findRevision,
  insertRevision,
} from '#db/queries/draft-revisions.ts';
import { isBeingPublished, lockDraft, wasHandedInSince, type Draft } from '#db/queries/drafts.ts';
import type { Transaction } from '#db/client.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { draftWords } from '#src/i18n/drafts.ts';
import { now } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { checkContent } from './check-content.ts';
import {
  HOLD_SECONDS,
  MOST_REVISIONS,
  PAUSE_MINUTES,
  shownEditor,
  type HoldResult,
  type PartToSave,
  type RevisionCause,
  type SaveResult,
} from './drafts.ts';
import { isSame, mergeContent } from './merge.ts';
import { withdrawReview } from './withdraw-review.server.ts';

/** Who writes what into which draft, within the transaction that holds it. */
interface Writing extends PartToSave {
  draft: Draft;
  personId: string;
}

/**
 * Saves what somebody has written in a part, made from revision `base`. Nothing is lost: what cannot stand
 * is put aside as a revision of its own. Saving what already stands changes nothing. What is saved holds the part.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function savePart(actor: Actor | null, input: PartToSave): Promise<SaveResult> {
  const { personId } = requireRole(actor, 'redaktor', 'admin');
  const checked = checkContent(input.part, input.content);
  if (checked.kind === 'refused') return checked;
  return getDb().transaction(async (tx) => {
    const draft = await lockDraft(tx, input.draftId);
    if (!draft || draft.closedAt) return { kind: 'closed' };
    const writing = { ...input, content: checked.content, draft, personId };
    const part = await findPart(tx, input.draftId, input.part);
    if (!part) return saveRemoved(tx, writing);
    if (isHeldByOther(part, personId)) {
      return isSame(part.content, writing.content) ? standing(part) : putAside(tx, writing, part);
    }
    const result = await saveFree(tx, writing, part);
    if (result.kind === 'saved' || result.kind === 'merged') await hold(tx, writing);
    return result;
  });
}

/** Saves in a part that nobody else is writing in. */
async function saveFree(tx: Transaction, writing: Writing, part: PartRow): Promise<SaveResult> {
  if (isSame(part.content, writing.content)) return standing(part);
  if (await isBeingPublished(tx, writing.draftId)) return refused(draftWords.beingPublished);
  return writing.base === part.revision ? write(tx, writing, part) : merge(tx, writing, part);
}

const standing = ({ revision, savedAt }: PartRow): SaveResult => ({
  kind: 'saved',
  revision,
  at: savedAt.toISOString(),
});

const refused = (message: string): SaveResult => ({ kind: 'refused', problems: [{ path: [], message }] });

/** Stores the content as the part's next revision, or lets it go on from the same person's last. */
async function write(tx: Transaction, writing: Writing, part: PartRow): Promise<SaveResult> {
  const { draftId, content, personId } = writing;
  const at = now();
  const { last, count } = await countRevisions(tx, draftId, writing.part);
  const head = await findRevision(tx, draftId, writing.part, part.revision);
  const isOwn = head?.savedBy === personId && head.cause === 'edit' && writing.base === part.revision;
  const isSoon = count >= MOST_REVISIONS || at.getTime() - part.savedAt.getTime() < PAUSE_MINUTES * 60_000;
  const goesOn = head && isOwn && isSoon && !(await wasHandedInSince(tx, draftId, head.savedAt));
  if (!goesOn && count >= MOST_REVISIONS) return refused(draftWords.tooManyRevisions);
  const revision = last + 1;
  if (goesOn) await continueRevision(tx, head.id, { number: revision, content, savedAt: at });
  else await addRevision(tx, writing, { revision, content, cause: 'edit', at });
  await storePart(tx, { draftId, part: writing.part, position: part.position, content, revision });
  await withdrawReview(tx, writing.draft, personId);
  return { kind: 'saved', revision, at: at.toISOString() };
}

/** The part has changed since `base`: both changes when they can stand together, else this one is put aside. */
async function merge(tx: Transaction, writing: Writing, part: PartRow): Promise<SaveResult> {
  const base = await findRevision(tx, writing.draftId, writing.part, writing.base);
  const isEarlier = base && base.cause !== 'kept' && base.number < part.revision;
  const merged = isEarlier ? mergeContent(writing.part, base.content, writing.content, part.content) : null;
  if (merged === null || checkContent(writing.part, merged).kind === 'refused') {
    return putAside(tx, writing, part);
  }
  const { revision, savedAt } = part;
  if (isSame(merged, part.content)) {
    return { kind: 'merged', revision, at: savedAt.toISOString(), content: part.content };
  }
  const result = await write(tx, { ...writing, content: merged }, part);
  return result.kind === 'saved' ? { ...result, kind: 'merged', content: merged } : result;
}

/** Keeps a text that does not stand. The same text is kept once, however often it is sent. */
async function putAside(tx: Transaction, writing: Writing, part: PartRow): Promise<SaveResult> {
  const kept = await keep(tx, writing);
  if (kept === null) return refused(draftWords.tooManyRevisions);
  const isHeld = isHeldByOther(part, writing.personId);
  return {
    kind: 'conflict',
    revision: part.revision,
    content: part.content,
    by: shownEditor(isHeld ? part.holder : part.saver),
    at: part.savedAt.toISOString(),
    kept,
  };
}

/** The part is no more: what was written in it is kept all the same. */
async function saveRemoved(tx: Transaction, writing: Writing): Promise<SaveResult> {
  const { last } = await countRevisions(tx, writing.draftId, writing.part);
  if (last === 0) return refused(draftWords.noSuchPart);
  const kept = await keep(tx, writing);
  if (kept === null) return refused(draftWords.tooManyRevisions);
  return {
    kind: 'conflict',
    revision: last,
    content: null,
    by: shownEditor(null),
    at: now().toISOString(),
    kept,
  };
}

async function keep(tx: Transaction, writing: Writing): Promise<number | null> {
  const { draftId, part, content, personId } = writing;
  const earlier = await findKept(tx, draftId, part, personId);
  if (earlier && isSame(earlier.content, content)) return earlier.number;
  const { last, count } = await countRevisions(tx, draftId, part);
  if (count >= 2 * MOST_REVISIONS) return null;
  await addRevision(tx, writing, { revision: last + 1, content, cause: 'kept', at: now() });
  return last + 1;
}

async function addRevision(
  tx: Transaction,
  { draftId, part, personId }: Writing,
  { revision, content, cause, at }: { revision: number; content: unknown; cause: RevisionCause; at: Date },
): Promise<void> {
  await insertRevision(tx, {
    draftId,
    part,
    number: revision,
    content,
    cause,
    savedBy: personId,
    savedAt: at,
  });
}

/** Whether somebody else has the part open to write in. */
export function isHeldByOther(part: Pick<PartRow, 'heldBy' | 'heldUntil'>, personId: string): boolean {
  return (
    part.heldBy !== null && part.heldBy !== personId && (part.heldUntil?.getTime() ?? 0) > now().getTime()
  );
}

async function hold(
  tx: Transaction,
  { draftId, part, personId }: Omit<Writing, 'base' | 'content' | 'draft'>,
) {
  const heldUntil = new Date(now().getTime() + HOLD_SECONDS * 1000);
  await setHold(tx, draftId, part, { heldBy: personId, heldUntil });
  return heldUntil;
}

/** What an editor asks for with a part: to write in it, to take it over (`take`), or to let it go (`release`). */
export interface PartToHold {
  draftId: number;
  part: string;
  take?: boolean | undefined;
  release?: boolean | undefined;
}

/**
 * Holds a part while somebody writes in it, for 90 seconds after she was last heard of. Another may take it
 * over: what the first one has not saved then is put aside when she does.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function holdPart(actor: Actor | null, input: PartToHold): Promise<HoldResult> {
  const { personId } = requireRole(actor, 'redaktor', 'admin');
  return getDb().transaction(async (tx) => {
    const draft = await lockDraft(tx, input.draftId);
    const part = draft && !draft.closedAt && (await findPart(tx, input.draftId, input.part));
    if (!part) return { kind: 'closed' };
    const isOthers = isHeldByOther(part, personId);
    if (input.release) {
      if (!isOthers) await setHold(tx, input.draftId, input.part, null);
      return { kind: 'released' };
    }
    if (isOthers && !input.take) {
      const heard = (part.heldUntil?.getTime() ?? 0) - HOLD_SECONDS * 1000;
      return { kind: 'held', by: shownEditor(part.holder), since: new Date(heard).toISOString() };
    }
    const until = await hold(tx, { ...input, personId });
    return { kind: 'mine', until: until.toISOString(), revision: part.revision };
  });
}
