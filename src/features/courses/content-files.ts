import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { AppError } from '#src/lib/errors.ts';
import { quizSchema, type Quiz } from '#src/features/quiz/quiz.schema.ts';
import { discussionSchema, moduleSchema, sectionSchema, type ModuleData } from './courses.schema.ts';
import { sectionSlug, type ModuleKind, type PublishedSection } from './courses.ts';

/** A module as its files say, before it is published. */
export interface ModuleFiles {
  slug: string;
  kind: Exclude<ModuleKind, 'course'>;
  position: number;
  data: ModuleData;
  sections: (PublishedSection & { text: string })[];
  quiz: Quiz;
  /** SHA-256 over names and bytes of all its files: another hash is another version. */
  contentHash: string;
}

/**
 * Reads every module in a content folder, in course order. Throws `content-invalid` with file and
 * reason when a file is missing or does not follow its schema.
 */
export function readModuleFiles(contentRoot: string): ModuleFiles[] {
  return globSync('{kurs,fordjupning}/*/index.mdx', { cwd: contentRoot })
    .map((index) => index.replaceAll('\\', '/').replace(/\/index\.mdx$/, ''))
    .sort()
    .map((folder) => readModule(contentRoot, folder))
    .sort((a, b) => a.kind.localeCompare(b.kind) * -1 || a.position - b.position);
}

function readModule(contentRoot: string, folder: string): ModuleFiles {
  const slug = folder.split('/')[1] ?? folder;
  const path = (name: string) => join(contentRoot, folder, name);
  const kind = folder.startsWith('kurs/') ? 'part' : 'fordjupning';
  const names = globSync('[0-9]*.mdx', { cwd: join(contentRoot, folder) }).sort();
  const index = readFileSync(path('index.mdx'), 'utf8');
  const data = check(moduleSchema, frontmatter(index, path('index.mdx')), path('index.mdx'));
  if (!existsSync(path('quiz.yaml'))) throw new AppError('content-invalid', `${path('quiz.yaml')} saknas`);
  const quizText = readFileSync(path('quiz.yaml'), 'utf8');
  const quiz = check(quizSchema, parse(quizText), path('quiz.yaml'));
  const hash = createHash('sha256').update(`index.mdx\0${index}\0quiz.yaml\0${quizText}`);
  const sections = names.map((name) => {
    const text = readFileSync(path(name), 'utf8');
    hash.update(`\0${name}\0${text}`);
    const file = name.replace(/\.mdx$/, '');
    const { title } = check(sectionSchema, frontmatter(text, path(name)), path(name));
    return { slug: sectionSlug(file), title, file, text };
  });
  for (const question of quiz.questions) {
    if (!sections.some((section) => section.file === question.section)) {
      throw new AppError(
        'content-invalid',
        `${path('quiz.yaml')}: ${question.id} hänvisar till ${question.section} som inte finns`,
      );
    }
  }
  checkDiscussion(
    path('samtal.yaml'),
    sections.map(({ file }) => file),
  );
  const position = data.part ?? data.position ?? 0;
  return { slug, kind, position, data, sections, quiz, contentHash: hash.digest('hex') };
}

/**
 * The questions for a workplace meeting, where a module has them, are about its sections. They are no
 * part of what is completed, and so not of the hash.
 */
function checkDiscussion(file: string, sections: readonly string[]): void {
  if (!existsSync(file)) return;
  const discussion = check(discussionSchema, parse(readFileSync(file, 'utf8')), file);
  const named = discussion.sections.map(({ section }) => section);
  if (named.join() !== sections.join()) {
    throw new AppError('content-invalid', `${file}: avsnitten ska vara ${sections.join(', ')}`);
  }
}

function frontmatter(text: string, file: string): unknown {
  const block = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1];
  if (block === undefined) throw new AppError('content-invalid', `${file}: frontmatter saknas`);
  return parse(block);
}

function check<T>(schema: z.ZodType<T>, value: unknown, file: string): T {
  const result = schema.safeParse(value);
  if (!result.success) throw new AppError('content-invalid', `${file}: ${z.prettifyError(result.error)}`);
  return result.data;
}
