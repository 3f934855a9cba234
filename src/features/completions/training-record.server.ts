import type { Executor } from '#db/client.ts';
import { listNewRequirements, listValidCompletions, listValidityOf } from '#db/queries/training-records.ts';
import type { CountingRule, DatedCompletion, TrainingRecord } from './completions.ts';

/**
 * What people have completed, voided completions left out, and how long it counts for each of them. Time
 * runs only for what is required of the person on the day: nothing else expires. Everyone asked for is in
 * the answer.
 */
export async function readTrainingRecords(
  db: Executor,
  personIds: readonly string[],
  day: string,
): Promise<Map<string, TrainingRecord>> {
  // One after the other: a transaction has one connection.
  const completions = await listValidCompletions(db, personIds);
  const validity = await listValidityOf(db, personIds, day);
  const newRequirements = await listNewRequirements(db, day);
  const demands = newRequirements.flatMap(({ part, version, olderCountUntil }) =>
    part ? [{ ...part, courseVersion: version, olderCountUntil }] : [],
  );
  const records = new Map(
    personIds.map((personId) => [
      personId,
      { completions: new Map<string, DatedCompletion[]>(), rules: new Map<string, CountingRule>(), demands },
    ]),
  );
  for (const { personId, slug, ...completion } of completions) {
    const own = records.get(personId)?.completions;
    const all = own?.get(slug);
    if (all) all.push(completion);
    else own?.set(slug, [completion]);
  }
  for (const { personId, slug, validityMonths } of validity) {
    const overtaking = newRequirements
      .filter((one) => one.slug === slug)
      .map(({ part, ...one }) => ({ ...one, part: part?.slug }));
    records.get(personId)?.rules.set(slug, { validityMonths, newRequirements: overtaking });
  }
  return records;
}

/** The same for one person. */
export async function readTrainingRecord(
  db: Executor,
  personId: string,
  day: string,
): Promise<TrainingRecord> {
  const record = (await readTrainingRecords(db, [personId], day)).get(personId);
  if (!record) throw new Error('everyone asked for is in the answer');
  return record;
}
