import { lstatSync, readdirSync, readFileSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { documents } from '#src/i18n/documents.ts';
import { limits } from '#src/lib/limits.ts';
import type { Problem } from './document.ts';
import { factKinds } from './parts.ts';
import { refusal, type Refused } from './text-file.ts';

/** The texts of modules and facts by their paths in the content folder, with `/`. */
export type ContentFiles = Map<string, string>;

const COURSES = ['kurs', 'fordjupning'];
const FACT_FILES = [...factKinds, 'contacts.local'].map((name) => `${name}.yaml`);
const MOST_FILES = 20_000;

/**
 * The texts of a content folder: those of modules and facts. What seems to be meant as one of them but is
 * not read is refused, and so is a file that is too large or no text. Links are not followed.
 */
export function loadContent(root: string): { kind: 'loaded'; files: ContentFiles } | Refused {
  const problems = misnamedFolders(root);
  const look = (folder: string, isWanted: (entry: Dirent) => boolean, whyNot: string): string[] => {
    const entries = entriesIn(join(root, folder));
    for (const entry of entries.filter((one) => !isWanted(one) && isMeant(one))) {
      const reason = entry.isSymbolicLink() ? documents.linked : whyNot;
      problems.push(at(`${folder}/${entry.name}`, reason));
    }
    return entries.filter(isWanted).map(({ name }) => `${folder}/${name}`);
  };
  const isPage = (entry: Dirent) => entry.isFile() && /\.(?:mdx|yaml)$/.test(entry.name);
  const isFacts = (entry: Dirent) => entry.isFile() && FACT_FILES.includes(entry.name);
  const modules = COURSES.flatMap((course) =>
    look(course, (entry) => entry.isDirectory(), documents.strayModule),
  );
  const paths = [
    ...modules.flatMap((module) => look(module, isPage, documents.strayFile)),
    ...look('fakta', isFacts, documents.strayFacts(FACT_FILES.join(', '))),
  ];
  if (paths.length > MOST_FILES) return refusal('.', undefined, documents.manyFiles);
  const files: ContentFiles = new Map();
  for (const path of paths) {
    const place = join(root, path);
    const isLarge = lstatSync(place).size > limits.file;
    const text = isLarge ? null : decode(readFileSync(place));
    if (text === null) problems.push(at(path, isLarge ? documents.largeFile : documents.notUtf8));
    else files.set(path, text);
  }
  return problems.length > 0 ? { kind: 'refused', problems } : { kind: 'loaded', files };
}

const at = (file: string, reason: string): Problem => ({ file, line: 1, column: 1, reason });

/** Whether something could be content that was given another name. What systems and programs leave is not. */
function isMeant(entry: Dirent): boolean {
  if (entry.name.startsWith('.')) return false;
  return entry.isDirectory() || entry.isSymbolicLink() || /\.(?:mdx?|ya?ml)$/i.test(entry.name);
}

/** `Kurs` and `fördjupning`: folders that would not be found by the names that they should have. */
function misnamedFolders(root: string): Problem[] {
  const plain = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const right = [...COURSES, 'fakta', 'bilder'];
  return entriesIn(root)
    .filter(({ name }) => !right.includes(name) && right.includes(plain(name)))
    .map(({ name }) => at(name, documents.folderName(plain(name))));
}

function entriesIn(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
