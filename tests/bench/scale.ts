/**
 * `npm run bench:scale`: how long the site needs for its heaviest pages with 27 000, 100 000 and 1 000 000
 * employees. Makes the data where it is missing (`cli demo scale`), starts the site on it and asks for each
 * page 200 times, or for `--seconds`, one at a time; the milliseconds are those that the site writes in its own log. With
 * `DATABASE_URL` (a database that `demo scale` has filled, DEMO=1) only that one is measured.
 *
 *   npm run bench:scale -- [--folder ../matdata] [--sizes 27000/1,1000000/290] [--runs 200] [--seconds 120]
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir } from 'node:fs/promises';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { connect } from '#db/client.ts';
import { openEmbedded } from '#db/embedded.ts';
import { DEMO_PASSWORD } from '#db/seed/accounts.ts';
import { loadAnnualReport } from '#src/features/annual-report/annual-report.server.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { getIndicator } from '#src/features/indicator/indicator.server.ts';
import { parseListChoice } from '#src/features/manager/manager.ts';
import { showStaffList } from '#src/features/manager/manager.server.ts';
import { addDays, stockholmToday } from '#src/lib/clock.ts';
import { openCpuClock } from './cpu-time.ts';
import { explainWork } from './plans.ts';

/** A server for this much data; nothing is spared on durability. */
const SERVER_SETTINGS = {
  shared_buffers: '2GB',
  effective_cache_size: '8GB',
  work_mem: '64MB',
  maintenance_work_mem: '512MB',
  max_wal_size: '8GB',
};

/** Milliseconds after which a page is not asked for any more. */
let longest = 120_000;

interface Measured {
  page: string;
  runs: number;
  first: number;
  median: number;
  p95: number;
  /** Processor time of site and database for each request; null where it cannot be known. */
  cpu: number | null;
  kilobytes: number;
}

interface Site {
  url: string;
  pid: number;
  /** Milliseconds that the site says the next answered request took. */
  nextDuration(): Promise<number>;
  stop(): Promise<void>;
}

if (import.meta.main) await main();

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      folder: { type: 'string', default: join(tmpdir(), 'scale-data') },
      sizes: { type: 'string', default: '27000/1,100000/30,1000000/290' },
      runs: { type: 'string', default: '200' },
      seconds: { type: 'string', default: '120' },
    },
  });
  const runs = Number(values.runs);
  longest = 1000 * Number(values.seconds);
  const given = process.env['DATABASE_URL'];
  const sizes = given ? ['DATABASE_URL'] : values.sizes.split(',');
  const all: { size: string; pages: Measured[] }[] = [];
  for (const size of sizes) {
    say(`\n## ${size}`);
    const database = given
      ? { url: given, close: async () => undefined }
      : await openData(values.folder, size);
    try {
      all.push({ size, pages: await measureSite(database.url, runs) });
      await tellPlans(database.url);
    } finally {
      await database.close();
    }
  }
  if (all.length > 1) tellGrowth(all);
}

/** The data of one size, made if it is not there, on a server with room for it. */
async function openData(folder: string, size: string): Promise<{ url: string; close(): Promise<void> }> {
  const [people, municipalities] = size.split('/');
  const dataDir = join(folder, size.replace('/', '-'));
  await mkdir(dataDir, { recursive: true });
  // Started as root, the server runs as another user, who must be able to enter.
  await chmod(folder, 0o711);
  await chmod(dataDir, 0o711);
  const database = await openEmbedded({ dataDir, database: 'trygg_grund_demo', settings: SERVER_SETTINGS });
  const isThere = await isFilled(database.url);
  if (!isThere) {
    const began = performance.now();
    const args = [
      'src/cli/main.ts',
      'demo',
      'scale',
      '--people',
      `${people}`,
      '--municipalities',
      `${municipalities}`,
    ];
    const child = spawn(process.execPath, args, {
      stdio: 'inherit',
      env: siteEnvironment({ DATA_DIR: dataDir }),
    });
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`demo scale ended with ${code}`);
    say(`made in ${((performance.now() - began) / 1000).toFixed(0)} s, load ${loadavg()[0]?.toFixed(1)}`);
  }
  return database;
}

async function isFilled(url: string): Promise<boolean> {
  const { sql, close } = connect(url, { max: 1 });
  try {
    const [row] = await sql<{ table: string | null }[]>`select to_regclass('employment')::text as "table"`;
    if (!row?.table) return false;
    return (await sql`select from employment limit 1`).length > 0;
  } finally {
    await close();
  }
}

/** Only what the site must know: the settings of whoever runs this do not reach it. */
function siteEnvironment(own: Record<string, string>): NodeJS.ProcessEnv {
  const { DATABASE_URL: _url, ...rest } = process.env;
  return { ...rest, DEMO: '1', HOST: '127.0.0.1', PORT: '0', ...own };
}

async function measureSite(databaseUrl: string, runs: number): Promise<Measured[]> {
  const site = await startSite(databaseUrl);
  try {
    const facts = await readFacts(databaseUrl);
    say(
      `${facts.people} people, ${facts.employments} employments, ${facts.completions} completions, ${facts.units} units; ` +
        `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, load ${loadavg()[0]?.toFixed(1)}`,
    );
    const readCpu = await openCpuClock(databaseUrl, site.pid);
    const cookie = await signIn(site, 'chef@demo.test');
    const days = spreadDays(facts.firstDay, runs);
    const ofDay = (path: string) => days.map((day) => `${path}?datum=${day}`);
    const again = (path: string) => days.map(() => path);
    const year = Number(stockholmToday().slice(0, 4)) - 1;
    const hasSeveral = facts.middle !== facts.largest;
    const pages: [string, string[]][] = [
      ['/indikator/KOD (largest), another day each time', ofDay(`/indikator/${facts.largest}`)],
      ['/indikator/KOD (largest), today again', again(`/indikator/${facts.largest}`)],
      ...(hasSeveral
        ? ([
            ['/indikator/KOD (median), another day each time', ofDay(`/indikator/${facts.middle}`)],
            ['/indikator (all), another day each time', ofDay('/indikator')],
            ['/indikator (all), today again', again('/indikator')],
          ] as [string, string[]][])
        : []),
      ['/chef?antal=200', again('/chef?antal=200')],
      [
        '/indikator/arsrapport/year?enhet=KOD (largest)',
        again(`/indikator/arsrapport/${year}?enhet=${facts.largest}`),
      ],
    ];
    const measured: Measured[] = [];
    for (const [page, addresses] of pages) {
      const result = await measure(site, page, addresses, cookie, readCpu);
      tell(result);
      measured.push(result);
    }
    say(`load ${loadavg()[0]?.toFixed(1)}`);
    return measured;
  } finally {
    await site.stop();
  }
}

async function measure(
  site: Site,
  page: string,
  addresses: readonly string[],
  cookie: string,
  readCpu: () => number | null,
): Promise<Measured> {
  const times: number[] = [];
  const began = performance.now();
  const cpuBefore = readCpu();
  let bytes = 0;
  for (const address of addresses) {
    const duration = site.nextDuration();
    const response = await fetch(`${site.url}${address}`, { headers: { cookie }, redirect: 'manual' });
    bytes = (await response.arrayBuffer()).byteLength;
    if (response.status !== 200) throw new Error(`${address} answered ${response.status}`);
    times.push(await duration);
    if (performance.now() - began > longest) break;
  }
  const cpuAfter = readCpu();
  const cpu = cpuBefore === null || cpuAfter === null ? null : (cpuAfter - cpuBefore) / times.length;
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    page,
    runs: times.length,
    first: times[0] ?? 0,
    median: at(0.5),
    p95: at(0.95),
    cpu,
    kilobytes: Math.round(bytes / 1024),
  };
}

function tell({ page, runs, first, median, p95, cpu, kilobytes }: Measured): void {
  const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`.padStart(9);
  say(
    `${page.padEnd(62)} ${String(runs).padStart(4)} runs  median ${ms(median)}  p95 ${ms(p95)}  first ${ms(first)}  cpu ${cpu === null ? '–' : ms(cpu)}  ${kilobytes} kB`,
  );
}

function tellGrowth(all: readonly { size: string; pages: Measured[] }[]): void {
  say('\n## Growth, median ms');
  const names = new Set(all.flatMap(({ pages }) => pages.map(({ page }) => page)));
  for (const name of names) {
    const cells = all.map(({ size, pages }) => {
      const found = pages.find(({ page }) => page === name);
      return `${size}: ${found ? found.median.toFixed(1) : '–'}`;
    });
    say(`${name.padEnd(62)} ${cells.join('  ')}`);
  }
}

async function tellPlans(url: string): Promise<void> {
  const { largest, middle, manager } = await readFacts(url);
  const day = addDays(stockholmToday(), -1000);
  const year = String(Number(stockholmToday().slice(0, 4)) - 1);
  const works: [string, () => Promise<unknown>][] = [
    [`/indikator/${largest}`, () => getIndicator(null, { asOf: day, unitCode: largest })],
    ...(middle === largest
      ? []
      : ([
          [`/indikator/${middle}`, () => getIndicator(null, { asOf: day, unitCode: middle })],
          ['/indikator (all)', () => getIndicator(null, { asOf: day })],
        ] as [string, () => Promise<unknown>][])),
    ['/chef?antal=200', () => showStaffList(manager, parseListChoice(new URLSearchParams('antal=200')))],
    [`/indikator/arsrapport/${year}?enhet=${largest}`, () => loadAnnualReport(null, year, largest)],
  ];
  for (const [page, work] of works) {
    const { scans, readWhole, statements } = await explainWork(url, work);
    say(`plan of ${page}: ${statements} statements, read whole: ${readWhole.join(', ') || 'none'}`);
    for (const scan of scans) say(`  ${scan}`);
  }
}

interface Facts {
  people: number;
  employments: number;
  completions: number;
  units: number;
  firstDay: string;
  /** Codes of municipalities by size. */
  largest: string;
  middle: string;
  manager: Actor;
}

async function readFacts(url: string): Promise<Facts> {
  const { sql, close } = connect(url, { max: 1, statementTimeout: 0 });
  try {
    const [row] = await sql<Omit<Facts, 'manager' | 'largest' | 'middle'>[]>`
      select (select count(*) from person)::int as people, (select count(*) from employment)::int as employments,
        (select count(*) from completion)::int as completions, (select count(*) from unit)::int as units,
        (select min(lower(valid))::text from unit_period) as "firstDay"`;
    // The codes go from the largest to the smallest.
    const roots = await sql<{ code: string }[]>`
      select u.code from unit u join unit_period p on p.unit_id = u.id
      where p.parent_id is null and upper_inf(p.valid) order by u.code`;
    const [manager] = await sql<Actor[]>`
      select a.id as "accountId", a.person_id as "personId", p.name, a.role, true as "isManager", false as "isProtected"
      from account a join person p on p.id = a.person_id where a.email = 'chef@demo.test'`;
    if (!row || !manager || !roots[0]) throw new Error('not a database that demo scale has filled');
    const middle = roots[Math.floor(roots.length / 2)] ?? roots[0];
    return { ...row, largest: roots[0].code, middle: middle.code, manager };
  } finally {
    await close();
  }
}

/** Different days over all years, in an order that jumps between them. */
function spreadDays(first: string, count: number): string[] {
  const span = (Date.parse(stockholmToday()) - Date.parse(first)) / 86_400_000;
  // Steps of the golden ratio never come close to an earlier one.
  return Array.from({ length: count }, (_, index) =>
    addDays(first, 1 + Math.floor(((index * 0.618034) % 1) * (span - 2))),
  );
}

async function signIn(site: Site, email: string): Promise<string> {
  const answered = site.nextDuration();
  const response = await fetch(`${site.url}/logga-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: site.url, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ epost: email, losenord: DEMO_PASSWORD }),
  });
  await answered;
  if (response.status !== 303) throw new Error(`signing in answered ${response.status}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** The site as `npm start` runs it, in a process of its own. */
async function startSite(databaseUrl: string): Promise<Site> {
  const child = spawn(process.execPath, ['src/cli/start.ts'], {
    env: siteEnvironment({ DATABASE_URL: databaseUrl }),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const waiting: ((ms: number) => void)[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const address = /svarar på (http:\S+)/.exec(line)?.[1];
    if (address) resolve(address);
    if (line.startsWith('{')) waiting.shift()?.((JSON.parse(line) as { ms: number }).ms);
  });
  child.once('close', (code) => reject(new Error(`the site ended with ${code}`)));
  return {
    url: await promise,
    pid: child.pid ?? 0,
    nextDuration: () => new Promise((tell) => waiting.push(tell)),
    stop: () => stop(child),
  };
}

async function stop(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  await closed;
}

function say(line: string): void {
  console.log(line);
}
