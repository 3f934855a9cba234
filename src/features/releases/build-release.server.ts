import { join } from 'node:path';
import type { Database } from '#db/client.ts';
import { hasSiteBuild, type BuildKey } from '#db/queries/site-builds.ts';
import { writePictures } from '#src/features/pictures/picture-files.server.ts';
import { picturesOf } from '#src/features/pictures/pictures-of.ts';
import { publishing } from '#src/i18n/publishing-errors.ts';
import { buildSite, INSTALLATION } from './build-site.server.ts';
import { missingFacts } from './fact-references.ts';
import { inspectSite } from './inspect-site.server.ts';
import { materialise } from './materialise.server.ts';
import type { ReleaseContent } from './release.ts';
import { storeSite } from './site-builds.server.ts';
import { SiteRefused } from './site-refused.ts';
import { readOnDemandRoutes } from './site-routes.ts';
import { hashSources } from './software.ts';
import { withWorkspace } from './workspace.server.ts';

/** How far a publication has come. */
export type PublicationStep = 'check' | 'write' | 'build' | 'inspect' | 'store' | 'live';

export interface BuildHooks {
  signal?: AbortSignal | undefined;
  onStep?: ((step: PublicationStep) => Promise<void> | void) | undefined;
}

/**
 * Builds the static site of some content, looks it through and stores it. Nothing happens when it is
 * stored already.
 *
 * @throws SiteRefused, with nothing changed, when the content cannot become a site; what `signal` was
 *   aborted with.
 */
export async function buildRelease(
  db: Database,
  key: BuildKey,
  content: ReleaseContent,
  { signal, onStep }: BuildHooks = {},
): Promise<void> {
  if (await hasSiteBuild(db, key)) return;
  // Sources that changed under a running server would give pages that do not fit it.
  if ((await hashSources(INSTALLATION)).software !== key.software) throw new SiteRefused(publishing.software);
  for (const document of content.documents) {
    const [id] = missingFacts(document, content.facts);
    if (id !== undefined) throw new SiteRefused(publishing.unknownFact(document.meta.title, id));
  }
  const begin = async (step: PublicationStep) => {
    signal?.throwIfAborted();
    await onStep?.(step);
  };
  await withWorkspace(async (folder) => {
    const [contentFolder, outDir] = [join(folder, 'content'), join(folder, 'site')];
    await begin('write');
    await materialise(content, contentFolder);
    await writePictures(db, picturesOf(content.documents), contentFolder);
    await begin('build');
    const built = await buildSite({ contentFolder, outDir, cacheDir: join(folder, 'cache'), signal });
    if (built.kind === 'failed') throw toRefusal(built);
    await begin('inspect');
    const onDemand = readOnDemandRoutes(INSTALLATION);
    const problems = await inspectSite(join(outDir, 'client'), { modules: content.documents, onDemand });
    if (problems.length > 0) throw new SiteRefused(publishing.inspection(problems.join(' ')));
    await begin('store');
    await storeSite(db, key, join(outDir, 'client'));
  });
}

/** The build's own words name folders and lines of code; an editor gets those about her text. */
function toRefusal({ cause, output }: { cause: string; output: string }): SiteRefused {
  const problems = [
    ...output.matchAll(/\b((?:kurs|fordjupning|fakta)\/[\w./-]+\.(?:mdx|yaml):\d+:\d+: .+)/g),
  ];
  const named = problems.map(([, text = '']) => text.trim()).slice(0, 5);
  const words =
    cause === 'time'
      ? publishing.time
      : cause === 'memory'
        ? publishing.memory
        : named.length > 0
          ? publishing.refusedContent(named.join(' '))
          : publishing.unknown;
  return new SiteRefused(words, output.slice(-4_000));
}
