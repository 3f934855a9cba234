import { connect, type Database } from '#db/client.ts';
import { EmbeddedError } from '#db/embedded/error.ts';
import { openEmbedded } from '#db/embedded.ts';
import { migrate } from '#db/migrate.ts';
import { ensureDefaultRequirement } from '#db/queries/targets.ts';
import { seedDemo } from '#db/seed.ts';
import { FIRST_DAY } from '#db/seed/units.ts';
import { hashPassword } from '#src/features/auth/password.ts';
import { publishShippedContent } from '#src/features/releases/publish-shipped.server.ts';
import { answerDemoQuizzes } from '#src/features/quiz/demo-answers.server.ts';
import { fixYear } from '#src/features/years/years.server.ts';
import { stockholmToday } from '#src/lib/clock.ts';
import { AppError } from '#src/lib/errors.ts';
import { seconds, StartError } from './say.mjs';
import type { Settings } from './settings.ts';
import type { DatabaseOptions } from './terminal.ts';

export interface OpenDatabase {
  url: string;
  close(): Promise<void>;
}

/**
 * The installation's database, ready for use: embedded (started, or joined where another process has
 * started it) or `DATABASE_URL`; with all tables, the current course versions and, in demo mode, the
 * demo municipality. From here on `getDb()` opens it.
 *
 * @throws StartError when it cannot be reached or prepared, or `stop` breaks it off.
 */
export async function openDatabase(
  settings: Settings & DatabaseOptions,
  say: (line: string) => void,
  stop?: AbortSignal,
): Promise<OpenDatabase> {
  const database = settings.databaseUrl
    ? { url: settings.databaseUrl, close: async () => undefined }
    : await openOwn(settings, say);
  try {
    stop?.throwIfAborted();
    await prepare(database.url, settings, say, stop);
  } catch (error) {
    await database.close();
    if (stop?.aborted) throw new StartError('Avbrutet.', { cause: error });
    if (error instanceof AppError) throw error;
    const place = settings.databaseUrl ? 'Databasen i DATABASE_URL' : 'Databasen';
    throw new StartError(`${place} går inte att använda: ${reasonOf(error)}`, { cause: error });
  }
  process.env['DATABASE_URL'] = database.url;
  process.env['DEMO'] = settings.isDemo ? '1' : '0';
  return database;
}

async function openOwn({ dataDir, isDemo }: Settings, say: (line: string) => void) {
  try {
    // Two databases in one server: what is for real never meets the accounts that everyone knows.
    const database = isDemo ? 'trygg_grund_demo' : 'trygg_grund';
    return await openEmbedded({ dataDir, database, say, allowTemporary: isDemo });
  } catch (error) {
    if (error instanceof EmbeddedError) throw new StartError(error.message, { cause: error });
    throw error;
  }
}

async function prepare(
  url: string,
  { isDemo, leaveEmpty }: Settings & DatabaseOptions,
  say: (line: string) => void,
  stop: AbortSignal | undefined,
): Promise<void> {
  await migrate(url);
  // Another start may be filling the same database: then this one waits for it.
  const { db, close } = connect(url, { max: 2, statementTimeout: 0, lockTimeout: 0 });
  // Each step is one transaction: broken off, it leaves nothing.
  const breakOff = () => close(0);
  stop?.addEventListener('abort', breakOff);
  try {
    const published = await publishShippedContent(db);
    if (published.length > 0)
      say(`Publicerade ny version av ${published.map(({ slug }) => slug).join(', ')}`);
    await db.transaction(ensureDefaultRequirement);
    if (!isDemo || leaveEmpty) return;
    const began = performance.now();
    const demo = await seedDemo(db, { today: stockholmToday(), hashPassword });
    if (demo.kind === 'seeded') {
      await answerDemoQuizzes(db);
      await fixDemoYears(db);
      say(`La in en påhittad kommun på ${seconds(began)}`);
    }
  } finally {
    stop?.removeEventListener('abort', breakOff);
    await close();
  }
}

/** All years that have ended but the last, which is left for whoever tries it. */
async function fixDemoYears(db: Database): Promise<void> {
  const thisYear = Number(stockholmToday().slice(0, 4));
  for (let year = Number(FIRST_DAY.slice(0, 4)); year < thisYear - 1; year++)
    await fixYear('cli', { year }, db);
}

/** The database's own words; drizzle wraps them with the statement, which is of no use here. */
function reasonOf(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(inner instanceof Error)) return String(inner);
  return inner.message || String((inner as NodeJS.ErrnoException).code ?? inner.name);
}
