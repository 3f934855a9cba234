import type { Actor } from '#src/features/auth/auth.ts';
import { events } from '#src/i18n/events.ts';
import { paths } from '#src/lib/paths.ts';
import { noteOwnAttendance } from './attendance.server.ts';
import { signUp, withdraw } from './signup.server.ts';

export type EventAnswer =
  { kind: 'onward'; to: string } | { kind: 'refused'; status: 409 | 422 | 429; error: string; field?: 'kod' };

const FAULTS = {
  'too-late': { status: 409, error: events.tooLate },
  limited: { status: 429, error: events.limited },
} as const;
const CODE_FAULTS = {
  wrong: { status: 422, error: events.codeWrong },
  'not-open': { status: 409, error: events.tooLate },
  limited: { status: 429, error: events.codeLimited },
} as const;

/**
 * What a form about one occasion asks for: signing up, withdrawing, or noting one's own attendance with
 * the code. Leads on to where the form stood.
 *
 * @throws AppError as `signUp` and `noteOwnAttendance` do.
 */
export async function answerEventForm(
  actor: Actor | null,
  id: string,
  form: Record<string, unknown>,
): Promise<EventAnswer> {
  if (form['gor'] === 'kod') {
    const noted = await noteOwnAttendance(actor, id, form['kod']);
    if (noted !== 'done') return { kind: 'refused', ...CODE_FAULTS[noted], field: 'kod' };
    return { kind: 'onward', to: `${paths.event(id)}?klart=narvarande` };
  }
  const isLeaving = form['gor'] === 'avanmal';
  const changed = isLeaving ? await withdraw(actor, id) : await signUp(actor, id);
  if (changed !== 'done') return { kind: 'refused', ...FAULTS[changed] };
  const from = [paths.events, paths.myPage].find((path) => path === form['till']) ?? paths.event(id);
  return { kind: 'onward', to: `${from}?klart=${isLeaving ? 'avanmald' : 'anmald'}` };
}
