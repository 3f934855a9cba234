import { listParts, setPosition } from '#db/queries/draft-parts.ts';
import { countRevisions, listContents, listPartNames } from '#db/queries/draft-revisions.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import type { Discussion } from '#src/features/courses/courses.schema.ts';
import { sectionSlugSchema } from '#src/features/documents/document.schema.ts';
import { limits } from '#src/lib/limits.ts';
import { sectionPart, slugOfPart, type SectionPart } from '#src/features/documents/parts.ts';
import { draftWords } from '#src/i18n/drafts.ts';
import { editorialWords as words } from '#src/i18n/editorial.ts';
import { errorsByField } from '#src/lib/form-errors.ts';
import { change, put, refuse, sectionsOf, type Changing, type PartChange } from './change-draft.server.ts';
import { FACTS, MOST_REVISIONS, slugFor } from './drafts.ts';
import { sectionTitleSchema } from './new-module.schema.ts';

/** Sections that a draft has and has had: the history keeps them all. */
const MOST_EVER = 10 * limits.sections;

/**
 * Adds a section, last among them. Its address follows from its title, and is one that no section of the
 * draft has had.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function addSection(
  actor: Actor | null,
  draftId: number,
  form: Record<string, unknown>,
): Promise<PartChange> {
  return change(actor, draftId, async (changing) => {
    const parsed = sectionTitleSchema.safeParse(form);
    if (!parsed.success) return { kind: 'refused', errors: errorsByField(parsed.error) };
    const parts = await listParts(changing.tx, draftId);
    const sections = sectionsOf(parts);
    if (changing.draft.subject === FACTS) return refuse(draftWords.noSuchPart);
    if (sections.length >= limits.sections) return refuse(words.errors.tooManySections, 'rubrik');
    const names = new Set(await listPartNames(changing.tx, draftId));
    if (names.size >= MOST_EVER) return refuse(words.errors.tooManySections, 'rubrik');
    const isTaken = (slug: string) =>
      names.has(sectionPart(slug)) || !sectionSlugSchema.safeParse(slug).success;
    const part = sectionPart(slugFor(parsed.data.rubrik, 'avsnitt', isTaken));
    const content: SectionPart = {
      meta: { title: parsed.data.rubrik, minutes: 5, lead: '', sources: [] },
      body: { type: 'doc', content: [] },
    };
    await put(changing, { part, position: (sections.at(-1)?.position ?? 0) + 1, content, cause: 'start' });
    await followSections(changing);
    return { kind: 'done', part };
  });
}

/**
 * Moves a section one step up or down. The first and the last stay where they are.
 *
 * @throws as `addSection`.
 */
export async function moveSection(
  actor: Actor | null,
  draftId: number,
  part: string,
  step: 1 | -1,
): Promise<PartChange> {
  return change(actor, draftId, async (changing) => {
    const sections = sectionsOf(await listParts(changing.tx, draftId));
    const place = sections.findIndex((section) => section.part === part);
    const [moved, other] = [sections[place], sections[place + step]];
    if (!moved) return refuse(draftWords.noSuchPart);
    if (!other) return { kind: 'done', part };
    const { count } = await countRevisions(changing.tx, draftId, part);
    if (count >= MOST_REVISIONS) return refuse(draftWords.tooManyRevisions);
    [sections[place], sections[place + step]] = [other, moved];
    for (const [index, section] of sections.entries()) {
      await setPosition(changing.tx, draftId, section.part, index + 1);
    }
    // A revision with the same text: who moves a section has changed the module.
    const position = place + step + 1;
    await put(changing, { part, position, content: moved.content, cause: 'edit' });
    return { kind: 'done', part };
  });
}

/**
 * Lets the questions for a workplace have one entry for each section: those of a section that is brought
 * back are the ones it had last.
 */
export async function followSections(changing: Changing): Promise<void> {
  const { tx, draft } = changing;
  const parts = await listParts(tx, draft.id);
  const samtal = parts.find(({ part }) => part === 'samtal');
  const discussion = samtal?.content as Discussion | null | undefined;
  if (!samtal || !discussion) return;
  const slugs = sectionsOf(parts).map(({ part }) => slugOfPart(part));
  const has = (slug: string | null) => discussion.sections.some(({ section }) => section === slug);
  if (slugs.length === discussion.sections.length && slugs.every(has)) return;
  const earlier = (await listContents(tx, draft.id, 'samtal', 20)).flatMap(
    ({ content }) => (content as Discussion | null)?.sections ?? [],
  );
  const sections = slugs.flatMap((slug) => {
    if (slug === null) return [];
    const found = [...discussion.sections, ...earlier].find(({ section }) => section === slug);
    return [found ?? { section: slug, questions: [] }];
  });
  const { part, position } = samtal;
  await put(changing, { part, position, content: { ...discussion, sections }, cause: 'edit' });
}
