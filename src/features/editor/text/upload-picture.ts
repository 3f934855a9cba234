import { textEditor as words } from '#src/i18n/editor.ts';
import { paths } from '#src/lib/paths.ts';

export type Uploaded = { kind: 'uploaded'; src: string } | { kind: 'refused'; message: string };

/** Sends a picture to be made anew and kept. Never rejects; `message` says what to do. */
export async function uploadPicture(file: File): Promise<Uploaded> {
  const form = new FormData();
  form.set('bild', file);
  try {
    const response = await fetch(paths.pictures, {
      method: 'POST',
      body: form,
      headers: { accept: 'application/json' },
      redirect: 'manual',
    });
    // The server reads no more than it takes in, and says so in words for a page.
    if (response.status === 413) return { kind: 'refused', message: words.pictureTooLarge };
    const reply = (await response.json()) as { src?: string; message?: string };
    if (response.ok && reply.src) return { kind: 'uploaded', src: reply.src };
    return { kind: 'refused', message: reply.message ?? words.uploadFailed };
  } catch {
    return { kind: 'refused', message: words.uploadFailed };
  }
}
