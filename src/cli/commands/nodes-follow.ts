import { setTimeout as delay } from 'node:timers/promises';

/** Running nodes look for a new release once a second: whoever reads right after the command meets it. */
export function letNodesFollow(): Promise<void> {
  return delay(2_000);
}
