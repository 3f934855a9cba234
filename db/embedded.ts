import { setTimeout as delay } from 'node:timers/promises';
import { APP_ROLE, OWNER_ROLE } from './embedded/cluster.ts';
import { EmbeddedError } from './embedded/error.ts';
import type { ServerSettings } from './embedded/launch.ts';
import { addressOf, codeOf, enter, leave, type Membership } from './embedded/membership.ts';
import { findPlace, type Place } from './embedded/place.ts';
import { findPostmaster } from './embedded/process.ts';

export interface EmbeddedOptions {
  /** The installation's folder for data, `DATA_DIR`. */
  dataDir: string;
  /** The database to open; made if missing. */
  database: string;
  /** Told, in Swedish, what whoever started this should know. */
  say?: (line: string) => void;
  /** Server settings of one's own; they count for whoever starts the server. */
  settings?: ServerSettings;
  /** Whether a folder that the system may empty will do, where no other can be used. */
  allowTemporary?: boolean;
}

export interface EmbeddedDatabase {
  /** Address for `connect()`, of a role that owns the database and is no superuser. */
  url: string;
  /** Address of the server's superuser, for making and dropping databases in tests. */
  ownerUrl: string;
  place: Place;
  /** Gives the server back. It stops when nobody else in any process uses it. */
  close(): Promise<void>;
}

/**
 * The embedded PostgreSQL of an installation: joins the server that runs on its data, else starts
 * it, also after a crash or a kill of any process. Until `close()`, a server that stops is started again.
 *
 * @throws EmbeddedError, in words for the user, when it cannot run on this machine or in this place.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const say = options.say ?? (() => undefined);
  const place = await findPlace(options.dataDir, say);
  if (place.isTemporary && !options.allowTemporary) {
    throw new EmbeddedError(`${place.home} kan tömmas av systemet. Välj en annan mapp med DATA_DIR.`);
  }
  let isClosing = false;
  const onLost = () => {
    if (isClosing) return;
    say('Databasen stannade. Den startas igen.');
    membership = rejoin();
  };
  const rejoin = async (): Promise<Membership> => {
    for (;;) {
      try {
        return await enter(place, options.settings ?? {}, onLost);
      } catch (error) {
        if (isClosing) throw error;
        say(`Databasen gick inte att starta, försöker igen: ${(error as Error).message}`);
        await delay(2_000);
      }
    }
  };
  let membership = enter(place, options.settings ?? {}, onLost);
  const first = await membership;
  await ensureDatabase(first, options.database);
  return {
    url: addressOf(first.postmaster, APP_ROLE, first.passwords.app, options.database),
    ownerUrl: addressOf(first.postmaster, OWNER_ROLE, first.passwords.owner, 'postgres'),
    place,
    close: async () => {
      isClosing = true;
      const last = await membership.catch(() => null);
      if (last) await leave(last, place);
    },
  };
}

/** Stops the server of an installation if it runs and no process uses it, as after a kill of the last one. */
export async function stopAbandoned(dataDir: string): Promise<void> {
  const place = await findPlace(dataDir, () => undefined);
  if (!(await findPostmaster(place.data))) return;
  await leave(await enter(place, {}, () => undefined), place);
}

/** The role and the database, made on first use. */
async function ensureDatabase(
  { connection: { sql }, passwords }: Membership,
  database: string,
): Promise<void> {
  const [found] = await sql<{ role: boolean; database: boolean }[]>`
    select exists (select from pg_roles where rolname = ${APP_ROLE}) as role,
           exists (select from pg_database where datname = ${database}) as database`;
  try {
    // The password has only letters, digits, - and _ (base64url).
    if (!found?.role) await sql.unsafe(`create role ${APP_ROLE} login password '${passwords.app}'`);
  } catch (error) {
    if (!['42710', '23505'].includes(codeOf(error))) throw error;
  }
  try {
    if (!found?.database) await sql`create database ${sql(database)} owner ${sql(APP_ROLE)}`;
  } catch (error) {
    if (!['42P04', '23505'].includes(codeOf(error))) throw error;
  }
}
