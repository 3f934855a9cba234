import type { AstroGlobal } from 'astro';
import { findPicture } from '#db/queries/pictures.ts';
import { getDb } from '#src/lib/database.ts';
import { AppError } from '#src/lib/errors.ts';
import { partName } from './part-names.ts';
import { findPreviewer } from './preview-key.server.ts';
import { loadPreview } from './preview.server.ts';
import { keepInPreview, previewParts, previewQuery, type Preview } from './preview.ts';

/** One page of a draft, to be rendered. */
export interface PreviewView extends Preview {
  part: string;
}

/**
 * Answers for a page of a draft, or a picture on one. Whoever asks shows a key (`nyckel`), as a page in a
 * sandbox has no session, or has one. The reply is shut into a sandbox, whoever asks for it.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin; `not-found` for what
 *   the draft does not have.
 */
export async function answerPreview(
  { url, locals }: Pick<AstroGlobal, 'url' | 'locals'>,
  slug: string,
  rest: string,
): Promise<PreviewView | Response> {
  const hasScripts = url.searchParams.has('js');
  locals.call.sandbox = hasScripts ? 'scripts' : 'still';
  const key = url.searchParams.get('nyckel');
  const load = async () => loadPreview((await findPreviewer(key, slug)) ?? locals.actor, slug);
  const preview = locals.preview ?? (await load());
  if (!preview) throw new AppError('not-found', 'no open draft of this module');
  const picture = /^bilder\/([\w-]+\.webp)$/.exec(rest)?.[1];
  if (picture) {
    const found = await findPicture(getDb(), picture);
    if (!found) throw new AppError('not-found', 'no such picture');
    delete locals.call.sandbox;
    locals.call.isPublicFile = true;
    return new Response(new Uint8Array(found.bytes), { headers: { 'content-type': 'image/webp' } });
  }
  const part = rest === '' ? partName.module : rest;
  if (!previewParts(preview.document).includes(part)) throw new AppError('not-found', 'no such page');
  const query = previewQuery(key, hasScripts);
  locals.call.rewrite = (html) => keepInPreview(html, preview.document, query);
  return { ...preview, part };
}
