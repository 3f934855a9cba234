import type { z } from 'zod';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { draftWords } from '#src/i18n/drafts.ts';
import { AppError } from '#src/lib/errors.ts';
import type { HoldResult, SaveResult } from './drafts.ts';
import { holdPart, savePart } from './save-part.server.ts';
import { holdSchema, saveSchema } from './save-request.schema.ts';

const STATUS: Record<SaveResult['kind'] | HoldResult['kind'], number> = {
  saved: 200,
  merged: 200,
  mine: 200,
  released: 200,
  conflict: 409,
  closed: 410,
  refused: 422,
  held: 423,
};

/**
 * Answers an editor that saves a part: the result as JSON. Who is not signed in, or may not write, is told so
 * as JSON too (401, 403): the editor keeps the text. So it does when somebody else has signed in to the same
 * browser: nothing is saved in the name of another than who wrote it.
 */
export async function answerSave(actor: Actor | null, request: Request): Promise<Response> {
  return answer(actor, request, saveSchema, (input) => savePart(actor, { ...input, content: input.content }));
}

/** The same for one that holds a part, takes it over or lets it go. */
export async function answerHold(actor: Actor | null, request: Request): Promise<Response> {
  return answer(actor, request, holdSchema, (input) => holdPart(actor, input));
}

async function answer<T extends { writer: string }>(
  actor: Actor | null,
  request: Request,
  schema: z.ZodType<T>,
  run: (input: T) => Promise<SaveResult | HoldResult>,
): Promise<Response> {
  const parsed = schema.safeParse(await readJson(request));
  try {
    // Who may not write learns that, whatever was sent.
    const { personId } = requireRole(actor, 'redaktor', 'admin');
    if (parsed.success && parsed.data.writer !== personId) return signedOut();
    const result = parsed.success ? await run(parsed.data) : unreadable;
    return Response.json(result, { status: STATUS[result.kind] });
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-signed-in') return signedOut();
    if (error instanceof AppError && error.code === 'not-allowed') {
      return Response.json({ kind: 'not-allowed', message: draftWords.notAllowed }, { status: 403 });
    }
    throw error;
  }
}

const signedOut = () => Response.json({ kind: 'signed-out', message: draftWords.signIn }, { status: 401 });

const unreadable: SaveResult = {
  kind: 'refused',
  problems: [{ path: [], message: draftWords.unreadable }],
};

/** The body as JSON, whatever it calls itself: a beacon cannot always say. Undefined when it is none. */
async function readJson(request: Request): Promise<unknown> {
  try {
    return JSON.parse(await request.text());
  } catch {
    return undefined;
  }
}
