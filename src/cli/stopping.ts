/** Ways to be asked to stop: Ctrl-C, a service manager, a closed terminal, a starter that was killed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** One Ctrl-C arrives several times: from the terminal, from npm and from the bootstrap. */
const SAME_REQUEST_MS = 1_000;

/**
 * Aborts at the first request to stop. A second one, later, ends the process at once; what is
 * committed in the database is safe, and the next start tidies up.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  const request = () => {
    const now = performance.now();
    if (first === 0) {
      first = now;
      controller.abort();
    } else if (now - first > SAME_REQUEST_MS) process.exit(130);
  };
  for (const signal of SIGNALS) process.on(signal, request);
  if (process.channel) {
    process.on('disconnect', request);
    process.channel.unref();
  }
  // The terminal may be gone before us.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return controller.signal;
}

/** Resolves when the signal aborts. */
export async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}
