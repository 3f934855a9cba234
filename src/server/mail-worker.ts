import { setTimeout as delay } from 'node:timers/promises';
import { PgBoss } from 'pg-boss';
import { planMails } from '#src/features/notifications/plan.server.ts';
import { mailSettings } from '#src/features/notifications/mail-settings.ts';
import { sendMails } from '#src/features/notifications/send.server.ts';
import { openSender } from '#src/features/notifications/smtp.ts';
import { describeError, type WriteLog } from './access-log.ts';
import { openJobDatabase, type JobDatabase } from './job-database.ts';

const PLAN = 'mail-plan';
const SEND = 'mail-send';
/** One waits while one is worked on; what fails is done by the next. */
const QUEUE = { policy: 'short', retryLimit: 0, expireInSeconds: 900, deleteAfterSeconds: 86_400 } as const;
const ZONE = { tz: 'Europe/Stockholm' };
/** Twice a day, should the machine have been off in the morning; nobody is written to twice. */
const PLAN_AT = '15 7,12 * * 1-5';
const EVERY_MINUTE = '* * * * *';
const TRY_AGAIN_MS = 30_000;
const LONGEST_GOODBYE_MS = 5_000;

export interface MailWorker {
  /** Takes no more jobs, lets the mail under way end, and closes. */
  stop(): Promise<void>;
}

/**
 * Plans and sends mails in the background, when a mail server is set. Returns at once: a database that
 * does not answer is tried until it does. Any number of nodes may have one.
 */
export function startMailWorker(log: WriteLog): MailWorker {
  const settings = mailSettings();
  const url = process.env['DATABASE_URL'];
  if (!settings || !url) return { stop: async () => undefined };
  const stopping = new AbortController();
  const report = (error: unknown) =>
    log(JSON.stringify({ time: new Date().toISOString(), task: 'mail', error: describeError(error) }));
  const sender = openSender(settings);
  let sending: Promise<unknown> = Promise.resolve();
  /** One mail at a time in this process, also when a minute's job is not done with the next has come. */
  const send = async () => {
    sending = sending.then(() => sendMails(sender, stopping.signal)).catch(report);
    await sending;
  };
  const plan = async () => {
    await planMails().catch(report);
    await send();
  };
  let boss: { boss: PgBoss; database: JobDatabase } | null = null;
  let timer: NodeJS.Timeout | undefined;
  const start = async (): Promise<void> => {
    const database = openJobDatabase(url);
    try {
      boss = { boss: await startJobs(database, { plan, send }, report), database };
    } catch (error) {
      report(error);
      await database.close();
      if (!stopping.signal.aborted) timer = setTimeout(() => (starting = start()), TRY_AGAIN_MS).unref();
    }
  };
  let starting = start();
  return {
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await starting;
      // A mail server that does not answer holds nobody up: that mail is tried again later.
      await Promise.race([sending, delay(LONGEST_GOODBYE_MS, undefined, { ref: false })]);
      sender.close();
      await boss?.boss.stop({ graceful: true, timeout: 2_000, close: false }).catch(report);
      await boss?.database.close();
    },
  };
}

interface Jobs {
  plan: () => Promise<void>;
  send: () => Promise<void>;
}

async function startJobs(db: JobDatabase, jobs: Jobs, report: (error: unknown) => void): Promise<PgBoss> {
  const boss = new PgBoss({ db, schema: 'jobs' });
  boss.on('error', report);
  await boss.start();
  for (const name of [PLAN, SEND]) await boss.createQueue(name, QUEUE);
  await boss.schedule(PLAN, PLAN_AT, null, ZONE);
  await boss.schedule(SEND, EVERY_MINUTE, null, ZONE);
  // What was left behind does not wait for the minute.
  await boss.send(SEND);
  await boss.work(PLAN, { pollingIntervalSeconds: 30 }, jobs.plan);
  await boss.work(SEND, { pollingIntervalSeconds: 5 }, jobs.send);
  return boss;
}
