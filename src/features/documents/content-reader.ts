import type { z } from 'zod';
import { discussionSchema, moduleSchema, sectionSchema } from '#src/features/courses/courses.schema.ts';
import { sectionSlug } from '#src/features/courses/courses.ts';
import { quizSchema } from '#src/features/quiz/quiz.schema.ts';
import { documents } from '#src/i18n/documents.ts';
import { AppError } from '#src/lib/errors.ts';
import { checkValue, type ValueProblem } from './check.ts';
import { loadContent, type ContentFiles } from './content-files.ts';
import { inCourseOrder } from './course-order.ts';
import { factLists, factsSchema, moduleDocumentSchema, sectionSlugSchema } from './document.schema.ts';
import type { ModuleDocument, Problem } from './document.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import { readBody } from './mdx-reader.ts';
import { factKinds, type FactKind } from './parts.ts';
import { openFile, type Refused } from './text-file.ts';
import { readYaml, type YamlRead } from './yaml.ts';

export type ContentRead = { kind: 'read'; modules: ModuleDocument[]; facts: Facts } | Refused;

/**
 * Reads all modules, in course order, and the facts of a content folder. When anything is wrong, everything
 * that is wrong is told, with file, line and column, and nothing is read.
 */
export function readContent(root: string): ContentRead {
  const loaded = loadContent(root);
  return loaded.kind === 'refused' ? loaded : readFiles(loaded.files);
}

/** The same of files that are at hand, by their paths in a content folder. */
export function readFiles(files: ContentFiles): ContentRead {
  const modules = [...byModule(files)].map(([folder, own]) => readModule(own, folder));
  const facts = readFacts(files);
  const problems = [...modules, facts].flatMap((one) => (one.kind === 'refused' ? one.problems : []));
  if (problems.length > 0 || facts.kind === 'refused') return { kind: 'refused', problems };
  return {
    kind: 'read',
    modules: modules.flatMap((one) => (one.kind === 'read' ? [one.module] : [])).sort(inCourseOrder),
    facts: facts.facts,
  };
}

/** The same, for those who cannot go on without it. Throws `content-invalid` with the first problems. */
export function requireContent(root: string): { modules: ModuleDocument[]; facts: Facts } {
  const read = readContent(root);
  if (read.kind === 'read') return read;
  throw new AppError(
    'content-invalid',
    read.problems
      .slice(0, 20)
      .map((problem) => `content/${problemText(problem)}`)
      .join('\n'),
  );
}

/** A problem on one line: `kurs/del-1/index.mdx:3:1: …`. */
export function problemText({ file, line, column, reason }: Problem): string {
  return `${file}:${line}:${column}: ${reason}`;
}

/** The files of each module, by its folder: `kurs/del-1`. */
function byModule(files: ContentFiles): Map<string, ContentFiles> {
  const modules = new Map<string, ContentFiles>();
  for (const [path, text] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const folder = /^(?:kurs|fordjupning)\/[^/]+(?=\/)/.exec(path)?.[0];
    if (folder === undefined) continue;
    const own = modules.get(folder) ?? new Map<string, string>();
    modules.set(folder, own.set(path, text));
  }
  return modules;
}

/** Reads one module of a content folder. */
export function readModule(
  files: ContentFiles,
  folder: string,
): { kind: 'read'; module: ModuleDocument } | Refused {
  const problems: Problem[] = [];
  const path = (name: string) => `${folder}/${name}`;
  const names = [...files.keys()]
    .filter((one) => one.startsWith(`${folder}/`))
    .map((one) => one.slice(folder.length + 1))
    .sort();
  for (const name of names) {
    if (!/^(?:\d+-[^/]+\.mdx|index\.mdx|quiz\.yaml|samtal\.yaml)$/.test(name)) {
      problems.push(missing(path(name), documents.strayFile));
    }
  }
  const pages = names.filter((name) => /^\d+-.*\.mdx$/.test(name)).sort(byNumber);
  const sectionNames = new Map(pages.map((name) => [name.slice(0, -4), sectionSlug(name.slice(0, -4))]));
  const slugs = [...sectionNames.values()];
  pages.forEach((name, place) => {
    if (!sectionSlugSchema.safeParse(slugs[place]).success)
      problems.push(missing(path(name), documents.sectionName));
  });
  const index = readPage(files, path('index.mdx'), moduleSchema, problems);
  const sections = pages.map((name, place) => {
    const page = readPage(files, path(name), sectionSchema, problems);
    return page && { slug: slugs[place]!, meta: page.meta, body: page.body };
  });
  const quiz = readData(files, path('quiz.yaml'), quizSchema, problems, (data, place) =>
    data.questions.forEach((question, number) => {
      const slug = sectionNames.get(question.section);
      if (slug === undefined) {
        const where = place(['questions', number, 'section']);
        problems.push({ file: path('quiz.yaml'), ...where, reason: documents.unknownSection });
      } else question.section = slug;
    }),
  );
  const discussion = files.has(path('samtal.yaml'))
    ? readData(files, path('samtal.yaml'), discussionSchema, problems, (data, place) => {
        if (data.sections.map(({ section }) => section).join() !== [...sectionNames.keys()].join()) {
          const where = place(['sections']);
          problems.push({ file: path('samtal.yaml'), ...where, reason: documents.discussionSections });
        } else data.sections.forEach((one) => (one.section = sectionNames.get(one.section)!));
      })
    : null;
  if (problems.length > 0 || !index || !quiz) return { kind: 'refused', problems };
  const [course, slug] = folder.split('/');
  const kind = course === 'kurs' ? 'part' : 'fordjupning';
  const checked = checkValue(moduleDocumentSchema, {
    slug,
    kind,
    meta: index.meta,
    intro: index.body,
    sections,
    quiz,
    discussion,
  });
  if (checked.kind === 'valid') return { kind: 'read', module: checked.value };
  return { kind: 'refused', problems: checked.problems.map((one) => inFile(one, path, pages)) };
}

/** `9-sist.mdx` before `10-efter.mdx`. */
const byNumber = (a: string, b: string) =>
  Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1);

const missing = (file: string, reason: string): Problem => ({ file, line: 1, column: 1, reason });

/** Where a problem of the module as a whole is: in the file that its place in the document came from. */
function inFile(
  { path: place, reason }: ValueProblem,
  path: (name: string) => string,
  pages: readonly string[],
): Problem {
  const [of, index] = place;
  const name =
    of === 'quiz'
      ? 'quiz.yaml'
      : of === 'discussion'
        ? 'samtal.yaml'
        : (of === 'sections' && typeof index === 'number' && pages[index]) || 'index.mdx';
  return missing(path(name), reason);
}

function readPage<T>(files: ContentFiles, file: string, schema: z.ZodType<T>, problems: Problem[]) {
  const text = files.get(file);
  if (text === undefined) {
    problems.push(missing(file, documents.missingFile));
    return null;
  }
  const page = readBody(text, file);
  if (page.kind === 'refused') {
    problems.push(...page.problems);
    return null;
  }
  const meta = hold(schema, page.meta, file, page.place, problems);
  return meta && { meta: meta.value, body: page.body };
}

function readData<T>(
  files: ContentFiles,
  file: string,
  schema: z.ZodType<T>,
  problems: Problem[],
  further: (data: T, place: YamlRead['place']) => void = () => undefined,
): T | null {
  const text = files.get(file);
  if (text === undefined) {
    problems.push(missing(file, documents.missingFile));
    return null;
  }
  const opened = openFile(text, file);
  const read = opened.kind === 'refused' ? opened : readYaml(opened.text, file);
  if (read.kind === 'refused') {
    problems.push(...read.problems);
    return null;
  }
  const held = hold(schema, read.data, file, read.place, problems);
  if (!held) return null;
  further(held.value, read.place);
  return held.value;
}

/** Holds a file's data against its schema; what is wrong is told with the place of it. */
function hold<T>(
  schema: z.ZodType<T>,
  data: unknown,
  file: string,
  place: YamlRead['place'],
  problems: Problem[],
): { value: T } | null {
  const checked = checkValue(schema, data);
  if (checked.kind === 'valid') return { value: checked.value };
  for (const { path, key, reason } of checked.problems) {
    const name = path.findLast((one) => typeof one === 'string');
    const words = key === undefined && name !== undefined ? `${name}: ${reason}` : reason;
    problems.push({ file, ...place(path, key), reason: words });
  }
  return null;
}

/** Reads the fact files. A municipality's own contacts come in place of the shipped ones. */
export function readFacts(files: ContentFiles): { kind: 'read'; facts: Facts } | Refused {
  const problems: Problem[] = [];
  const list = (name: string, kind: FactKind): unknown[] => {
    const file = `fakta/${name}.yaml`;
    if (!files.has(file)) return [];
    return readData(files, file, factLists[kind] as z.ZodType<unknown[]>, problems) ?? [];
  };
  const read = Object.fromEntries(factKinds.map((kind) => [kind, list(kind, kind)])) as unknown as Facts;
  const own = new Map((list('contacts.local', 'contacts') as Facts['contacts']).map((one) => [one.id, one]));
  const contacts = read.contacts.map((one) => own.get(one.id) ?? one);
  const added = [...own.values()].filter(({ id }) => !read.contacts.some((one) => one.id === id));
  const checked = checkValue(factsSchema, { ...read, contacts: [...contacts, ...added] });
  if (problems.length > 0) return { kind: 'refused', problems };
  if (checked.kind === 'valid') return { kind: 'read', facts: checked.value };
  return {
    kind: 'refused',
    problems: checked.problems.map(({ path: [kind], reason }) =>
      missing(`fakta/${String(kind)}.yaml`, reason),
    ),
  };
}
