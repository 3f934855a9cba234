/**
 * `npm run bench:publish -- [--modules 300] [--rounds 3]`: seconds from a publication being asked for to its
 * page being served, by step. `-- --under-load 50`: publishes so often while people read on two nodes, and
 * counts wrong answers. On data of its own, which is gone afterwards.
 */
import { chmodSync, mkdirSync, mkdtempSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { connect, type Database } from '#db/client.ts';
import { openEmbedded } from '#db/embedded.ts';
import { insertNextVersion, lockPublication, upsertModule } from '#db/queries/modules.ts';
import { findCurrentRelease, listReleaseModules, readDocuments } from '#db/queries/releases.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import { positionOf, toVersion } from '#src/features/documents/to-version.ts';
import { activateRelease } from '#src/features/releases/activate-release.server.ts';
import type { ReleaseMember } from '#src/features/releases/release.ts';
import { startSite, type SiteProcess } from '../kill/site-process.ts';
import { startLoad } from '../support/load.ts';
import {
  currentDocument,
  insertEditors,
  insertPublication,
  readerAddresses,
  readPublication,
  withMark,
  type Editors,
} from '../support/publishing.ts';
import { removeFolder } from '../support/remove-folder.ts';

const { values: options } = parseArgs({
  options: {
    modules: { type: 'string', default: '12' },
    rounds: { type: 'string', default: '3' },
    'under-load': { type: 'string' },
  },
});
const wanted = Number(options.modules);
const rounds = Number(options.rounds);
const underLoad = Number(options['under-load'] ?? 0);
const folder = mkdtempSync(join(tmpdir(), 'trygg-grund-bench-'));
// Started as root, the database runs as another user, who must be able to enter.
chmodSync(folder, 0o711);
const nodes: SiteProcess[] = [];
const load = () => `belastning ${loadavg()[0]!.toFixed(1)}`;

try {
  nodes.push(await startSite(folder));
  const own = await openEmbedded({ dataDir: folder, database: 'trygg_grund' });
  const { db, close } = connect(own.url, { max: 2 });
  try {
    const editors = await insertEditors(db);
    if (wanted > 12) await addCopies(db, wanted - 12);
    if (underLoad > 0) {
      mkdirSync(join(folder, 'andra'));
      nodes.push(await startSite(join(folder, 'andra'), { DATABASE_URL: own.url }));
      await publishUnderLoad(db, editors);
    } else await publishOnce(db, editors);
  } finally {
    await close();
    await own.close();
  }
} finally {
  for (const node of nodes.toReversed()) await node.stop();
  await removeFolder(folder);
}

/** Copies of the shipped fördjupningar, as one release. */
async function addCopies(db: Database, count: number): Promise<void> {
  const release = (await findCurrentRelease(db))!;
  const members: ReleaseMember[] = await listReleaseModules(db, release.id);
  const models = members.filter(({ kind }) => kind === 'fordjupning');
  const documents = await readDocuments(
    db,
    models.map(({ versionId }) => versionId),
  );
  await db.transaction(async (tx) => {
    await lockPublication(tx);
    for (let number = 1; number <= count; number++) {
      const model = documents.get(models[number % models.length]!.versionId) as ModuleDocument;
      const document = copyOf(model, number);
      await upsertModule(tx, { slug: document.slug, kind: 'fordjupning', position: positionOf(document) });
      const version = await insertNextVersion(tx, { ...toVersion(document), origin: 'editor' });
      members.push({ ...version, slug: document.slug, kind: 'fordjupning', versionId: version.id });
    }
    await activateRelease(tx, { members, factsVersionId: release.factsVersionId, reason: 'Mätning' });
  });
  const began = performance.now();
  const { id } = (await findCurrentRelease(db))!;
  await until(async () => (await served(nodes[0]!)) === id);
  console.log(`${count + 12} moduler: byggda första gången på ${since(began)} (${load()})`);
}

function copyOf(model: ModuleDocument, number: number): ModuleDocument {
  return {
    ...model,
    slug: `${model.slug}-${number}`,
    meta: { ...model.meta, title: `${model.meta.title} ${number}`, position: 100 + number },
  };
}

async function publishOnce(db: Database, editors: Editors): Promise<void> {
  for (let round = 1; round <= rounds; round++) {
    const began = performance.now();
    const id = await publish(db, editors, round);
    const steps: string[] = [];
    let step: string | null = null;
    const note = async () => {
      const row = await readPublication(db, id);
      if (row.failure !== null) throw new Error(row.failure);
      if (row.step !== step) steps.push(`${row.step} ${since(began)}`);
      step = row.step;
    };
    await until(async () => {
      await note();
      return shows(nodes[0]!, round);
    });
    console.log(`${wanted} moduler: ${since(began)} till den nya sidan (${load()}): ${steps.join(', ')}`);
  }
}

async function publishUnderLoad(db: Database, editors: Editors): Promise<void> {
  const reading = startLoad(
    nodes.map(({ port }) => port),
    readerAddresses,
  );
  for (let round = 1; round <= underLoad; round++) {
    const began = performance.now();
    await publish(db, editors, round);
    for (const node of nodes) await until(() => shows(node, round));
    const { answered, wrong } = reading.seen();
    console.log(
      `${round} av ${underLoad}: ${since(began)} (${load()}), ${answered} svar, ${wrong} felaktiga`,
    );
  }
  const { answered, wrong, seconds, slowest } = await reading.stop();
  console.log(
    `${underLoad} publiceringar, 2 noder: ${answered} svar på ${seconds.toFixed(0)} s, det långsammaste ` +
      `${slowest.toFixed(0)} ms, felaktiga eller tappade: ${wrong.length}`,
  );
  for (const one of wrong.slice(0, 20)) console.log(one);
  if (wrong.length > 0) process.exitCode = 1;
}

async function publish(db: Database, editors: Editors, mark: number): Promise<number> {
  return insertPublication(db, editors, withMark(await currentDocument(db, 'del-1'), mark));
}

async function shows(node: SiteProcess, mark: number): Promise<boolean> {
  const page = await fetch(`http://localhost:${node.port}/kurs/del-1/`);
  return (await page.text()).includes(`Läge ${mark}.`);
}

async function served(node: SiteProcess): Promise<number> {
  const info = await fetch(`http://localhost:${node.port}/api/release`);
  return ((await info.json()) as { id: number }).id;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await delay(50);
}

function since(began: number): string {
  return `${((performance.now() - began) / 1000).toFixed(1).replace('.', ',')} s`;
}
