import { spawn } from 'node:child_process';
import { createQueue } from '#src/lib/queue.ts';

export interface NewPicture {
  bytes: Buffer;
  width: number;
  height: number;
}

const LONGEST_MS = 15_000;
/** A picture of the largest size is far below this. */
const MOST_BYTES = 4 * 1024 * 1024;

const inTurn = createQueue(1, 8);

/**
 * Decodes a picture and makes it anew as WebP, at most 1280 pixels wide and high, in a process of its own
 * that knows nothing of this one. Null when it is no JPEG, PNG or WebP, is broken, too large to decode or
 * takes too long; `busy` when too many others wait.
 */
export async function reencodePicture(bytes: Buffer): Promise<NewPicture | 'busy' | null> {
  const output = await inTurn(() => runChild(bytes));
  return output === null ? 'busy' : parse(output);
}

function runChild(bytes: Buffer): Promise<Buffer> {
  const child = spawn(
    process.execPath,
    ['--max-old-space-size=128', 'src/features/pictures/reencode.child.ts'],
    { env: {}, stdio: ['pipe', 'pipe', 'ignore'], timeout: LONGEST_MS, killSignal: 'SIGKILL' },
  );
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > MOST_BYTES) child.kill('SIGKILL');
      else chunks.push(chunk);
    });
    // It may end before it has read all: that is its answer.
    child.stdin.on('error', () => undefined);
    child.on('error', () => resolve(Buffer.alloc(0)));
    child.on('close', (code) => resolve(code === 0 ? Buffer.concat(chunks) : Buffer.alloc(0)));
    child.stdin.end(bytes);
  });
}

function parse(output: Buffer): NewPicture | null {
  const end = output.indexOf('\n');
  if (end < 0) return null;
  const size = JSON.parse(output.subarray(0, end).toString()) as { width: number; height: number };
  return { bytes: output.subarray(end + 1), width: size.width, height: size.height };
}
