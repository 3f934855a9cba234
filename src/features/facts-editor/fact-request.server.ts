import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { factKinds, type FactKind } from '#src/features/documents/parts.ts';
import { AppError } from '#src/lib/errors.ts';
import type { FieldErrors } from '#src/lib/form-errors.ts';
import { paths } from '#src/lib/paths.ts';
import { typedForm, type AnyFact, type FactForm } from './fact-form.ts';
import { showFact, type FactBase } from './facts-desk.server.ts';
import { baseOf, noteCheck, removeFact, restoreFact, saveFact, type FactSaved } from './save-fact.server.ts';

/**
 * The fact that an address names, which need not be there.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin; `not-found` for a kind
 *   that facts have not.
 */
export function readFactAddress(
  actor: Actor | null,
  params: Record<string, string | undefined>,
): { kind: FactKind; id: string } {
  requireRole(actor, 'redaktor', 'admin');
  const kind = factKinds.find((one) => one === params['kind']);
  if (!kind) throw new AppError('not-found', 'no such kind of facts');
  return { kind, id: params['id'] ?? '' };
}

/** What a posted form came to: another page, or the same with what was typed. */
export type FactReply =
  | { kind: 'done'; to: string }
  | { kind: 'refused'; errors: FieldErrors; form: FactForm | null; base: FactBase }
  | { kind: 'stale'; form: FactForm; theirs: AnyFact | null; by: string | null; base: FactBase };

/**
 * Carries out what a form on a fact's page asks for, by its `atgard`.
 *
 * @throws as `saveFact`.
 */
export async function changeFact(
  actor: Actor | null,
  kind: FactKind,
  id: string,
  form: FormData,
): Promise<FactReply> {
  const action = form.get('atgard');
  if (action === 'ta-bort') {
    const removed = await removeFact(actor, kind, id);
    if (removed.kind === 'removed') return done(`${paths.facts}?slag=${kind}&klart=borttaget`);
    return { kind: 'refused', errors: removed.errors, form: null, base: baseOf(form) };
  }
  if (action === 'tillbaka') {
    const { removedAs } = await showFact(actor, kind, id);
    const restored = await restoreFact(actor, kind, id, removedAs);
    if (restored.kind !== 'refused') return done(`${paths.fact(kind, id)}?klart=tillbaka`);
    return { kind: 'refused', errors: restored.errors, form: null, base: baseOf(form) };
  }
  return replyTo(await saveFact(actor, kind, id, form), kind, id, form, 'sparat');
}

/**
 * Carries out the form of a check against the source.
 *
 * @throws as `saveFact`.
 */
export async function checkFact(
  actor: Actor | null,
  kind: FactKind,
  id: string,
  form: FormData,
): Promise<FactReply> {
  return replyTo(await noteCheck(actor, kind, id, form), kind, id, form, 'kontrollerat');
}

function replyTo(saved: FactSaved, kind: FactKind, id: string, form: FormData, word: string): FactReply {
  switch (saved.kind) {
    case 'saved':
      return done(`${paths.fact(kind, id)}?klart=${word}`);
    case 'unchanged':
      return done(`${paths.fact(kind, id)}?klart=${word === 'sparat' ? 'samma-som-forut' : word}`);
    case 'refused':
      return { ...saved, form: saved.form ?? typedForm(kind, form), base: baseOf(form) };
    case 'stale':
      return saved;
  }
}

const done = (to: string): FactReply => ({ kind: 'done', to });
