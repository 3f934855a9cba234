import {
  countParticipants,
  deleteMeetingsBefore,
  findMeeting,
  insertMeeting,
  insertParticipant,
  listMeetingsOf,
  lockMeeting,
  updateMeeting,
  type GroupMeeting,
} from '#db/queries/meetings.ts';
import { findCurrentVersion, listModules } from '#db/queries/modules.ts';
import { returnToken, takeToken, type Bucket } from '#db/queries/rate-limits.ts';
import { limitKey } from '#src/features/auth/attempt-limits.server.ts';
import { requireActor, type Actor } from '#src/features/auth/auth.ts';
import { canReadFordjupning } from '#src/features/completions/access.server.ts';
import { isPart, type PublishedSection } from '#src/features/courses/courses.ts';
import { publishedSectionsSchema, type Discussion } from '#src/features/courses/courses.schema.ts';
import { now } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { AppError } from '#src/lib/errors.ts';
import { createSpokenCode, readSpokenCode } from '#src/lib/spoken-code.ts';
import { discussionOf } from './discussion.ts';
import { meetingEndsAt, nextMeetingStep, stepAt, type Step } from './meetings.ts';

/** Codes that no meeting has, per person. */
const GUESSES: Bucket = { burst: 10, seconds: 60 };
/** Meetings a person may start. */
const STARTS: Bucket = { burst: 10, seconds: 360 };
/** A meeting is remembered for so long after its end: then who took part is forgotten. */
const KEPT_MS = 24 * 60 * 60_000;

export interface MeetingModule {
  slug: string;
  title: string;
}

/** What a person can start and what she leads already. */
export async function showMeetings(
  actor: Actor | null,
): Promise<{ modules: MeetingModule[]; running: { code: string; title: string }[] }> {
  const present = requireActor(actor);
  const modules = await listOpenModules(present);
  const running = await listMeetingsOf(getDb(), present.personId, now());
  const titleOf = (slug: string) => modules.find((module) => module.slug === slug)?.title ?? slug;
  return {
    modules,
    running: running.map(({ code, moduleSlug }) => ({ code, title: titleOf(moduleSlug) })),
  };
}

export type Started = { kind: 'started'; code: string } | { kind: 'unknown-module' } | { kind: 'limited' };

/**
 * Starts a meeting about a part of the grundkurs, or a fördjupning that the leader may read. Anybody
 * signed in may lead one. Its code is valid for four hours at most, and not past midnight.
 *
 * @throws AppError `not-signed-in`.
 */
export async function startMeeting(actor: Actor | null, moduleSlug: unknown): Promise<Started> {
  const present = requireActor(actor);
  const modules = await listOpenModules(present);
  const chosen = modules.find(({ slug }) => slug === moduleSlug);
  if (!chosen) return { kind: 'unknown-module' };
  const { personId } = present;
  if ((await takeToken(getDb(), limitKey('start-meeting', personId), STARTS)) > 0) return { kind: 'limited' };
  for (;;) {
    const code = createSpokenCode();
    const startedAt = now();
    const row = {
      code,
      moduleSlug: chosen.slug,
      leaderId: personId,
      startedAt,
      endsAt: meetingEndsAt(startedAt),
    };
    if (await insertMeeting(getDb(), row)) return { kind: 'started', code };
  }
}

export type Joined = { kind: 'joined'; code: string } | { kind: 'unknown' } | { kind: 'limited' };

/**
 * Lets a person into the running meeting with a code. Wrong codes are counted, and too many of them
 * refused before looking.
 *
 * @throws AppError `not-signed-in`.
 */
export async function joinMeeting(actor: Actor | null, typed: unknown): Promise<Joined> {
  const { personId } = requireActor(actor);
  const limit = limitKey('join-meeting', personId);
  if ((await takeToken(getDb(), limit, GUESSES)) > 0) return { kind: 'limited' };
  const code = readSpokenCode(typed);
  const meeting = code === null ? null : await findMeeting(getDb(), code);
  if (!meeting || meeting.endsAt <= now()) return { kind: 'unknown' };
  await returnToken(getDb(), limit, GUESSES);
  if (meeting.leaderId !== personId) await insertParticipant(getDb(), meeting.id, personId);
  return { kind: 'joined', code: meeting.code };
}

/** A meeting as its leader and participants see it. */
export interface MeetingView {
  code: string;
  isLeader: boolean;
  isOver: boolean;
  /** Whether the one who asks may open the module's pages. */
  canRead: boolean;
  module: MeetingModule;
  sections: PublishedSection[];
  discussion: Discussion | null;
  step: Step;
  stepNumber: number;
  participants: number;
}

/**
 * The meeting with a code, for its leader and those who joined; null for anyone else, whether there is
 * such a meeting or not.
 *
 * @throws AppError `not-signed-in`.
 */
export async function showMeeting(actor: Actor | null, typed: string): Promise<MeetingView | null> {
  const present = requireActor(actor);
  const found = await findOwn(present, typed);
  if (!found) return null;
  const { meeting, participants, isLeader } = found;
  const version = await findCurrentVersion(getDb(), meeting.moduleSlug);
  // Readers may have gone back to before there was such a module.
  if (!version) return null;
  const sections = publishedSectionsSchema.parse(version.sections);
  return {
    code: meeting.code,
    isLeader,
    isOver: meeting.endsAt <= now(),
    canRead: isPart(meeting.moduleSlug) || (await canReadFordjupning(present, meeting.moduleSlug)),
    module: { slug: meeting.moduleSlug, title: version.title },
    sections,
    discussion: discussionOf(version),
    step: stepAt(sections, meeting.step),
    stepNumber: meeting.step,
    participants,
  };
}

/** What a page that is open asks for every few seconds; null as in `showMeeting`. */
export async function readMeetingState(
  actor: Actor | null,
  typed: string,
): Promise<{ step: number; participants: number; isOver: boolean } | null> {
  const found = await findOwn(requireActor(actor), typed);
  if (!found) return null;
  const { meeting, participants } = found;
  return { step: meeting.step, participants, isOver: meeting.endsAt <= now() };
}

/**
 * Moves a meeting a step, or ends it. `from` is the step that the page showed: pressing twice, or an old
 * page, moves it once. Nothing happens when it is over.
 *
 * @throws AppError `not-signed-in`; `not-found` for anyone but its leader.
 */
export async function moveMeeting(
  actor: Actor | null,
  typed: string,
  move: 'forward' | 'back' | 'end',
  from: number,
): Promise<void> {
  const { personId } = requireActor(actor);
  await getDb().transaction(async (tx) => {
    const code = readSpokenCode(typed);
    const meeting = code === null ? null : await lockMeeting(tx, code);
    if (!meeting || meeting.leaderId !== personId) throw new AppError('not-found', 'not the leader');
    if (meeting.endsAt <= now()) return;
    if (move === 'end') return updateMeeting(tx, meeting.id, { endsAt: now() });
    if (meeting.step !== from) return;
    const version = await findCurrentVersion(tx, meeting.moduleSlug);
    const sections = publishedSectionsSchema.parse(version?.sections ?? []);
    await updateMeeting(tx, meeting.id, { step: nextMeetingStep(sections, meeting.step, move) });
  });
}

/**
 * What the printable guide to a module is about.
 *
 * @throws AppError `not-signed-in`; `not-found` for a module that the person could not lead.
 */
export async function showGuide(
  actor: Actor | null,
  moduleSlug: string,
): Promise<{ module: MeetingModule; sections: PublishedSection[]; discussion: Discussion | null }> {
  const modules = await listOpenModules(requireActor(actor));
  const module = modules.find(({ slug }) => slug === moduleSlug);
  if (!module) throw new AppError('not-found', 'no such module to lead');
  const version = await findCurrentVersion(getDb(), module.slug);
  return {
    module,
    sections: publishedSectionsSchema.parse(version?.sections ?? []),
    discussion: discussionOf(version),
  };
}

/** Forgets meetings that have been over for a day. */
export async function removeOldMeetings(): Promise<void> {
  await deleteMeetingsBefore(getDb(), new Date(now().getTime() - KEPT_MS));
}

async function findOwn(
  { personId }: Actor,
  typed: string,
): Promise<{ meeting: GroupMeeting; participants: number; isLeader: boolean } | null> {
  const code = readSpokenCode(typed);
  const meeting = code === null ? null : await findMeeting(getDb(), code);
  if (!meeting) return null;
  const { participants, isOne } = await countParticipants(getDb(), meeting.id, personId);
  const isLeader = meeting.leaderId === personId;
  return isLeader || isOne ? { meeting, participants, isLeader } : null;
}

/** Every part, and the fördjupningar that the person may read. */
async function listOpenModules(actor: Actor): Promise<MeetingModule[]> {
  const modules = await listModules(getDb());
  const open: MeetingModule[] = [];
  for (const { module, version } of modules) {
    if (!version || module.kind === 'course') continue;
    if (module.kind === 'part' || (await canReadFordjupning(actor, module.slug)))
      open.push({ slug: module.slug, title: version.title });
  }
  return open;
}
