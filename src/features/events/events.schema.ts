import { z } from 'zod';
import { events } from '#src/i18n/events.ts';
import {
  addDays,
  isCalendarDay,
  momentInStockholm,
  now,
  stockholmDate,
  stockholmTime,
  stockholmToday,
} from '#src/lib/clock.ts';

const { errors } = events;
const DAYS_AHEAD = 730;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
/** The names of the form's fields, in the order in which they stand. */
const EVENT_FIELDS = [
  'modul',
  'titel',
  'datum',
  'fran',
  'till',
  'plats',
  'lank',
  'platser',
  'malgrupp',
  'larare',
  'anteckning',
] as const;
export type EventField = (typeof EVENT_FIELDS)[number];
export type EventFields = Record<EventField, string>;

const text = (longest: number) =>
  z
    .string()
    .catch('')
    .transform((value) => value.normalize('NFC').replaceAll('\r\n', '\n').trim())
    .refine((value) => value.length <= longest, { error: errors.tooLong(longest) });
const optional = (longest: number) => text(longest).transform((value) => (value === '' ? null : value));

/** `13:00`, also typed as `13.00`, `9:30` or `13`. */
const timeOfDay = (error: string) =>
  text(5)
    .transform((value) => value.replace('.', ':'))
    .transform((value) => (/^\d{1,2}$/.test(value) ? `${value}:00` : value).padStart(5, '0'))
    .refine((value) => TIME.test(value), { error });

/** Only https, without a name and password in it: the link goes into pages that others trust. */
function isSecureLink(value: string): boolean {
  if (!URL.canParse(value) || /\s/.test(value)) return false;
  const { protocol, username, password, hostname } = new URL(value);
  return protocol === 'https:' && username === '' && password === '' && hostname.includes('.');
}

/** What is typed about an occasion. */
const eventSchema = z
  .object({
    modul: text(100).refine((value) => value !== '', { error: errors.module }),
    titel: text(120).refine((value) => value !== '', { error: errors.title }),
    datum: text(10).refine((value) => isCalendarDay(value), { error: errors.date }),
    fran: timeOfDay(errors.from),
    till: timeOfDay(errors.to),
    plats: optional(200),
    lank: optional(500).refine((value) => value === null || isSecureLink(value), { error: errors.link }),
    platser: text(10)
      .refine(
        (value) => value === '' || (/^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= 500),
        {
          error: errors.places,
        },
      )
      .transform((value) => (value === '' ? null : Number(value))),
    malgrupp: optional(200),
    larare: optional(120),
    anteckning: optional(1000),
  })
  .superRefine((form, context) => {
    const fault = (field: EventField, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message });
    if (form.plats === null && form.lank === null) fault('plats', errors.somewhere);
    if (!isCalendarDay(form.datum) || !TIME.test(form.fran) || !TIME.test(form.till)) return;
    if (form.datum > addDays(stockholmToday(), DAYS_AHEAD)) fault('datum', errors.tooFar);
    else if (momentInStockholm(form.datum, form.fran) <= now()) fault('datum', errors.past);
    if (momentInStockholm(form.datum, form.till) <= momentInStockholm(form.datum, form.fran))
      fault('till', errors.endsBefore);
  });

/** What the form says, ready to be stored; or what is wrong, by field, with what was typed. */
export type ReadEvent =
  | { kind: 'ok'; row: EventRow }
  | { kind: 'invalid'; errors: Partial<Record<EventField, string>>; fields: EventFields };

export interface EventRow {
  moduleSlug: string;
  title: string;
  startsAt: Date;
  endsAt: Date;
  place: string | null;
  link: string | null;
  places: number | null;
  audience: string | null;
  teacher: string | null;
  note: string | null;
}

/** What was typed, to show it again; a field that is missing is empty. */
export function typedFields(form: Record<string, unknown>): EventFields {
  const entries = EVENT_FIELDS.map((name) => [name, typeof form[name] === 'string' ? form[name] : '']);
  return Object.fromEntries(entries) as EventFields;
}

/** The fields as they stand in an occasion that exists. */
export function fieldsOf(event: EventRow): EventFields {
  return {
    modul: event.moduleSlug,
    titel: event.title,
    datum: stockholmDate(event.startsAt),
    fran: stockholmTime(event.startsAt),
    till: stockholmTime(event.endsAt),
    plats: event.place ?? '',
    lank: event.link ?? '',
    platser: event.places === null ? '' : String(event.places),
    malgrupp: event.audience ?? '',
    larare: event.teacher ?? '',
    anteckning: event.note ?? '',
  };
}

/** Reads the form about an occasion. */
export function readEventForm(form: Record<string, unknown>): ReadEvent {
  const fields = typedFields(form);
  const read = eventSchema.safeParse(fields);
  if (read.success) {
    const { modul, titel, datum, fran, till, plats, lank, platser, malgrupp, larare, anteckning } = read.data;
    const row = {
      moduleSlug: modul,
      title: titel,
      startsAt: momentInStockholm(datum, fran),
      endsAt: momentInStockholm(datum, till),
      place: plats,
      link: lank,
      places: platser,
      audience: malgrupp,
      teacher: larare,
      note: anteckning,
    };
    return { kind: 'ok', row };
  }
  const faults: Partial<Record<EventField, string>> = {};
  for (const { path, message } of read.error.issues) faults[path[0] as EventField] ??= message;
  return { kind: 'invalid', errors: faults, fields };
}

/** Why an occasion is cancelled: told to those who signed up. */
export const cancelReasonSchema = z
  .string()
  .catch('')
  .transform((value) => value.normalize('NFC').trim())
  .refine((value) => value.length >= 3 && value.length <= 300);

/** An employee number or an e-mail address, as a leader types it. */
export const arrivalSchema = z
  .string()
  .catch('')
  .transform((value) => value.normalize('NFC').trim())
  .refine((value) => value.length >= 2 && value.length <= 200);

/** The id of an occasion or a person. */
export const idSchema = z.guid();
