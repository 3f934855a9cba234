/** `npm run lix`: words and LIX of every page in content/, and of each part as a whole. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { measureReadability } from '../features/courses/readability.ts';
import { problemText } from '../features/documents/content-reader.ts';
import { readBody } from '../features/documents/mdx-reader.ts';
import { runningText } from '../features/documents/reading-text.ts';

const root = new URL('../../content/', import.meta.url).pathname;
const only = process.argv[2] ?? '';
const parts = new Map<string, string[]>();
for (const file of globSync('{kurs,fordjupning,sidor}/**/*.mdx', { cwd: root }).sort()) {
  if (!file.includes(only)) continue;
  const page = readBody(readFileSync(root + file, 'utf8'), file);
  if (page.kind === 'refused') {
    for (const problem of page.problems) console.error(problemText(problem));
    process.exitCode = 1;
    continue;
  }
  const text = runningText(page.body);
  const { words, lix } = measureReadability(text);
  console.log(`${String(words).padStart(6)} ord  LIX ${String(lix).padStart(2)}  ${relative('.', file)}`);
  const part = dirname(file);
  parts.set(part, [...(parts.get(part) ?? []), text]);
}
console.log('');
for (const [part, texts] of parts) {
  const { words, lix } = measureReadability(texts.join('\n'));
  console.log(`${String(words).padStart(6)} ord  LIX ${String(lix).padStart(2)}  ${part}`);
}
