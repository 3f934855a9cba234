import type { Transaction } from '#db/client.ts';
import { findCurrentVersion, findLatestVersion, insertVersion } from '#db/queries/modules.ts';
import { countHolders } from '#db/queries/publications.ts';
import { GRUNDKURS, isPart } from '#src/features/courses/courses.ts';
import { isSmallGroup } from '#src/features/indicator/suppression.ts';
import { measureNewRequirement, tryOut } from '#src/features/rules/new-requirement.server.ts';
import { fewAsNull, type WhatIf } from '#src/features/rules/what-if.ts';
import { addDays, stockholmToday } from '#src/lib/clock.ts';
import type { WantedPublication } from './publication.ts';

/** What publishing a version means to those who have completed the module. */
export interface Effect {
  /** What is completed: the module, or the grundkurs where the module is a part of it. */
  course: string;
  /** The people employed today who have completed it; null: a few, not said how many. */
  holders: number | null;
  requirement: RequirementEffect | null;
}

/** What a new requirement means. */
export interface RequirementEffect {
  /** The last day that older versions count. */
  until: string;
  /** Who have completed it by then and have it no more the day after; null: too few to say. */
  lost: number | null;
  /** Of whom it is required that day; null: a few. */
  required: number | null;
  whatIf: WhatIf;
}

/**
 * What it would mean to publish a next version of a module: counted as if it were published, in a
 * transaction that is rolled back. Null for what nobody can have completed: a new module, the facts.
 */
export async function measureEffect(
  { slug, title }: { slug: string; title: string },
  { change, reason, until }: Pick<WantedPublication, 'change' | 'reason' | 'until'>,
  personId: string,
): Promise<Effect | null> {
  return tryOut(async (tx) => {
    const latest = await findLatestVersion(tx, slug);
    if (!latest) return null;
    const course = isPart(slug) ? GRUNDKURS : slug;
    const holders = fewAsNull(await countHolders(tx, course, stockholmToday()));
    if (change !== 'requirement' || until === null) return { course, holders, requirement: null };
    const day = addDays(until, 1);
    const before = await countHolders(tx, course, day);
    const versionId = await publishTentatively(tx, slug, title);
    const whatIf = await measureNewRequirement(
      tx,
      { moduleSlug: course, versionId, reason, until },
      personId,
    );
    const after = await countHolders(tx, course, day);
    const lost = before - after;
    const isHidden = before > 0 && lost > 0 && isSmallGroup(before, after);
    return {
      course,
      holders,
      requirement: { until, whatIf, required: whatIf.changed, lost: isHidden ? null : lost },
    };
  });
}

/** A next version of the module, and of the grundkurs that it is a part of. Returns the module's. */
async function publishTentatively(tx: Transaction, slug: string, title: string): Promise<number> {
  const next = async (moduleSlug: string, name: string) => {
    const current = await findCurrentVersion(tx, moduleSlug);
    const { quiz = null, sections = [] } = current ?? {};
    return insertVersion(tx, { moduleSlug, title: name, contentHash: 'underlag', quiz, sections });
  };
  const version = await next(slug, title);
  if (isPart(slug)) await next(GRUNDKURS, title);
  if (!version) throw new Error('no published version has a hash that is none');
  return version.id;
}
