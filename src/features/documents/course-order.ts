import type { ModuleDocument } from './document.ts';

/** A module's place among those of its kind. */
export function positionOf({ meta }: Pick<ModuleDocument, 'meta'>): number {
  return meta.part ?? meta.position ?? 0;
}

/** First the parts of the grundkurs, then the fördjupningar, each in its order. */
export function inCourseOrder(a: ModuleDocument, b: ModuleDocument): number {
  if (a.kind !== b.kind) return a.kind === 'part' ? -1 : 1;
  return positionOf(a) - positionOf(b) || (a.slug < b.slug ? -1 : 1);
}
