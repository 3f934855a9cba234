import { mergeIndicatorChanges } from '#db/queries/facts-version.ts';
import { getDb } from '#src/lib/database.ts';

/** Keeps few the rows by which remembered figures are known to be those of today's facts. */
export async function tidyIndicatorChanges(): Promise<void> {
  await mergeIndicatorChanges(getDb());
}
