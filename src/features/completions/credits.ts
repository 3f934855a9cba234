/** Rules of crediting and correcting by hand. */
import { GRUNDKURS, isPart } from '#src/features/courses/courses.ts';

/** The rule under which training is credited by hand: somebody has seen the evidence and says why. */
export const CREDIT_RULE = 'credit-1';

interface Completed {
  id: string;
  slug: string;
  method: 'online' | 'session' | 'import';
  completedAt: Date;
  voidedReason: string | null;
}

/** The completions of the grundkurs that came from its parts and may build on this one of a part. */
export function coursesBuiltOn<Row extends Completed>(part: Completed, all: readonly Row[]): Row[] {
  if (!isPart(part.slug) || part.voidedReason !== null) return [];
  return all.filter((one) => isFromParts(one) && one.completedAt >= part.completedAt);
}

/** Whether a completion is of the grundkurs, counts, and was given because of its parts. */
export function isFromParts({ slug, method, voidedReason }: Completed): boolean {
  return slug === GRUNDKURS && method === 'online' && voidedReason === null;
}
