import { sql } from 'drizzle-orm';
import { getDb } from './database.ts';

const PATIENCE_MS = 3000;

/** Whether the database answers within three seconds. */
export async function isDatabaseAnswering(): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  const asked = (async () => {
    await getDb().execute(sql`select 1`);
    return true;
  })().catch(() => false);
  try {
    return await Promise.race([asked, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
