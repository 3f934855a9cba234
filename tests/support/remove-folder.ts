import { rm } from 'node:fs/promises';

/** Removes a folder with all that is in it, also where a process that was just ended writes its last. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
