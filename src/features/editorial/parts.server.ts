import type { Transaction } from '#db/client.ts';
import { deletePart, findPart, listParts } from '#db/queries/draft-parts.ts';
import { countRevisions, findRevision, insertRevision, listPartNames } from '#db/queries/draft-revisions.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { limits } from '#src/lib/limits.ts';
import { factOfPart, slugOfPart } from '#src/features/documents/parts.ts';
import type { Quiz } from '#src/features/quiz/quiz.schema.ts';
import { draftWords } from '#src/i18n/drafts.ts';
import { editorialWords as words } from '#src/i18n/editorial.ts';
import { now } from '#src/lib/clock.ts';
import { change, put, refuse, sectionsOf, type PartChange } from './change-draft.server.ts';
import { checkContent } from './check-content.ts';
import { FACTS, MOST_REVISIONS, shownEditor } from './drafts.ts';
import { isHeldByOther } from './save-part.server.ts';
import { followSections } from './sections.server.ts';
import { withdrawReview } from './withdraw-review.server.ts';

/**
 * Takes a section, or a fact, out of the draft; it can be brought back. A section that questions of the
 * knowledge check are about goes only when the editor knows that (`isSure`); those questions stay, for her
 * to change.
 *
 * @throws as `addSection`.
 */
export async function removePart(
  actor: Actor | null,
  draftId: number,
  name: string,
  isSure = false,
): Promise<PartChange> {
  return change(actor, draftId, async (changing) => {
    const { tx, personId } = changing;
    const slug = slugOfPart(name);
    if (slug === null && factOfPart(name) === null) return refuse(draftWords.noSuchPart);
    const part = await findPart(tx, draftId, name);
    if (!part) return refuse(draftWords.noSuchPart);
    if (isHeldByOther(part, personId)) return refuse(words.errors.held(shownEditor(part.holder)));
    const questions = slug === null || isSure ? [] : await questionsAbout(tx, draftId, slug);
    if (questions.length > 0) return { kind: 'referred', part: name, questions };
    const { last } = await countRevisions(tx, draftId, name);
    await insertRevision(tx, {
      draftId,
      part: name,
      number: last + 1,
      cause: 'remove',
      savedBy: personId,
      savedAt: now(),
    });
    await deletePart(tx, draftId, name);
    if (slug !== null) await followSections(changing);
    await withdrawReview(tx, changing.draft, personId);
    return { kind: 'done', part: name };
  });
}

/**
 * Adds a part that the draft has not: a fact. One that the draft has had is brought back from the history
 * instead.
 *
 * @throws as `addSection`.
 */
export async function addFact(
  actor: Actor | null,
  draftId: number,
  part: string,
  content: unknown,
): Promise<PartChange> {
  return change(actor, draftId, async (changing) => {
    const kind = factOfPart(part)?.kind;
    if (changing.draft.subject !== FACTS || !kind) return refuse(draftWords.noSuchPart);
    const checked = checkContent(part, content);
    if (checked.kind === 'refused') return refuse(checked.problems[0]?.message ?? draftWords.invalid);
    const names = await listPartNames(changing.tx, draftId);
    if (names.includes(part)) return refuse(words.errors.idTaken, 'id');
    const others = (await listParts(changing.tx, draftId)).filter(
      (one) => factOfPart(one.part)?.kind === kind,
    );
    if (others.length >= limits.facts) return refuse(words.errors.tooManyFacts, 'id');
    const position = Math.max(-1, ...others.map((one) => one.position)) + 1;
    await put(changing, { part, position, content: checked.content, cause: 'start' });
    return { kind: 'done', part };
  });
}

/**
 * Makes an earlier revision of a part the one that stands: also of a part that was removed, and of a text
 * that was put aside. What stood until now stays in the history.
 *
 * @throws as `addSection`.
 */
export async function restoreRevision(
  actor: Actor | null,
  draftId: number,
  name: string,
  number: number,
): Promise<PartChange> {
  return change(actor, draftId, async (changing) => {
    const { tx, personId } = changing;
    const part = await findPart(tx, draftId, name);
    if (part && isHeldByOther(part, personId)) return refuse(words.errors.held(shownEditor(part.holder)));
    const revision = await findRevision(tx, draftId, name, number);
    if (!revision || revision.cause === 'remove') return refuse(words.errors.noSuchRevision);
    const checked = checkContent(name, revision.content);
    if (checked.kind === 'refused') return refuse(words.errors.oldForm);
    const { count } = await countRevisions(tx, draftId, name);
    if (count >= MOST_REVISIONS) return refuse(draftWords.tooManyRevisions);
    const sections = sectionsOf(await listParts(tx, draftId));
    const isSection = slugOfPart(name) !== null;
    if (!part && isSection && sections.length >= limits.sections) return refuse(words.errors.tooManySections);
    const position = part?.position ?? (isSection ? (sections.at(-1)?.position ?? 0) + 1 : limits.facts);
    await put(changing, { part: name, position, content: checked.content, cause: 'restore' });
    if (isSection) await followSections(changing);
    return { kind: 'done', part: name };
  });
}

async function questionsAbout(tx: Transaction, draftId: number, slug: string): Promise<string[]> {
  const quiz = (await findPart(tx, draftId, 'kunskapskontroll'))?.content as Quiz | undefined;
  return (quiz?.questions ?? []).flatMap(({ section, prompt }) => (section === slug ? [prompt] : []));
}
