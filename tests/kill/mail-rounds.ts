import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { connect, type Connection } from '#db/client.ts';
import { openEmbedded } from '#db/embedded.ts';
import { migrate } from '#db/migrate.ts';
import { insertNotifications } from '#db/queries/notifications.ts';
import { notification } from '#db/schema/notifications.ts';
import { person } from '#db/schema/organisation.ts';
import { openMailbox, type Mailbox } from '../support/mailbox.ts';
import { removeFolder } from '../support/remove-folder.ts';

const MAILS = 200;
const PATIENCE_MS = 60_000;

/** What one kill did. */
export interface MailRound {
  workers: number;
  mails: number;
  /** Taken by the mail server when the worker was killed. */
  beforeKill: number;
  missing: number;
  /** Arrived more than once. */
  repeated: number;
  /** Arrived with another Message-ID than the one it was written with. */
  renamed: number;
  /** Still not written down as sent, or with its text left. */
  unsettled: number;
}

export interface MailPlace {
  dataDir: string;
  url: string;
  connection: Connection;
  mailbox: Mailbox;
  personId: string;
  close(): Promise<void>;
}

/** A database that is safe on disk, a mail server that takes its time, and someone to write to. */
export async function openMailPlace(): Promise<MailPlace> {
  const dataDir = await mkdtemp(join(tmpdir(), 'trygg-grund-kill-mail-'));
  // Started as root, the database runs as another user, who must be able to enter.
  await chmod(dataDir, 0o711);
  const embedded = await openEmbedded({ dataDir, database: 'trygg_grund' });
  await migrate(embedded.url);
  const connection = connect(embedded.url, { max: 2 });
  const mailbox = await openMailbox({ judge: () => delay(randomInt(4)) });
  const [someone] = await connection.db
    .insert(person)
    .values({ name: 'Avbrotts Anna', email: 'anna@exempel.test', isProtected: false })
    .returning({ id: person.id });
  return {
    dataDir,
    url: embedded.url,
    connection,
    mailbox,
    personId: someone!.id,
    close: async () => {
      await mailbox.close();
      await connection.close();
      await embedded.close();
      await removeFolder(dataDir);
    },
  };
}

/** Kills a worker at a random moment of many mails, lets another finish, and counts what came of it. */
export async function killMailWorker(place: MailPlace, workers: number): Promise<MailRound> {
  const { mailbox } = place;
  mailbox.received.length = 0;
  const written = await writeMails(place);
  const running = Array.from({ length: workers }, () => startWorker(place));
  const [victim, ...others] = running as [ChildProcess, ...ChildProcess[]];
  // From before the first mail to the last ones.
  const moment = randomInt(MAILS);
  await until(() => mailbox.received.length >= moment);
  await delay(randomInt(6));
  const beforeKill = mailbox.received.length;
  await end(victim, 'SIGKILL');
  const next = startWorker(place);
  await until(async () => (await countQueued(place)) === 0);
  for (const worker of [next, ...others]) await end(worker, 'SIGTERM');
  return { workers, mails: MAILS, beforeKill, ...(await judge(place, written)) };
}

async function judge({ connection, mailbox }: MailPlace, written: ReadonlyMap<string, string>) {
  const times = new Map<string, number>();
  let renamed = 0;
  for (const { parsed } of mailbox.received) {
    const key = parsed.subject ?? '';
    times.set(key, (times.get(key) ?? 0) + 1);
    if (written.get(key) !== parsed.messageId) renamed += 1;
  }
  const [row] = await connection.db.execute<{ unsettled: number }>(sql`
    select count(*)::int as unsettled from notification where status <> 'sent' or text is not null`);
  return {
    missing: [...written.keys()].filter((key) => !times.has(key)).length,
    repeated: mailbox.received.length - times.size,
    renamed,
    unsettled: row!.unsettled,
  };
}

/** New mails of the kind that goes at any hour. Each says in its subject which one it is. */
async function writeMails({ connection, personId }: MailPlace): Promise<Map<string, string>> {
  const mails = Array.from({ length: MAILS }, () => {
    const key = randomUUID();
    return { kind: 'event' as const, personId, key, subject: key, text: 'Hej!', html: '<p>Hej!</p>' };
  });
  await connection.db.transaction((tx) => insertNotifications(tx, mails));
  const rows = await connection.db.select().from(notification);
  const own = new Set<string>(mails.map(({ key }) => key));
  return new Map(rows.filter(({ key }) => own.has(key)).map(({ key, messageId }) => [key, messageId]));
}

async function countQueued({ connection }: MailPlace): Promise<number> {
  const [row] = await connection.db.execute<{ waiting: number }>(
    sql`select count(*)::int as waiting from notification where status = 'queued'`,
  );
  return row!.waiting;
}

function startWorker({ url, mailbox }: MailPlace): ChildProcess {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'tests/kill/mail-process.ts'], {
    env: {
      ...process.env,
      DATABASE_URL: url,
      SMTP_URL: `smtp://127.0.0.1:${mailbox.port}`,
      MAIL_FROM: 'utbildning@exempel.test',
      PUBLIC_ORIGIN: 'https://kurs.exempel.test',
    },
    // It ends with us: the channel closes.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

async function end(worker: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const exited = once(worker, 'exit');
  worker.kill(signal);
  await exited;
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const latest = performance.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (performance.now() > latest) throw new Error('The mails did not go within a minute');
    await delay(5);
  }
}
