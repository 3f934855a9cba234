import type { Actor } from '#src/features/auth/auth.ts';
import { meetings } from '#src/i18n/meetings.ts';
import { paths } from '#src/lib/paths.ts';
import { joinMeeting, moveMeeting, startMeeting } from './meetings.server.ts';

export type MeetingAnswer =
  | { kind: 'onward'; to: string }
  | { kind: 'refused'; status: 422 | 429; error: string; field: 'kod' | 'modul'; code: string };

/**
 * What a form on the page of meetings asks for: to lead one or to join one.
 *
 * @throws AppError `not-signed-in`.
 */
export async function answerMeetingForm(
  actor: Actor | null,
  form: Record<string, unknown>,
): Promise<MeetingAnswer> {
  if (form['gor'] === 'starta') {
    const started = await startMeeting(actor, form['modul']);
    if (started.kind === 'started') return { kind: 'onward', to: paths.meeting(started.code) };
    if (started.kind === 'limited') return refuse(429, meetings.startLimited, 'modul');
    return refuse(422, meetings.startUnknown, 'modul');
  }
  const joined = await joinMeeting(actor, form['kod']);
  if (joined.kind === 'joined') return { kind: 'onward', to: paths.meeting(joined.code) };
  const code = typeof form['kod'] === 'string' ? form['kod'].slice(0, 12) : '';
  if (joined.kind === 'limited') return refuse(429, meetings.joinLimited, 'kod', code);
  return refuse(422, meetings.joinUnknown, 'kod', code);
}

const MOVES = { nasta: 'forward', foregaende: 'back', avsluta: 'end' } as const;

/**
 * What a button on the leader's page asks for.
 *
 * @throws AppError as `moveMeeting` does.
 */
export async function answerLeaderForm(
  actor: Actor | null,
  code: string,
  form: Record<string, unknown>,
): Promise<void> {
  const move = MOVES[form['gor'] as keyof typeof MOVES] ?? 'forward';
  await moveMeeting(actor, code, move, Number(form['steg']));
}

function refuse(
  status: 422 | 429,
  error: string,
  field: 'kod' | 'modul',
  code = '',
): Extract<MeetingAnswer, { kind: 'refused' }> {
  return { kind: 'refused', status, error, field, code };
}
