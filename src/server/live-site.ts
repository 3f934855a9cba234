import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  findCurrentRelease,
  findRelease,
  listReleaseModules,
  readHead,
  type Head,
} from '#db/queries/releases.ts';
import { provideSite } from '#src/features/releases/provide-site.server.ts';
import { listUnpackedFolders, storeSite } from '#src/features/releases/site-builds.server.ts';
import { siteFolder } from '#src/lib/data-folder.ts';
import { getDb } from '#src/lib/database.ts';
import { isDatabaseUnavailable } from '#src/lib/failure.ts';
import { CompressedFiles } from './precompress.ts';
import { NO_RELEASE, type ReleaseInfo } from './release-info.ts';
import { ASSETS, compressRest, loadAssets, loadRelease, type Release, type ReleaseFile } from './release.ts';
import { readSiteStamp, type SiteStamp } from './site-stamp.ts';

/** What is answered from: one reference, so that a request sees one release whole. */
export interface Served {
  release: Release;
  info: ReleaseInfo;
}

/** Releases whose style sheets and scripts stay: pages that were opened before a swap still ask for them. */
const KEPT_ASSETS = 6;
const PATIENCE_MS = 3_000;

/**
 * The static site as this node serves it: the one that came with the build, or the published one. It
 * follows what is current in the database, and goes on with what it has when that cannot be reached.
 */
export class LiveSite {
  #now: Served;
  #contentHash: string | null = null;
  #tidying = new AbortController();
  #tidied: Promise<void> = Promise.resolve();
  readonly #build: string;
  readonly #stamp: SiteStamp | null;
  readonly #base: Release;
  readonly #compressed: CompressedFiles;
  #assets: ReadonlyMap<string, ReleaseFile>[] = [];

  private constructor(build: string, stamp: SiteStamp | null, base: Release, compressed: CompressedFiles) {
    this.#build = build;
    this.#stamp = stamp;
    this.#base = base;
    this.#compressed = compressed;
    this.#now = { release: base, info: NO_RELEASE };
  }

  /**
   * Loads what is to be served first. A database that does not answer is not waited for: then it is what
   * this node served last.
   */
  static async open(build: string): Promise<LiveSite> {
    const compressed = new CompressedFiles(join(build, 'compressed'));
    const base = await loadRelease(join(build, 'client'), compressed);
    const site = new LiveSite(build, await readSiteStamp(build), base, compressed);
    if (site.#stamp) {
      site.#assets = await readOlderAssets(compressed);
      await site.#loadFirst();
    }
    site.#tidy();
    return site;
  }

  get now(): Served {
    return this.#now;
  }

  /** The hash of the running software; null for a build that does not follow the database. */
  get software(): string | null {
    return this.#stamp?.software ?? null;
  }

  /** Stores the site that came with the software, where it is what readers meet: it may be gone back to. */
  async storeBase(): Promise<void> {
    if (this.#stamp && this.#contentHash === this.#stamp.contentHash) {
      await storeSite(getDb(), this.#stamp, join(this.#build, 'client'));
    }
  }

  /**
   * Serves the current release when it is another than now, once it is here whole.
   *
   * @returns the current release, and whether something is to be published
   * @throws when the database cannot be reached or the release cannot be built; what was served goes on
   */
  async follow(signal?: AbortSignal): Promise<Head> {
    const head = await readHead(getDb());
    // A database that was read back from a copy may give a number again.
    const isServed = head.releaseId === this.#now.info.id && head.contentHash === this.#contentHash;
    if (this.#stamp && head.releaseId !== null && !isServed) {
      await this.#serve(head.releaseId, this.#stamp, signal);
      this.#tidy();
    }
    return head;
  }

  async #loadFirst(): Promise<void> {
    const stamp = this.#stamp as SiteStamp;
    const patience = AbortSignal.timeout(PATIENCE_MS);
    const late = new Promise<'late'>((resolve) => patience.addEventListener('abort', () => resolve('late')));
    const current = await Promise.race([findCurrentRelease(getDb()).catch(toUnreachable), late]);
    if (current === 'late') await this.#serveLast(stamp);
    else if (current) await this.#serve(current.id, stamp);
  }

  async #serve(id: number, stamp: SiteStamp, signal?: AbortSignal): Promise<void> {
    const db = getDb();
    const release = await findRelease(db, id);
    if (!release) return;
    const members = await listReleaseModules(db, id);
    const info: ReleaseInfo = {
      id,
      publishedAt: release.createdAt.toISOString(),
      modules: Object.fromEntries(members.map(({ slug, version }) => [slug, version])),
    };
    const folder =
      release.contentHash === stamp.contentHash ? null : await provideSite(id, stamp.software, signal);
    await this.#swap(folder, info, release.contentHash);
    await writePointer({ info, contentHash: release.contentHash, folder }).catch(() => undefined);
  }

  /** What was served before the last stop, for a start without a database. */
  async #serveLast(stamp: SiteStamp): Promise<void> {
    const pointer = await readPointer();
    if (!pointer) return;
    const { folder, contentHash, info } = pointer;
    const isThere =
      contentHash === stamp.contentHash || (folder !== null && (await stat(folder).catch(() => null)));
    if (isThere) await this.#swap(contentHash === stamp.contentHash ? null : folder, info, contentHash);
  }

  async #swap(folder: string | null, info: ReleaseInfo, contentHash: string): Promise<void> {
    const before = this.#now.release;
    const own =
      folder === null
        ? this.#base
        : await loadRelease(folder, this.#compressed, { previous: before, isLater: true });
    this.#assets = [assetsOf(own), ...this.#assets.filter((one) => !isWithin(one, own))].slice(
      0,
      KEPT_ASSETS,
    );
    const files = new Map([
      ...this.#assets.flatMap((one) => [...one]),
      ...assetsOf(this.#base),
      ...own.files,
    ]);
    this.#now = { release: { files, errorPages: own.errorPages }, info };
    this.#contentHash = contentHash;
  }

  /** Compresses what is new in what is served, and removes what nothing has any more. In the background. */
  #tidy(): void {
    this.#tidying.abort();
    this.#tidying = new AbortController();
    const { signal } = this.#tidying;
    const { release } = this.#now;
    const files = [this.#base, release].flatMap((one) => [...one.files.values(), ...one.errorPages.values()]);
    const tidy = async () => {
      await compressRest(release, this.#compressed, signal);
      if (!signal.aborted) await this.#compressed.prune(files.map(({ body }) => body));
    };
    // What could not be tidied costs only time.
    this.#tidied = tidy().catch(() => undefined);
  }

  /** Ends what goes on in the background. */
  async close(): Promise<void> {
    this.#tidying.abort();
    await this.#tidied;
  }
}

function toUnreachable(error: unknown): 'late' {
  if (isDatabaseUnavailable(error)) return 'late';
  throw error;
}

function assetsOf({ files }: Release): ReadonlyMap<string, ReleaseFile> {
  return new Map([...files].filter(([path]) => path.startsWith(ASSETS)));
}

function isWithin(assets: ReadonlyMap<string, ReleaseFile>, { files }: Release): boolean {
  return [...assets.keys()].every((path) => files.has(path));
}

/** The style sheets and scripts of the sites that lie unpacked on this node. */
async function readOlderAssets(compressed: CompressedFiles): Promise<ReadonlyMap<string, ReleaseFile>[]> {
  const folders = (await listUnpackedFolders()).slice(0, KEPT_ASSETS);
  return Promise.all(folders.map((folder) => loadAssets(join(folder, 'client'), compressed)));
}

interface Pointer {
  info: ReleaseInfo;
  contentHash: string;
  /** Null: the one that came with the build. */
  folder: string | null;
}

const pointerFile = () => join(siteFolder(), 'served.json');

/** Notes what is served, for a start without a database. */
async function writePointer(pointer: Pointer): Promise<void> {
  const file = pointerFile();
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.${process.pid}`, JSON.stringify(pointer));
  await rename(`${file}.${process.pid}`, file);
}

/** Whether a node with this data has served a release: then it can start without its database. */
export async function hasServedBefore(): Promise<boolean> {
  return (await readPointer()) !== null;
}

async function readPointer(): Promise<Pointer | null> {
  try {
    return JSON.parse(await readFile(pointerFile(), 'utf8')) as Pointer;
  } catch {
    return null;
  }
}
