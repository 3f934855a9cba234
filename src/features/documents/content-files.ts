import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documents } from '#src/i18n/documents.ts';
import { limits } from '#src/lib/limits.ts';
import { refusal, type Refused } from './text-file.ts';

/** The texts of modules and facts by their paths in the content folder, with `/`. */
export type ContentFiles = Map<string, string>;

const COURSES = ['kurs', 'fordjupning'];
const MOST_FILES = 20_000;

/**
 * The texts of a content folder: those of modules and facts, nothing else in it. Links are not followed. A
 * file that is too large, or no text, is refused.
 */
export function loadContent(root: string): { kind: 'loaded'; files: ContentFiles } | Refused {
  const paths = COURSES.flatMap((course) =>
    foldersIn(join(root, course)).flatMap((slug) =>
      filesIn(join(root, course, slug))
        .filter((name) => /\.(?:mdx|yaml)$/.test(name))
        .map((name) => `${course}/${slug}/${name}`),
    ),
  ).concat(
    filesIn(join(root, 'fakta'))
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => `fakta/${name}`),
  );
  const files: ContentFiles = new Map();
  for (const path of paths.slice(0, MOST_FILES)) {
    const place = join(root, path);
    if (lstatSync(place).size > limits.file) return refusal(path, undefined, documents.largeFile);
    const text = decode(readFileSync(place));
    if (text === null) return refusal(path, undefined, documents.notUtf8);
    files.set(path, text);
  }
  return { kind: 'loaded', files };
}

function entriesIn(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

const foldersIn = (folder: string) =>
  entriesIn(folder)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
const filesIn = (folder: string) =>
  entriesIn(folder)
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
