import type { AstroGlobal } from 'astro';
import { readSessionCookie } from '#src/features/auth/session-cookie.ts';
import { previewPage as words } from '#src/i18n/gate-page.ts';
import { previewPath } from '#src/lib/paths.ts';
import { partName } from './part-names.ts';
import { createPreviewKey } from './preview-key.server.ts';
import { loadPreview } from './preview.server.ts';
import { previewParts, previewQuery } from './preview.ts';

type Context = Pick<AstroGlobal, 'request' | 'locals' | 'url'>;

/**
 * What the page with the frames shows: the pages of a draft, the chosen one's address with a key to it, and
 * how it is looked at. Null when the module has no open draft.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin.
 */
export async function showPreview({ request, locals, url }: Context, slug: string) {
  const preview = await loadPreview(locals.actor, slug);
  if (!preview) return null;
  const { document } = preview;
  const titles = new Map(document.sections.map(({ slug: one, meta }) => [partName.section(one), meta.title]));
  const parts = previewParts(document).map((part) => ({
    part,
    title:
      part === partName.module
        ? words.introduction
        : part === partName.quiz
          ? words.quiz
          : titles.get(part) || part,
  }));
  const chosen = parts.find(({ part }) => part === url.searchParams.get('del')) ?? parts[0]!;
  const hasScripts = url.searchParams.get('js') !== 'utan';
  const token = readSessionCookie(request.headers.get('cookie'), locals.call.isSecure);
  const query = previewQuery(createPreviewKey(token, slug), hasScripts);
  return {
    title: document.meta.title.trim() || slug,
    parts,
    chosen,
    address: previewPath(slug, chosen.part === partName.module ? '' : chosen.part) + query,
    hasScripts,
    isDark: url.searchParams.get('farg') === 'mork',
  };
}
