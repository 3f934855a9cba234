import { randomInt } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ask } from '../support/site.ts';
import { findPostmaster, prepareSubmissions, withDatabase, type Submission } from './people.ts';
import { isConfirmation, send, sendAll } from './senders.ts';
import { startSite, type SiteProcess } from './site-process.ts';
import { verify, type Faults } from './verify.ts';
import { removeFolder } from '../support/remove-folder.ts';

const PEOPLE = 40;
const CLIENTS = 16;

export type Victim = 'app' | 'database';

/** What one kill did. */
export interface Round extends Faults {
  victim: Victim;
  sent: number;
  acknowledged: number;
  /** Under way at the moment of the kill. */
  inFlight: number;
  /** Stored although the sender never heard of it: allowed, and made good by sending again. */
  storedUnheard: number;
  /** Sent again with the same id, and not answered with the stored result unchanged. */
  replayedWrong: number;
  /** Milliseconds until the site answered again. */
  recovery: number;
}

export interface KillSite {
  dataDir: string;
  site: SiteProcess;
}

/** A site on data of its own, safe on disk as for real use. */
export async function openKillSite(): Promise<KillSite> {
  const dataDir = await mkdtemp(join(tmpdir(), 'trygg-grund-kill-'));
  // Started as root, the database runs as another user, who must be able to enter.
  await chmod(dataDir, 0o711);
  return { dataDir, site: await startSite(dataDir) };
}

/** Stops the site and removes its data. */
export async function closeKillSite({ dataDir, site }: KillSite): Promise<void> {
  await site.stop();
  await removeFolder(dataDir);
}

/** Kills the app or the whole database at a random moment of many submissions, and counts what came of it. */
export async function killRound(place: KillSite, victim: Victim): Promise<Round> {
  const { submissions, postmaster } = await withDatabase(place.dataDir, async (db, cluster) => ({
    submissions: await prepareSubmissions(db, PEOPLE),
    postmaster: await findPostmaster(cluster),
  }));
  const sending = sendAll(place.site.port, submissions, CLIENTS);
  const moment = randomInt(submissions.length - CLIENTS);
  while (sending.sent < moment) await delay(1);
  await delay(randomInt(20));
  const { inFlight } = sending;
  const began = performance.now();
  const killed = victim === 'app' ? place.site.kill() : killTree(postmaster);
  sending.stop();
  await killed;
  await sending.done;
  if (victim === 'app') place.site = await startSite(place.dataDir);
  await untilHealthy(place.site.port);
  const recovery = Math.round(performance.now() - began);
  const { sent } = sending;
  const acknowledged = submissions.filter(({ isAcknowledged }) => isAcknowledged).length;
  return { victim, sent, acknowledged, inFlight, recovery, ...(await judge(place, submissions)) };
}

/** Compares, sends everything again, compares anew, and tries other answers under the same ids. */
async function judge({ dataDir, site }: KillSite, submissions: Submission[]) {
  return withDatabase(dataDir, async (db) => {
    const before = await verify(db, submissions);
    const storedUnheard = submissions.filter(
      ({ id, isAcknowledged }) => !isAcknowledged && before.attempts.has(id),
    ).length;
    let replayedWrong = 0;
    for (const submission of submissions) {
      submission.isAcknowledged = isConfirmation(await send(site.port, submission), submission);
      if (!submission.isAcknowledged) replayedWrong += 1;
    }
    for (const submission of submissions.slice(0, 10)) {
      const { status } = await send(site.port, submission, submission.otherBody);
      if (status !== 409) replayedWrong += 1;
    }
    const after = await verify(db, submissions);
    for (const [id, row] of before.attempts) {
      if (JSON.stringify(row) !== JSON.stringify(after.attempts.get(id))) replayedWrong += 1;
    }
    if (after.attempts.size !== submissions.length) replayedWrong += 1;
    return {
      storedUnheard,
      replayedWrong,
      lost: before.faults.lost + after.faults.lost,
      duplicated: before.faults.duplicated + after.faults.duplicated,
      halfDone: before.faults.halfDone + after.faults.halfDone,
    };
  });
}

/** `kill -9` of the database server and all its children at once, as when the machine takes them. */
async function killTree(postmaster: number): Promise<void> {
  const children: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const parent = Number(/\) \S (\d+)/.exec(stat)?.[1]);
    if (parent === postmaster) children.push(Number(name));
  }
  for (const pid of [postmaster, ...children]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It had gone already.
    }
  }
}

async function untilHealthy(port: number): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const health = await ask(port, '/api/health').catch(() => null);
    if (health?.status === 200) return;
    await delay(50);
  }
  throw new Error('The site did not recover within half a minute');
}
