import { join } from 'node:path';
import {
  findCurrentRelease,
  findRelease,
  listReleaseModules,
  readHead,
  type Head,
} from '#db/queries/releases.ts';
import { provideSite } from '#src/features/releases/provide-site.server.ts';
import { listUnpackedFolders, readManifest, storeSite } from '#src/features/releases/site-builds.server.ts';
import { getDb } from '#src/lib/database.ts';
import { isDatabaseUnavailable } from '#src/lib/failure.ts';
import { noteServed, readLastServed } from './last-served.ts';
import { CompressedFiles } from './precompress.ts';
import { NO_RELEASE, type ReleaseInfo } from './release-info.ts';
import {
  ASSETS,
  compressRest,
  loadAssets,
  loadRelease,
  SiteDamaged,
  type Release,
  type ReleaseFile,
} from './release.ts';
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
    const { contentHash } = release;
    const isBase = contentHash === stamp.contentHash;
    let folder = isBase ? null : await provideSite(id, stamp.software, { signal });
    try {
      await this.#swap(folder, info, contentHash);
    } catch (error) {
      if (!(error instanceof SiteDamaged)) throw error;
      folder = await provideSite(id, stamp.software, { signal, isAnew: true });
      await this.#swap(folder, info, contentHash);
    }
    await noteServed({ info, contentHash, folder }).catch(() => undefined);
  }

  /** What was served before the last stop, for a start without a database. */
  async #serveLast(stamp: SiteStamp): Promise<void> {
    const last = await readLastServed();
    if (!last) return;
    const { contentHash, info } = last;
    const isBase = contentHash === stamp.contentHash;
    if (!isBase && last.folder === null) return;
    const folder = isBase ? null : last.folder;
    await this.#swap(folder, info, contentHash).catch((error: unknown) => {
      // Gone or damaged, it is what came with the build until the database answers.
      if (!(error instanceof SiteDamaged)) throw error;
    });
  }

  async #swap(folder: string | null, info: ReleaseInfo, contentHash: string): Promise<void> {
    const own = folder === null ? this.#base : await this.#load(folder);
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

  async #load(folder: string): Promise<Release> {
    const manifest = await readManifest(folder);
    if (!manifest) throw new SiteDamaged(folder);
    return loadRelease(folder, this.#compressed, { previous: this.#now.release, isLater: true, manifest });
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
