import { findRevision } from '#db/queries/draft-revisions.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import type { FactKind } from '#src/features/documents/parts.ts';
import { discardDraft, openDraft, readOpenDraft } from '#src/features/editorial/drafts.server.ts';
import { FACTS, slugFor } from '#src/features/editorial/drafts.ts';
import { addFact, removePart, restoreRevision } from '#src/features/editorial/parts.server.ts';
import { holdPart, savePart } from '#src/features/editorial/save-part.server.ts';
import { factsEditor } from '#src/i18n/facts-editor.ts';
import { stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { AppError } from '#src/lib/errors.ts';
import type { FieldErrors } from '#src/lib/form-errors.ts';
import { factFields, isCheckedKind, parseFact, typedForm, type AnyFact, type FactForm } from './fact-form.ts';
import { findFact } from '#src/features/facts/facts.ts';
import { fingerprint } from './fact-list.ts';
import { readFactsNow, type FactBase } from './facts-desk.server.ts';
import { findUses } from './fact-uses.server.ts';

const { errors: words } = factsEditor;

export type FactSaved =
  | { kind: 'saved' }
  /** The form says what stands already. */
  | { kind: 'unchanged' }
  | { kind: 'refused'; form: FactForm; errors: FieldErrors }
  /** Somebody else has changed it since the form was shown. Nothing of hers is written over. */
  | { kind: 'stale'; form: FactForm; theirs: AnyFact | null; by: string | null; base: FactBase };

/** What the hidden fields of a form say that it was made from. */
export function baseOf(form: FormData): FactBase {
  const number = (name: string) => {
    const text = form.get(name);
    return typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : null;
  };
  const seen = form.get('sett');
  return {
    draftId: number('utkast'),
    revision: number('revision') ?? 0,
    seen: typeof seen === 'string' ? seen : '',
  };
}

/**
 * Saves the form of a fact in the draft of the facts, which is opened by the first change.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin; `not-found` when there
 *   is no such fact.
 */
export async function saveFact(
  actor: Actor | null,
  kind: FactKind,
  id: string,
  posted: FormData,
): Promise<FactSaved> {
  requireRole(actor, 'redaktor', 'admin');
  const form = typedForm(kind, posted);
  const { published, facts } = await readFactsNow(getDb());
  const current = findFact(facts, kind, id);
  const before = current ?? findFact(published, kind, id);
  if (!before) throw new AppError('not-found', 'no fact by this id');
  const parsed = parseFact(kind, id, form, { sources: facts.sources, today: stockholmToday(), before });
  if (parsed.kind === 'refused') return { ...parsed, form };
  return store(actor, kind, parsed.fact, form, baseOf(posted), current);
}

/**
 * Notes that a fact has been held against its source today, when it still says what was read.
 *
 * @throws as `saveFact`.
 */
export async function noteCheck(
  actor: Actor | null,
  kind: FactKind,
  id: string,
  posted: FormData,
): Promise<FactSaved> {
  requireRole(actor, 'redaktor', 'admin');
  const { facts, open } = await readFactsNow(getDb());
  const current = findFact(facts, kind, id);
  if (!current || kind === 'words') throw new AppError('not-found', 'no fact to check by this id');
  const base = baseOf(posted);
  const form = typedForm(kind, posted);
  if (base.seen !== fingerprint(current)) {
    const now = { draftId: open?.draft.id ?? null, revision: 0, seen: fingerprint(current) };
    return { kind: 'stale', form, theirs: current, by: null, base: now };
  }
  const checked = { ...current, checked: stockholmToday() } as AnyFact;
  if (isCheckedKind(kind)) {
    const status = form.texts['status'] ?? '';
    if (!['verified', 'uncertain'].includes(status)) {
      return { kind: 'refused', form, errors: { status: words.missing['status'] } };
    }
    Object.assign(checked, { status });
  }
  return store(actor, kind, checked, form, base, current);
}

async function store(
  actor: Actor | null,
  kind: FactKind,
  fact: AnyFact,
  form: FactForm,
  base: FactBase,
  current: AnyFact | null,
): Promise<FactSaved> {
  if (fingerprint(fact) === fingerprint(current) && base.seen === fingerprint(current)) {
    return { kind: 'unchanged' };
  }
  const opened = await openDraft(actor, FACTS);
  if (opened.kind === 'refused') return { kind: 'refused', form, errors: { spara: opened.message } };
  const { draftId } = opened;
  const part = `${kind}/${fact.id}`;
  const result = await savePart(actor, {
    draftId,
    part,
    base: await revisionSeen(draftId, part, base),
    content: fact,
  });
  switch (result.kind) {
    case 'saved':
    case 'merged':
      // A form is no place where somebody goes on writing.
      await holdPart(actor, { draftId, part, release: true });
      return { kind: 'saved' };
    case 'conflict': {
      const theirs = result.content as AnyFact | null;
      const next = { draftId, revision: result.revision, seen: fingerprint(theirs) };
      return { kind: 'stale', form, theirs, by: result.by, base: next };
    }
    case 'refused':
      return { kind: 'refused', form, errors: errorsOf(kind, result.problems) };
    case 'closed':
      return { kind: 'refused', form, errors: { spara: words.closed } };
  }
}

/** Puts each problem at the field that it is about, or at the button when there is none. */
function errorsOf(
  kind: FactKind,
  problems: readonly { path: (string | number)[]; message: string }[],
): FieldErrors {
  const names = new Set(
    Object.values(factFields(kind))
      .flat()
      .map(({ name }) => name),
  );
  const errors: FieldErrors = {};
  for (const { path, message } of problems) {
    const field = String(path[0] ?? '');
    errors[names.has(field) || field === 'sources' ? field : 'spara'] ??= message;
  }
  return errors;
}

/** The revision that a form was made from. One made before the draft was opened knows its first, if that says the same. */
async function revisionSeen(draftId: number, part: string, base: FactBase): Promise<number> {
  if (base.draftId === draftId) return base.revision;
  const first = await findRevision(getDb(), draftId, part, 1);
  return first && fingerprint(first.content as AnyFact) === base.seen ? 1 : 0;
}

export type FactAdded =
  { kind: 'added'; id: string } | { kind: 'refused'; form: FactForm; id: string; errors: FieldErrors };

/**
 * Adds a fact to the draft of the facts.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function addNewFact(actor: Actor | null, kind: FactKind, posted: FormData): Promise<FactAdded> {
  requireRole(actor, 'redaktor', 'admin');
  const form = typedForm(kind, posted);
  const typedId = posted.get('id');
  const typed = (typeof typedId === 'string' ? typedId : '').trim().slice(0, 100);
  const refused = (errors: FieldErrors): FactAdded => ({ kind: 'refused', form, id: typed, errors });
  const { published, facts } = await readFactsNow(getDb());
  const isTaken = (one: string) =>
    one === NEW || !!(findFact(facts, kind, one) ?? findFact(published, kind, one));
  const first = form.texts[factFields(kind).own[0]!.name] ?? '';
  const id = typed || slugFor(first, ID_BEGINS[kind], isTaken);
  const parsed = parseFact(kind, id, form, { sources: facts.sources, today: stockholmToday() });
  const errors: FieldErrors = parsed.kind === 'refused' ? { ...parsed.errors } : {};
  if (!/^[a-z0-9][a-z0-9-]{0,59}$/.test(id)) errors['id'] = words.id;
  else if (isTaken(id)) errors['id'] = words.idTaken;
  if (parsed.kind === 'refused' || Object.keys(errors).length > 0) return refused(errors);
  const opened = await openDraft(actor, FACTS);
  if (opened.kind === 'refused') return refused({ spara: opened.message });
  const result = await addFact(actor, opened.draftId, `${kind}/${id}`, parsed.fact);
  if (result.kind === 'done') return { kind: 'added', id };
  return refused(result.kind === 'refused' ? atFields(result.errors) : { spara: words.closed });
}

/** An address of its own: no fact may have it as its id. */
const NEW = 'ny';
/** How an id begins that cannot be made of words alone. */
const ID_BEGINS: Record<FactKind, string> = {
  laws: 'lag',
  contacts: 'kontakt',
  figures: 'siffra',
  sources: 'kalla',
  words: 'ord',
};

/** What is wrong with the draft as a whole stands at the button. */
function atFields({ del, ...errors }: FieldErrors): FieldErrors {
  return del === undefined ? errors : { ...errors, spara: del };
}

export type FactRemoved = { kind: 'removed' } | { kind: 'refused'; errors: FieldErrors };

/**
 * Removes a fact from the draft, when nothing shows it: neither what readers meet nor any draft.
 *
 * @throws as `saveFact`.
 */
export async function removeFact(actor: Actor | null, kind: FactKind, id: string): Promise<FactRemoved> {
  requireRole(actor, 'redaktor', 'admin');
  const db = getDb();
  const { facts } = await readFactsNow(db);
  if (!findFact(facts, kind, id)) throw new AppError('not-found', 'no fact by this id');
  const uses = await findUses(db, facts);
  if (uses(kind, id).length > 0) return { kind: 'refused', errors: { 'ta-bort': words.used } };
  const opened = await openDraft(actor, FACTS);
  if (opened.kind === 'refused') return { kind: 'refused', errors: { 'ta-bort': opened.message } };
  const result = await removePart(actor, opened.draftId, `${kind}/${id}`);
  if (result.kind === 'done') return { kind: 'removed' };
  const why = result.kind === 'refused' ? Object.values(result.errors)[0] : undefined;
  return { kind: 'refused', errors: { 'ta-bort': why ?? words.closed } };
}

/**
 * Puts a fact that the draft has removed back as it was.
 *
 * @throws as `saveFact`; `not-found` also when it is not removed.
 */
export async function restoreFact(
  actor: Actor | null,
  kind: FactKind,
  id: string,
  revision: number | null,
): Promise<FactRemoved | { kind: 'restored' }> {
  requireRole(actor, 'redaktor', 'admin');
  const open = await readOpenDraft(getDb(), FACTS);
  if (!open || revision === null) throw new AppError('not-found', 'the fact is not removed');
  const result = await restoreRevision(actor, open.draft.id, `${kind}/${id}`, revision);
  if (result.kind === 'done') return { kind: 'restored' };
  const why = result.kind === 'refused' ? Object.values(result.errors)[0] : undefined;
  return { kind: 'refused', errors: { tillbaka: why ?? words.closed } };
}

/**
 * Throws the draft of the facts away. What is published stays as it is.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function discardFacts(actor: Actor | null): Promise<FactRemoved> {
  requireRole(actor, 'redaktor', 'admin');
  const open = await readOpenDraft(getDb(), FACTS);
  if (!open) return { kind: 'removed' };
  const result = await discardDraft(actor, open.draft.id);
  return result.kind === 'discarded'
    ? { kind: 'removed' }
    : { kind: 'refused', errors: { kasta: result.message } };
}
