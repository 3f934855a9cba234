import { createHash } from 'node:crypto';
import type { Database, Executor } from '#db/client.ts';
import { insertVersion, lockPublication, upsertModule, type ModuleVersion } from '#db/queries/modules.ts';
import { readModuleFiles, type ModuleFiles } from './content-files.ts';
import { GRUNDKURS } from './courses.ts';

/** A module that got a new version, for the log. */
export interface PublishedModule {
  slug: string;
  version: number;
}

/**
 * Publishes the content files as module versions: each module whose files have changed gets its next
 * version, unchanged ones keep theirs. The grundkurs as a whole gets a version when a part does. One
 * transaction; safe to run at every start and on several nodes. Throws `content-invalid`.
 */
export async function publishShippedContent(
  db: Database,
  contentRoot = 'content',
): Promise<PublishedModule[]> {
  const modules = readModuleFiles(contentRoot);
  return db.transaction(async (tx) => {
    await lockPublication(tx);
    const published: PublishedModule[] = [];
    const note = (slug: string, stored: ModuleVersion | null) => {
      if (stored) published.push({ slug, version: stored.version });
    };
    const parts = modules.filter((module) => module.kind === 'part');
    note(GRUNDKURS, await publishCourse(tx, parts));
    for (const module of modules) note(module.slug, await publishModule(tx, module));
    return published;
  });
}

async function publishCourse(tx: Executor, parts: ModuleFiles[]): Promise<ModuleVersion | null> {
  await upsertModule(tx, { slug: GRUNDKURS, kind: 'course', position: 0 });
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.slug} ${part.contentHash}\n`);
  return insertVersion(tx, {
    moduleSlug: GRUNDKURS,
    title: 'Grundkursen om hedersrelaterat våld och förtryck',
    contentHash: hash.digest('hex'),
    quiz: null,
    sections: parts.map((part) => ({ slug: part.slug, title: part.data.title, file: part.slug })),
  });
}

async function publishModule(tx: Executor, module: ModuleFiles): Promise<ModuleVersion | null> {
  await upsertModule(tx, { slug: module.slug, kind: module.kind, position: module.position });
  return insertVersion(tx, {
    moduleSlug: module.slug,
    title: module.data.title,
    contentHash: module.contentHash,
    quiz: module.quiz,
    sections: module.sections.map(({ slug, title, file }) => ({ slug, title, file })),
  });
}
