import type { ModuleDocument } from '#src/features/documents/document.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import type { ModuleVersion } from '#db/queries/modules.ts';
import type { QuizForm } from '#src/features/quiz/quiz-request.server.ts';
import { modulePath, previewPath, quizPath, sectionPath } from '#src/lib/paths.ts';
import { partName } from './part-names.ts';

/** A module as it would be published, for those who write it. */
export interface Preview {
  document: ModuleDocument;
  facts: Facts;
}

/** The parts of a module that are pages, in order. */
export function previewParts({ sections }: Pick<ModuleDocument, 'sections'>): string[] {
  return [partName.module, ...sections.map(({ slug }) => partName.section(slug)), partName.quiz];
}

/**
 * The HTML of a page with links that stay in the preview: those between the module's own pages lead to their
 * previews, its drafted pictures are fetched as the preview is, places on the page are left as they are, and
 * every other link wants a new window, which a sandbox does not give.
 *
 * @param query what the address of every previewed page ends with: `?nyckel=…`
 */
export function keepInPreview(html: string, document: ModuleDocument, query: string): string {
  const { slug, sections } = document;
  const own = new Map([
    [modulePath(slug), previewPath(slug, '')],
    [quizPath(slug), previewPath(slug, partName.quiz)],
    ...sections.map((section): [string, string] => [
      sectionPath(slug, section.slug),
      previewPath(slug, partName.section(section.slug)),
    ]),
  ]);
  const ending = query.replaceAll('&', '&amp;');
  return html
    .replace(/<head>/, '<head><base target="_blank">')
    .replaceAll(/<a\b[^>]*?\shref="(#[^"]*)"/g, (tag) => `${tag} target="_self"`)
    .replaceAll(
      /(<a\b[^>]*?\shref=")(\/[^"#?]*)(#[^"]*)?"/g,
      (tag, start: string, path: string, hash = '') => {
        const preview = own.get(path.endsWith('/') ? path : `${path}/`);
        return preview === undefined ? tag : `${start}${preview}${ending}${hash as string}" target="_self"`;
      },
    )
    .replaceAll(
      /(<img\b[^>]*?\ssrc=")\/bilder\/([\w-]+\.webp)"/g,
      (_tag, start: string, name: string) => `${start}${previewPath(slug, `bilder/${name}`)}${ending}"`,
    );
}

/** What the address of a previewed page ends with. */
export function previewQuery(key: string | null, hasScripts: boolean): string {
  const query = new URLSearchParams({
    ...(hasScripts ? { js: 'med' } : {}),
    ...(key ? { nyckel: key } : {}),
  });
  return query.size === 0 ? '' : `?${query}`;
}

/** A drafted knowledge check as its page shows one. Its version is none: nothing can be handed in to it. */
export function quizAsForm({ slug, meta, quiz }: ModuleDocument): QuizForm {
  const version = { id: 0, moduleSlug: slug, title: meta.title } as ModuleVersion;
  return { quiz, version, submissionId: '', answers: {}, missing: [], pending: 'none' };
}
