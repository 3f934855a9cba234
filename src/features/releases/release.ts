import { createHash } from 'node:crypto';
import type { ReleasedVersion } from '#db/queries/releases.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import type { Facts } from '#src/features/facts/facts.ts';

/** A version of a module that a release is to hold. */
export type ReleaseMember = Omit<ReleasedVersion, 'version' | 'hasDocument'>;

/** What the static site of a release is made of. */
export interface ReleaseContent {
  documents: ModuleDocument[];
  facts: Facts;
}

/**
 * SHA-256, hex, of what a release shows: equal for equal content, whatever the numbers of its versions.
 * The grundkurs as a whole follows from its parts and is left out.
 */
export function hashRelease(
  modules: readonly { slug: string; contentHash: string }[],
  factsHash: string,
): string {
  const lines = modules.map(({ slug, contentHash }) => `${slug} ${contentHash}\n`).sort();
  return createHash('sha256').update(lines.join('')).update(`fakta ${factsHash}\n`).digest('hex');
}

/** The hash of the grundkurs as a whole, from its parts in order. */
export function hashCourse(parts: readonly { slug: string; contentHash: string }[]): string {
  const hash = createHash('sha256');
  for (const { slug, contentHash } of parts) hash.update(`${slug} ${contentHash}\n`);
  return hash.digest('hex');
}
