/** The forms in which facts are written: their fields, what stands in them and what they mean. */
import { isTelephoneAddress, isWebAddress } from '#src/lib/addresses.ts';
import type { AvoidedWord } from '#src/features/facts/facts.ts';
import type { FactKind } from '#src/features/documents/parts.ts';
import { cleanLine } from '#src/lib/text.ts';
import { factsEditor } from '#src/i18n/facts-editor.ts';
import { isCalendarDay } from '#src/lib/clock.ts';
import type { FieldErrors } from '#src/lib/form-errors.ts';
import type { Contact, Figure, Law, Source } from '#src/features/facts/facts.schema.ts';

export type AnyFact = Law | Contact | Figure | Source | AvoidedWord;

/** One field of text in the form of a kind of fact. */
export interface FactField {
  name: string;
  /** `lines`: one address on each line. */
  type: 'line' | 'text' | 'lines' | 'date' | 'select';
  isOptional?: true;
  longest: number;
}

const line = (name: string, longest = 300): FactField => ({ name, type: 'line', longest });
const text = (name: string): FactField => ({ name, type: 'text', longest: 2_000 });
const optional = (field: FactField): FactField => ({ ...field, isOptional: true });

const OWN: Record<FactKind, FactField[]> = {
  laws: [line('short'), line('title'), text('text'), optional(line('inForce', 100))],
  contacts: [
    line('name'),
    text('role'),
    optional(line('phone', 40)),
    optional(text('reach')),
    optional(line('hours')),
    optional(text('note')),
    { name: 'audience', type: 'select', longest: 20 },
  ],
  figures: [line('value', 60), text('label'), line('year', 60), optional(text('caution'))],
  sources: [
    line('title'),
    optional(line('url', 1_000)),
    optional({ name: 'alsoAt', type: 'lines', longest: 5_000 }),
    optional(line('published', 60)),
    { name: 'checked', type: 'date', longest: 10 },
  ],
  words: [line('avoid'), text('instead'), text('why')],
};

const RELIABILITY: FactField[] = [
  { name: 'status', type: 'select', longest: 20 },
  { name: 'checked', type: 'date', longest: 10 },
];
const CONFIRMATION: FactField[] = [
  optional(line('confirmedBy', 200)),
  optional({ name: 'confirmedOn', type: 'date', longest: 10 }),
];

/** Whether facts of a kind have sources, a status and a day of check. */
export function isCheckedKind(kind: FactKind): kind is 'laws' | 'contacts' | 'figures' {
  return kind === 'laws' || kind === 'contacts' || kind === 'figures';
}

/** The fields of a kind, in groups: what it says, how sure it is, who has confirmed it. */
export function factFields(kind: FactKind): Record<'own' | 'reliability' | 'confirmation', FactField[]> {
  const isChecked = isCheckedKind(kind);
  return {
    own: OWN[kind],
    reliability: isChecked ? RELIABILITY : [],
    confirmation: isChecked ? CONFIRMATION : [],
  };
}

/** What stands in the form of a fact. */
export interface FactForm {
  texts: Record<string, string>;
  /** Ids of the sources that are ticked. */
  sources: string[];
}

/** The form of a fact as it is. */
export function formOf(kind: FactKind, fact: AnyFact): FactForm {
  const values = fact as unknown as Record<string, unknown>;
  const confirmed = values['confirmed'] as { by: string; on: string } | undefined;
  const all: Record<string, unknown> = {
    ...values,
    alsoAt: ((values['alsoAt'] ?? []) as string[]).join('\n'),
    confirmedBy: confirmed?.by,
    confirmedOn: confirmed?.on,
  };
  return {
    texts: Object.fromEntries(fieldsOf(kind).map(({ name }) => [name, textOf(all[name])])),
    sources: isCheckedKind(kind) ? [...(values['sources'] as string[])] : [],
  };
}

/** The form of a fact that is not there yet. */
export function emptyForm(kind: FactKind, today: string): FactForm {
  const texts = Object.fromEntries(fieldsOf(kind).map(({ name }) => [name, '']));
  const chosen = { status: 'unverified', audience: 'all', checked: today };
  return { texts: { ...texts, ...pick(chosen, Object.keys(texts)) }, sources: [] };
}

/** What was typed into the form of a kind; other fields are ignored. */
export function typedForm(kind: FactKind, form: FormData): FactForm {
  const texts = fieldsOf(kind).map(({ name }): [string, string] => {
    const value = form.get(name);
    return [name, typeof value === 'string' ? value : ''];
  });
  const sources = form.getAll('sources').filter((one): one is string => typeof one === 'string');
  return { texts: Object.fromEntries(texts), sources: [...new Set(sources)] };
}

export type ParsedFact = { kind: 'valid'; fact: AnyFact } | { kind: 'refused'; errors: FieldErrors };

interface Surroundings {
  /** The sources there are, by id. */
  sources: readonly { id: string }[];
  today: string;
  /** The fact as it was: what the form left empty and it had empty stays as it was written. */
  before?: AnyFact | undefined;
}

const { errors: words } = factsEditor;
const CHOICES: Record<string, readonly string[]> = {
  status: ['verified', 'uncertain', 'unverified'],
  audience: ['all', 'staff', 'children'],
};

/** Reads a fact out of its form. Each field that cannot be taken says why. */
export function parseFact(kind: FactKind, id: string, form: FactForm, around: Surroundings): ParsedFact {
  const errors: FieldErrors = {};
  const refuse = (field: string, message: string) => {
    errors[field] ??= message;
  };
  const before = (around.before ?? {}) as unknown as Record<string, unknown>;
  const fact: Record<string, unknown> = { ...before, id };
  for (const field of fieldsOf(kind)) {
    const raw = form.texts[field.name] ?? '';
    const value = field.type === 'lines' ? raw.trim() : cleanLine(raw);
    const problem = problemWith(field, value, around.today);
    if (problem) refuse(field.name, problem);
    else if (value !== '') fact[field.name] = field.type === 'lines' ? linesOf(value) : value;
    else if (field.name in before && before[field.name] === null) fact[field.name] = null;
    else delete fact[field.name];
  }
  if (kind === 'contacts') readPhone(fact, refuse);
  if (kind === 'sources') fact['url'] ??= null;
  if (isCheckedKind(kind)) {
    readSources(fact, form.sources, around, refuse);
    readConfirmation(fact, refuse);
  }
  if (Object.keys(errors).length > 0) return { kind: 'refused', errors };
  return { kind: 'valid', fact: fact as unknown as AnyFact };
}

function problemWith(field: FactField, value: string, today: string): string | null {
  const { name, type, longest } = field;
  if (value === '') return field.isOptional ? null : (words.missing[name] ?? words.empty);
  if (value.length > longest) return words.tooLong(longest);
  if (type === 'select' && !CHOICES[name]?.includes(value)) return words.missing[name] ?? words.empty;
  if (type === 'date') {
    if (!isCalendarDay(value)) return words.day;
    if (value > today) return words.future;
  }
  if (name === 'url' && !isWebAddress(value)) return words.address;
  if (type === 'lines') {
    const lines = linesOf(value);
    if (lines.length > 10) return words.manyAddresses;
    const wrong = lines.find((address) => !isWebAddress(address));
    if (wrong !== undefined) return words.addressOf(wrong.slice(0, 80));
  }
  return null;
}

type Refuse = (field: string, message: string) => void;

/** A number to ring is made from the one to read. Without a number, the contact says where to find it. */
function readPhone(fact: Record<string, unknown>, refuse: Refuse): void {
  const phone = fact['phone'] as string | null | undefined;
  fact['phone'] = phone ?? null;
  fact['phoneHref'] = phone ? telephoneAddress(phone) : null;
  if (phone && fact['phoneHref'] === null) refuse('phone', words.phone);
  if (!phone && !fact['reach']) refuse('reach', words.reach);
}

/** The address that rings a number, `020-50 50 50` → `tel:020505050`; null for what is no number. */
export function telephoneAddress(phone: string): string | null {
  if (!/^\+?[\d\s()/-]+$/u.test(phone)) return null;
  const address = `tel:${phone.replace(/[^\d+]/gu, '')}`;
  return isTelephoneAddress(address) ? address : null;
}

function readSources(
  fact: Record<string, unknown>,
  chosen: readonly string[],
  { sources, before }: Surroundings,
  refuse: Refuse,
): void {
  const known = new Set(sources.map(({ id }) => id));
  const earlier = (before as Law | undefined)?.sources ?? [];
  const kept = earlier.filter((id) => chosen.includes(id));
  fact['sources'] = [...kept, ...chosen.filter((id) => !earlier.includes(id))];
  if (chosen.length === 0) refuse('sources', words.sources);
  else if (chosen.length > 20) refuse('sources', words.manySources);
  else if (chosen.some((id) => !known.has(id))) refuse('sources', words.unknownSource);
}

function readConfirmation(fact: Record<string, unknown>, refuse: Refuse): void {
  const { confirmedBy: by, confirmedOn: on } = fact as { confirmedBy?: string; confirmedOn?: string };
  delete fact['confirmedBy'];
  delete fact['confirmedOn'];
  delete fact['confirmed'];
  if (by && on) fact['confirmed'] = { by, on };
  else if (by) refuse('confirmedOn', words.confirmedOn);
  else if (on) refuse('confirmedBy', words.confirmedBy);
}

function fieldsOf(kind: FactKind): FactField[] {
  return Object.values(factFields(kind)).flat();
}

const textOf = (value: unknown) => (value === null || value === undefined ? '' : String(value));
const linesOf = (value: string) =>
  value
    .split(/[\r\n]+/u)
    .map(cleanLine)
    .filter(Boolean);

function pick(values: Record<string, string>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}
