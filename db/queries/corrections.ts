import type { Transaction } from '../client.ts';
import { completionCorrection } from '../schema/training.ts';

/** Voids completions; those that are voided already stay as they are. Left out `recordedAt`: now. */
export async function insertCorrections(
  tx: Transaction,
  completionIds: readonly string[],
  correction: { reason: string; recordedBy: string; recordedAt?: Date },
): Promise<void> {
  if (completionIds.length === 0) return;
  await tx
    .insert(completionCorrection)
    .values(completionIds.map((completionId) => ({ completionId, ...correction })))
    .onConflictDoNothing({ target: completionCorrection.completionId });
}
