import { z } from 'zod';
import { documents } from '#src/i18n/documents.ts';

/** What is wrong with a value, and where in it. */
export interface ValueProblem {
  path: PropertyKey[];
  /** For a key that is not allowed: the key. */
  key?: string;
  reason: string;
}

export type Checked<T> = { kind: 'valid'; value: T } | { kind: 'invalid'; problems: ValueProblem[] };

/** Holds a value against a schema. What is wrong is told in Swedish, for whoever wrote it. */
export function checkValue<T>(schema: z.ZodType<T>, value: unknown): Checked<T> {
  const result = schema.safeParse(value, { error: reasonOf });
  if (result.success) return { kind: 'valid', value: result.data };
  return { kind: 'invalid', problems: result.error.issues.flatMap(toProblems) };
}

function toProblems(issue: z.core.$ZodIssue): ValueProblem[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path, reason: issue.message }];
  return issue.keys.map((key) => ({ path: issue.path, key, reason: documents.unknownKey(key) }));
}

/** An issue of zod in Swedish: for `safeParse(value, { error: reasonOf })`. */
export function reasonOf(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? documents.absent
        : (documents.expected[issue.expected as string] ?? documents.wrong);
    case 'invalid_value':
      return documents.oneOf((issue.values as unknown[]).join(', '));
    case 'invalid_union':
      return documents.node;
    case 'unrecognized_keys':
      return documents.unknownKey((issue.keys as string[]).join(', '));
    case 'too_small':
      return issue.origin === 'string' ? documents.empty : documents.atLeast(Number(issue.minimum));
    case 'too_big':
      return issue.origin === 'string' ? documents.tooLong : documents.atMost(Number(issue.maximum));
    default:
      return documents.wrong;
  }
}
