import type { Transaction } from '#db/client.ts';
import { askRequirementsAnew, withdrawLeftRequirements } from '#db/queries/version-requirements.ts';
import { lockRequirements } from '#db/queries/rules.ts';
import { now } from '#src/lib/clock.ts';

/** Why and since when readers meet other versions. */
export interface VersionsChanged {
  /** `YYYY-MM-DD`: the first day of it. */
  day: string;
  reason: string;
  /** The person who did it. */
  by: string | null;
}

/**
 * Lets the *new requirements* follow the versions that readers meet: to be called in the transaction that
 * stores a release, after it. One whose version was left by going back is withdrawn from that day; earlier
 * days keep it. When the same version, or one grown out of it, is current again it is asked anew, with the
 * days between added to the time people had left. Changes nothing when the requirements follow already.
 */
export async function withdrawRequirements(
  tx: Transaction,
  { day, reason, by }: VersionsChanged,
): Promise<void> {
  await lockRequirements(tx);
  const change = { day, reason, recordedBy: by, recordedAt: now() };
  await withdrawLeftRequirements(tx, change);
  await askRequirementsAnew(tx, change);
}
