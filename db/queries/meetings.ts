import { and, asc, eq, gt, lt, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '../client.ts';
import { groupMeeting, groupParticipant } from '../schema/events.ts';

export type GroupMeeting = typeof groupMeeting.$inferSelect;

/** Adds a meeting. Returns false when another has the code. */
export async function insertMeeting(
  db: Executor,
  row: Omit<typeof groupMeeting.$inferInsert, 'id' | 'step'>,
): Promise<boolean> {
  const made = await db
    .insert(groupMeeting)
    .values(row)
    .onConflictDoNothing({ target: groupMeeting.code })
    .returning({ id: groupMeeting.id });
  return made.length > 0;
}

/** The meeting with a code, over or not; null when there is none. */
export async function findMeeting(db: Executor, code: string): Promise<GroupMeeting | null> {
  const [row] = await db.select().from(groupMeeting).where(eq(groupMeeting.code, code));
  return row ?? null;
}

/** The meeting with a code, held until the transaction ends; null when there is none. */
export async function lockMeeting(tx: Transaction, code: string): Promise<GroupMeeting | null> {
  const [row] = await tx.select().from(groupMeeting).where(eq(groupMeeting.code, code)).for('update');
  return row ?? null;
}

/** The meetings a person leads that are not over, latest first. */
export async function listMeetingsOf(db: Executor, leaderId: string, moment: Date): Promise<GroupMeeting[]> {
  return db
    .select()
    .from(groupMeeting)
    .where(and(eq(groupMeeting.leaderId, leaderId), gt(groupMeeting.endsAt, moment)))
    .orderBy(asc(groupMeeting.startedAt));
}

/** Moves a meeting to a step, or ends it. */
export async function updateMeeting(
  db: Executor,
  id: string,
  change: Partial<Pick<GroupMeeting, 'step' | 'endsAt'>>,
): Promise<void> {
  await db.update(groupMeeting).set(change).where(eq(groupMeeting.id, id));
}

/** Lets a person take part; joining twice is joining once. */
export async function insertParticipant(db: Executor, meetingId: string, personId: string): Promise<void> {
  await db.insert(groupParticipant).values({ meetingId, personId }).onConflictDoNothing();
}

/** How many take part, and whether a person is one of them. Never who. */
export async function countParticipants(
  db: Executor,
  meetingId: string,
  personId: string,
): Promise<{ participants: number; isOne: boolean }> {
  const [row] = await db
    .select({
      participants: sql<number>`count(*)::int`,
      isOne: sql<boolean>`coalesce(bool_or(${groupParticipant.personId} = ${personId}), false)`,
    })
    .from(groupParticipant)
    .where(eq(groupParticipant.meetingId, meetingId));
  return row ?? { participants: 0, isOne: false };
}

/** Forgets meetings that were over before a moment, and who took part in them. */
export async function deleteMeetingsBefore(db: Executor, moment: Date): Promise<void> {
  await db.delete(groupMeeting).where(lt(groupMeeting.endsAt, moment));
}
