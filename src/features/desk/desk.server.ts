import { listDeskDrafts, type DeskDraft } from '#db/queries/desk.ts';
import { listModules } from '#db/queries/modules.ts';
import { listFailedPublications } from '#db/queries/publications.ts';
import type { Executor } from '#db/client.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import { findCurrentFacts } from '#src/features/editorial/drafts.server.ts';
import { FACTS, shownEditor } from '#src/features/editorial/drafts.ts';
import { findFact, lastCheck, type CheckedFact, type Facts } from '#src/features/facts/facts.ts';
import { listShippedNews } from '#src/features/releases/shipped-news.server.ts';
import { deskWords } from '#src/i18n/desk.ts';
import { now, stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import {
  factTasks,
  measureModule,
  moduleTasks,
  shortNameOf,
  stateOf,
  type MeasuredModule,
  type ModuleState,
  type PublishedModule,
  type Task,
} from './desk.ts';
import { troubleWith, type ShownKind } from './next-review.ts';

const MOST_FAILED = 50;

/** A module on the desk: published, being written, or both. */
export interface DeskModule {
  slug: string;
  kind: 'part' | 'fordjupning';
  position: number;
  title: string;
  state: ModuleState;
  /** What readers meet; null before the first publication. */
  published: MeasuredModule | null;
  draft: DeskDraft | null;
  /** Who is writing now, as they may be shown; else who wrote last. */
  writers: string[];
}

/** A fact as the desk lists it. */
export interface DeskFact {
  kind: ShownKind;
  id: string;
  name: string;
  checked: string;
  status: CheckedFact['status'];
  trouble: ReturnType<typeof troubleWith>;
}

export interface Desk {
  modules: DeskModule[];
  facts: DeskFact[];
  factsDraft: DeskDraft | null;
  tasks: Task[];
}

/**
 * Every module with where it stands, every fact with its state today, and what there is to do.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function showDesk(actor: Actor | null): Promise<Desk> {
  const { personId } = requireRole(actor, 'redaktor', 'admin');
  const db = getDb();
  const today = stockholmToday();
  const facts = await readFacts(db);
  const drafts = await listDeskDrafts(db, personId, now());
  const rows = (await listModules(db)).filter(({ module }) => module.kind !== 'course');
  const modules = rows.flatMap(({ module, version }): DeskModule[] => {
    if (!version?.document) return [];
    const draft = drafts.find(({ subject }) => subject === module.slug) ?? null;
    const { title, publishedAt } = version;
    const document = version.document as ModuleDocument;
    const published = { slug: module.slug, title, version: version.version, publishedAt, document };
    return [describeModule(published, draft, module.position, facts)];
  });
  const begun = drafts
    .filter(({ subject }) => subject !== FACTS && !modules.some(({ slug }) => slug === subject))
    .map((draft) => describeNew(draft));
  const published = modules.flatMap((module) => module.published ?? []);
  const ofFacts = factTasks(published, facts, today);
  const isUnused = ({ kind }: Task) => kind === 'unused';
  return {
    modules: [...modules, ...begun].toSorted(
      (a, b) => b.kind.localeCompare(a.kind) || a.position - b.position || a.slug.localeCompare(b.slug),
    ),
    facts: describeFacts(facts, today),
    factsDraft: drafts.find(({ subject }) => subject === FACTS) ?? null,
    tasks: [
      ...drafts.flatMap(({ subject, waitsForMe }): Task[] =>
        waitsForMe ? [{ kind: 'review', subject, title: titleOf(subject, published, drafts) }] : [],
      ),
      ...(await listFailedPublications(db, MOST_FAILED)).map(({ id, subject, failure }): Task => {
        return { kind: 'failed', id, failure, title: titleOf(subject, published, drafts) };
      }),
      ...ofFacts.filter((task) => !isUnused(task)),
      ...(await listShippedNews(db)).map(({ subject }): Task => {
        return { kind: 'shipped', subject, title: titleOf(subject, published, drafts) };
      }),
      ...moduleTasks(published, today),
      ...ofFacts.filter(isUnused),
    ],
  };
}

async function readFacts(db: Executor): Promise<Facts> {
  const version = await findCurrentFacts(db);
  return (version?.facts ?? { laws: [], contacts: [], figures: [], sources: [], words: [] }) as Facts;
}

function describeModule(
  published: PublishedModule,
  draft: DeskDraft | null,
  position: number,
  facts: Facts,
): DeskModule {
  const { slug, title, document } = published;
  return {
    slug,
    kind: document.kind,
    position,
    title,
    state: stateOf(draft ?? undefined),
    published: measureModule(published, facts),
    draft,
    writers: draft?.writers.map(shownEditor) ?? [],
  };
}

function describeNew(draft: DeskDraft): DeskModule {
  return {
    slug: draft.subject,
    kind: /^del-\d+$/.test(draft.subject) ? 'part' : 'fordjupning',
    position: draft.position ?? 0,
    title: draft.title || draft.subject,
    state: stateOf(draft),
    published: null,
    draft,
    writers: draft.writers.map(shownEditor),
  };
}

function describeFacts(facts: Facts, today: string): DeskFact[] {
  return (['laws', 'contacts', 'figures'] as const).flatMap((kind) =>
    facts[kind].map((fact): DeskFact => {
      const { id, status } = fact;
      const trouble = troubleWith(findFact(facts, kind, id), today);
      return { kind, id, name: shortNameOf(facts, { kind, id }), checked: lastCheck(fact), status, trouble };
    }),
  );
}

function titleOf(subject: string, modules: readonly MeasuredModule[], drafts: readonly DeskDraft[]): string {
  if (subject === FACTS) return deskWords.factsTitle;
  const published = modules.find(({ slug }) => slug === subject)?.title;
  return published ?? (drafts.find((draft) => draft.subject === subject)?.title || subject);
}
