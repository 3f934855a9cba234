import type { Database } from '#db/client.ts';
import { findLatestVersion, insertVersion, upsertModule } from '#db/queries/modules.ts';
import {
  findCurrentRelease,
  insertFacts,
  listReleaseModules,
  type ReleasedVersion,
} from '#db/queries/releases.ts';
import { insertVersionRequirement } from '#db/queries/version-requirements.ts';
import type { Body } from '#src/features/documents/body.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import { hashFacts } from '#src/features/documents/hash.ts';
import { toVersion } from '#src/features/documents/to-version.ts';
import { isPart } from '#src/features/courses/courses.ts';
import { activateRelease } from '#src/features/releases/activate-release.server.ts';
import { now } from '#src/lib/clock.ts';

/** A body of one paragraph. */
export function bodyOf(...paragraphs: string[]): Body {
  return {
    type: 'doc',
    content: paragraphs.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
  };
}

/** Two questions about each section; option `a` is right. */
export function sampleQuestions(section: string, words = ''): ModuleDocument['quiz']['questions'] {
  return [1, 2].map((number) => ({
    id: `${section}-${number}`,
    type: 'single',
    section,
    prompt: `Fråga ${number} om ${section}${words}?`,
    options: ['a', 'b'].map((id) => ({
      id,
      text: `Svar ${id}`,
      feedback: `Därför ${id}.`,
      ...(id === 'a' && { correct: true as const }),
    })),
  }));
}

/** A module with one section for each text: `ett`, `tva`, `tre`. */
export function sampleDocument(
  slug: string,
  texts: Partial<Record<'ett' | 'tva' | 'tre', string>> = {},
): ModuleDocument {
  const words = { ett: 'Det första.', tva: 'Det andra.', tre: 'Det tredje.', ...texts };
  const part = isPart(slug) ? { part: Number(slug.slice('del-'.length)) } : { position: 1, audience: 'Alla' };
  return {
    slug,
    kind: isPart(slug) ? 'part' : 'fordjupning',
    meta: {
      title: `Om ${slug}`,
      ...part,
      minutes: 12,
      lead: 'Kort om innehållet.',
      goals: ['Ett mål', 'Ett till', 'Ett tredje'],
      summary: ['Ett', 'Två', 'Tre', 'Fyra'],
      sources: ['kalla'],
    },
    intro: bodyOf('Välkommen.'),
    sections: Object.entries(words).map(([section, text]) => ({
      slug: section,
      meta: { title: `Avsnitt ${section}`, minutes: 4, lead: `Om ${section}.`, sources: ['kalla'] },
      body: bodyOf(text),
    })),
    quiz: { passMark: 0.8, questions: Object.keys(words).flatMap((section) => sampleQuestions(section)) },
    discussion: null,
  };
}

export const sampleFacts: Facts = {
  laws: [],
  contacts: [],
  figures: [],
  sources: [{ id: 'kalla', title: 'En källa', url: null, checked: '2026-01-01' }],
  words: [],
};

interface Wanted {
  facts?: Facts;
  /** Of each document that becomes a *new requirement*: the last day that older versions count. */
  requiredUntil?: string;
}

/** Publishes documents as next versions, in a release with all else as it was. Returns the release's id. */
export async function releaseDocuments(
  db: Database,
  documents: readonly ModuleDocument[],
  { facts = sampleFacts, requiredUntil }: Wanted = {},
): Promise<number> {
  return db.transaction(async (tx) => {
    const current = await findCurrentRelease(tx);
    const members = new Map(
      (current ? await listReleaseModules(tx, current.id) : []).map((member) => [member.slug, member]),
    );
    for (const document of documents) {
      const { slug, kind } = document;
      await upsertModule(tx, { slug, kind, position: document.meta.part ?? document.meta.position ?? 0 });
      const version = (await insertVersion(tx, toVersion(document))) ?? (await findLatestVersion(tx, slug))!;
      const { id, contentHash, origin } = version;
      members.set(slug, { slug, kind, versionId: id, contentHash, origin } as ReleasedVersion);
    }
    const factsVersionId = await insertFacts(tx, { contentHash: hashFacts(facts), facts, origin: 'shipped' });
    const all = [...members.values()].map((member) => ({ ...member, title: `Om ${member.slug}` }));
    const release = await activateRelease(tx, { members: all, factsVersionId, reason: 'prov' });
    if (requiredUntil !== undefined) {
      for (const { slug } of documents) {
        await insertVersionRequirement(tx, {
          moduleVersionId: members.get(slug)!.versionId,
          olderCountUntil: requiredUntil,
          reason: 'Ny lag',
          recordedBy: null,
          recordedAt: now(),
        });
      }
    }
    return release.id;
  });
}

/** Goes back to an earlier release. */
export async function goBackTo(db: Database, releaseId: number): Promise<void> {
  await db.transaction(async (tx) => {
    const members = (await listReleaseModules(tx, releaseId)).map((member) => ({
      ...member,
      title: `Om ${member.slug}`,
    }));
    const current = await findCurrentRelease(tx);
    await activateRelease(tx, {
      members,
      factsVersionId: current!.factsVersionId,
      reason: 'Det blev fel',
      restoredFrom: releaseId,
    });
  });
}
