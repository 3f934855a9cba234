import { startTestServer } from './database.ts';

/** One database server for all integration tests of a run. */
export async function setup(): Promise<() => Promise<void>> {
  return startTestServer();
}
