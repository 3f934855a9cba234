import { ask, type Answer } from '../support/site.ts';
import type { Submission } from './people.ts';

/** Hands one submission in, as a browser does. */
export async function send(port: number, submission: Submission, body = submission.body): Promise<Answer> {
  return ask(port, `/kurs/${submission.slug}/kunskapskontroll/`, {
    method: 'POST',
    headers: {
      host: `localhost:${port}`,
      origin: `http://localhost:${port}`,
      cookie: submission.cookie,
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(Buffer.byteLength(body)),
    },
    body,
  });
}

/** Whether the answer leads to the stored result of the submission. */
export function isConfirmation({ status, headers }: Answer, { slug, id }: Submission): boolean {
  return status === 303 && headers.location === `/kurs/${slug}/kunskapskontroll/resultat?inlamning=${id}`;
}

export interface Sending {
  /** How many have been sent, confirmed or not. */
  sent: number;
  inFlight: number;
  done: Promise<unknown>;
  /** Sends no more. */
  stop(): void;
}

/** Sends from several clients at once until all are sent or stopped. What is not confirmed is not sent again here. */
export function sendAll(port: number, submissions: Submission[], clients: number): Sending {
  const queue = [...submissions];
  const sending: Sending = { sent: 0, inFlight: 0, done: Promise.resolve(), stop: () => queue.splice(0) };
  const client = async () => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      sending.sent += 1;
      sending.inFlight += 1;
      try {
        next.isAcknowledged = isConfirmation(await send(port, next), next);
      } catch {
        // The connection broke: the sender knows nothing.
      } finally {
        sending.inFlight -= 1;
      }
    }
  };
  sending.done = Promise.all(Array.from({ length: clients }, client));
  return sending;
}
