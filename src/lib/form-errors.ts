import type { z } from 'zod';

/** What is wrong with a posted form, by the name of the field. */
export type FieldErrors = Partial<Record<string, string>>;

/** The first thing wrong with each field. */
export function errorsByField(error: z.ZodError): FieldErrors {
  const found: Record<string, string> = {};
  for (const { path, message } of error.issues) found[String(path[0] ?? '')] ??= message;
  return found;
}

/** What was typed into a form, to be shown again: the text fields by name. */
export function typedText(form: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

/** What each field of a form that came back shows: what was typed in it, and what is wrong with it. */
export function fieldsOf(typed: URLSearchParams, errors: FieldErrors) {
  return (name: string) => ({ name, value: typed.get(name), error: errors[name] });
}
