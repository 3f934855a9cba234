import { resolve } from 'node:path';
import type { Loader } from 'astro/loaders';
import { requireContent } from './content-reader.ts';

type Content = ReturnType<typeof requireContent>;

/** The folder that the site is built from: a release's when one is built, else the shipped one. */
const root = resolve(process.env['CONTENT_DIR'] ?? './content');
let latest: Content | undefined;

/**
 * Loads what the static pages are made of from the content folder. A file that is refused stops the build,
 * with its line, column and reason.
 */
export function fromContent<T extends object>(
  pick: (content: Content) => readonly T[],
  idOf: (one: T) => string,
): Loader {
  return {
    name: 'trygg-grund-content',
    async load({ store, parseData, watcher, logger }) {
      const fill = async () => {
        latest ??= requireContent(root);
        const entries = await Promise.all(
          pick(latest).map(async (one) => {
            const id = idOf(one);
            return { id, data: await parseData({ id, data: one as Record<string, unknown> }) };
          }),
        );
        store.clear();
        for (const entry of entries) store.set(entry);
      };
      await fill();
      watcher?.add(root);
      watcher?.on('change', (path) => {
        if (!resolve(path).startsWith(root)) return;
        latest = undefined;
        fill().catch((error: unknown) => logger.error(String(error)));
      });
    },
  };
}
