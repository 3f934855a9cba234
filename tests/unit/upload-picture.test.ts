import { afterEach, expect, test, vi } from 'vitest';
import { uploadPicture } from '#src/features/editor/text/upload-picture.ts';
import { textEditor as words } from '#src/i18n/editor.ts';

const file = new File(['x'], 'bild.jpg', { type: 'image/jpeg' });
const answer = (status: number, body: string) =>
  vi.stubGlobal('fetch', async () => new Response(body, { status }));

afterEach(() => vi.unstubAllGlobals());

test('A picture that is taken in has its address', async () => {
  answer(200, '{"src":"/bilder/a-1x1.webp"}');
  expect(await uploadPicture(file)).toEqual({ kind: 'uploaded', src: '/bilder/a-1x1.webp' });
});

test.each([
  ['that is no picture', 422, '{"message":"Filen går inte att läsa."}', 'Filen går inte att läsa.'],
  ['of more bytes than the server reads', 413, '<h1>För stort</h1>', words.pictureTooLarge],
  ['that the server fails on', 500, 'fel', words.uploadFailed],
])('A file %s is refused with what to do', async (_what, status, body, message) => {
  answer(status, body);
  expect(await uploadPicture(file)).toEqual({ kind: 'refused', message });
});
