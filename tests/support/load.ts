import { Agent, get, type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** What people ask for while something is published. `mark` is found in every page of the changed module. */
export interface Load {
  /** How it has gone so far. */
  seen(): { answered: number; wrong: number };
  /** Ends the asking when the requests under way are answered. */
  stop(): Promise<{ answered: number; wrong: string[]; seconds: number; slowest: number }>;
}

const READERS = 3;
/** Long enough that what is published gets its share of a small machine. */
const PAUSE_MS = 20;

/**
 * Readers who ask each node for one address after the other, all the time. An answer is wrong when it
 * is not 200, is cut off, mixes two states of the changed module, or shows an older one than before.
 */
export function startLoad(ports: readonly number[], addresses: readonly string[]): Load {
  const wrong: string[] = [];
  const began = performance.now();
  let answered = 0;
  let slowest = 0;
  let isOver = false;
  const read = async (port: number, offset: number) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    let latest = 0;
    for (let turn = offset; !isOver; turn++) {
      const path = addresses[turn % addresses.length]!;
      const since = performance.now();
      try {
        const { status, text, isWhole } = await ask(agent, port, path);
        slowest = Math.max(slowest, performance.now() - since);
        answered += 1;
        const marks = [...new Set([...text.matchAll(/Läge (\d+)\./g)].map(([, mark]) => Number(mark)))];
        const problem = describeProblem({ status, text, isWhole, marks, latest, path });
        if (problem) wrong.push(`${port}${path}: ${problem}`);
        latest = Math.max(latest, ...marks);
      } catch (error) {
        wrong.push(`${port}${path}: ${(error as Error).message}`);
      }
      await delay(PAUSE_MS);
    }
    agent.destroy();
  };
  const readers = ports.flatMap((port) =>
    Array.from({ length: READERS }, (_, index) => read(port, index * Math.ceil(addresses.length / READERS))),
  );
  return {
    seen: () => ({ answered, wrong: wrong.length }),
    stop: async () => {
      isOver = true;
      await Promise.all(readers);
      return { answered, wrong, seconds: (performance.now() - began) / 1000, slowest };
    },
  };
}

interface Seen {
  status: number;
  text: string;
  isWhole: boolean;
  marks: number[];
  latest: number;
  path: string;
}

function describeProblem({ status, text, isWhole, marks, latest, path }: Seen): string | null {
  if (status !== 200) return `status ${status}`;
  if (!isWhole) return 'cut off';
  if (!path.startsWith('/api/') && !text.trimEnd().endsWith('</html>')) return 'no end';
  if (marks.length > 1) return `mixes ${marks.join(' and ')}`;
  if (marks.length === 1 && marks[0]! < latest) return `shows ${marks[0]} after ${latest}`;
  return null;
}

function ask(
  agent: Agent,
  port: number,
  path: string,
): Promise<{ status: number; text: string; isWhole: boolean }> {
  return new Promise((resolve, reject) => {
    const request = get({ agent, host: '127.0.0.1', port, path, timeout: 30_000 }, (res: IncomingMessage) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('error', reject);
      res.on('close', () => {
        const body = Buffer.concat(chunks);
        const isWhole = res.complete && Number(res.headers['content-length']) === body.length;
        resolve({ status: res.statusCode ?? 0, text: body.toString('utf8'), isWhole });
      });
    });
    request.on('timeout', () => request.destroy(new Error('no answer in 30 s')));
    request.on('error', reject);
  });
}
