import { getEntry, type CollectionEntry } from 'astro:content';
import { AppError } from '#src/lib/errors.ts';
import { isStale, whyNotShown } from './facts.ts';

type FactCollection = 'laws' | 'contacts' | 'figures';

const warned = new Set<string>();

/**
 * A law, contact or figure for a page. Stops the build with `content-invalid` when the id is unknown
 * or the fact may not be shown; warns once when its last check is more than six months old.
 */
export async function requireFact<C extends FactCollection>(
  collection: C,
  id: string,
): Promise<CollectionEntry<C>['data']> {
  const entry = (await getEntry(collection, id)) as CollectionEntry<C> | undefined;
  if (!entry) throw new AppError('content-invalid', `content/fakta/${collection}.yaml: ${id} finns inte`);
  const refusal = whyNotShown(entry.data);
  if (refusal) throw new AppError('content-invalid', `content/fakta/${collection}.yaml: ${id} ${refusal}`);
  if (isStale(entry.data, new Date().toISOString().slice(0, 10)) && !warned.has(id)) {
    warned.add(id);
    console.warn(`content/fakta/${collection}.yaml: ${id} kontrollerades senast ${entry.data.checked}`);
  }
  return entry.data;
}
