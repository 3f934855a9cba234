import { paths } from '#src/lib/paths.ts';
import { editorWords } from '#src/i18n/editor.ts';
import type { DraftPartInput, DraftTransport, HoldReply, SaveReply } from './draft-part.ts';

const LONGEST_WAIT_MS = 20_000;
/** A request that may outlive its page holds at most 64 KiB. */
const LONGEST_KEPT_ALIVE = 60_000;
const MOST_PROBLEMS = 10;

/** Talks to `POST /redaktor/spara` and `POST /redaktor/hall`. Never rejects: no answer is an answer too. */
export function serverTransport<T>({
  draftId,
  part,
  writer,
}: Pick<DraftPartInput<T>, 'draftId' | 'part' | 'writer'>): DraftTransport<T> {
  const what = { draftId, part, writer };
  return {
    save: async (base, content) => {
      const response = await post(paths.draftSave, { ...what, base, content });
      return readReply<SaveReply<T>>(response, ['saved', 'merged', 'conflict', 'refused']);
    },
    hold: async (take) => {
      const response = await post(paths.draftHold, { ...what, ...(take && { take }) });
      return readReply<HoldReply>(response, ['mine']);
    },
    release: () => void post(paths.draftHold, { ...what, release: true }),
  };
}

async function post(path: string, content: unknown): Promise<Response | null> {
  const body = JSON.stringify(content);
  return fetch(path, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    keepalive: body.length < LONGEST_KEPT_ALIVE / 2 || new Blob([body]).size < LONGEST_KEPT_ALIVE,
    redirect: 'manual',
    signal: AbortSignal.timeout(LONGEST_WAIT_MS),
  }).catch(() => null);
}

/** The reply of a kind that is expected here; all else by its status. */
async function readReply<R extends { kind: string }>(
  response: Response | null,
  kinds: readonly string[],
): Promise<R> {
  const reply = (kind: string, more: object = {}) => ({ kind, ...more }) as unknown as R;
  if (!response) return reply('unreachable');
  // A server that sends to the sign-in page means the same as 401.
  if (response.status === 401 || response.type === 'opaqueredirect') return reply('signed-out');
  const data = (await response.json().catch(() => null)) as Record<string, unknown> | null;
  if (data?.['kind'] === 'refused' && kinds.includes('refused')) {
    return reply('refused', { problems: problemTexts(data['problems']) });
  }
  if (data && typeof data['kind'] === 'string' && kinds.includes(data['kind'])) return data as unknown as R;
  if (response.status === 423)
    return reply('held', { by: typeof data?.['by'] === 'string' ? data['by'] : null });
  if (response.status === 410 || response.status === 404) return reply('closed');
  const problem = editorWords.refusedByStatus(response.status);
  return problem && kinds.includes('refused')
    ? reply('refused', { problems: [problem] })
    : reply('unreachable');
}

/** What the server says of a content that it does not take, each thing once. */
function problemTexts(problems: unknown): string[] {
  const messages = (Array.isArray(problems) ? problems : []).map((problem: unknown) =>
    typeof problem === 'object' && problem !== null && 'message' in problem ? String(problem.message) : '',
  );
  return [...new Set(messages.filter((message) => message !== ''))].slice(0, MOST_PROBLEMS);
}
