import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { listModules } from '#db/queries/modules.ts';
import { requireRole, type Actor } from '#src/features/auth/auth.ts';
import { readModuleFiles, type ModuleFiles } from '#src/features/courses/content-files.ts';
import { contactSchema, figureSchema, lawSchema } from '#src/features/facts/facts.schema.ts';
import type { CheckedFact } from '#src/features/facts/facts.ts';
import { stockholmToday } from '#src/lib/clock.ts';
import { getDb } from '#src/lib/database.ts';
import { AppError } from '#src/lib/errors.ts';
import { modulePath, sectionPath } from '#src/lib/paths.ts';
import { lastCheck, measurePage, stateOf, type FactState, type PageMeasure } from './editorial.ts';

export interface ModuleOverview {
  slug: string;
  kind: ModuleFiles['kind'];
  position: number;
  title: string;
  /** The published version; null before the first. */
  version: number | null;
  publishedAt: Date | null;
  /** Whether the files say the same as the published version. */
  isPublished: boolean;
  /** The introduction and the sections, in order. */
  pages: PageMeasure[];
  sections: number;
  questions: number;
  situations: number;
}

export interface FactOverview {
  id: string;
  title: string;
  text: string;
  status: CheckedFact['status'];
  checked: string;
  state: FactState;
}

export interface EditorialOverview {
  modules: ModuleOverview[];
  laws: FactOverview[];
  contacts: FactOverview[];
  figures: FactOverview[];
}

/**
 * The modules as published and as their files are, and every fact with its state today.
 *
 * @throws AppError `not-signed-in`; `not-allowed` for others than redaktor and admin; `content-invalid`
 *   with file and reason when a file does not follow its schema.
 */
export async function showEditorial(actor: Actor | null, root = 'content'): Promise<EditorialOverview> {
  requireRole(actor, 'redaktor', 'admin');
  const published = new Map((await listModules(getDb())).map((row) => [row.module.slug, row.version]));
  const today = stockholmToday();
  const facts = <T extends CheckedFact>(file: string, schema: z.ZodType<T>, words: (fact: T) => FactWords) =>
    readFacts(root, file, schema).map((fact): FactOverview => {
      const { id, status } = fact;
      return { id, status, ...words(fact), checked: lastCheck(fact), state: stateOf(fact, today) };
    });
  return {
    modules: readModuleFiles(root).map((module) => describeModule(root, module, published.get(module.slug))),
    laws: facts('laws', lawSchema, (law) => ({ title: law.short, text: law.title })),
    contacts: facts('contacts', contactSchema, (contact) => ({
      title: contact.name,
      text: contact.role,
    })),
    figures: facts('figures', figureSchema, (figure) => ({ title: figure.value, text: figure.label })),
  };
}

type FactWords = Pick<FactOverview, 'title' | 'text'>;
type Published = Awaited<ReturnType<typeof listModules>>[number]['version'];

function describeModule(root: string, files: ModuleFiles, published: Published | undefined): ModuleOverview {
  const { slug, kind, position, data, sections, quiz } = files;
  const index = join(root, kind === 'part' ? 'kurs' : 'fordjupning', slug, 'index.mdx');
  const pages = [
    { title: data.title, href: modulePath(slug), mdx: readFileSync(index, 'utf8') },
    ...sections.map((section) => ({
      title: section.title,
      href: sectionPath(slug, section.slug),
      mdx: section.text,
    })),
  ];
  return {
    slug,
    kind,
    position,
    title: data.title,
    version: published?.version ?? null,
    publishedAt: published?.publishedAt ?? null,
    isPublished: published?.contentHash === files.contentHash,
    pages: pages.map(measurePage),
    sections: sections.length,
    questions: quiz.questions.length,
    situations: quiz.questions.filter((question) => question.situation).length,
  };
}

/** The facts of a file, with those of the own municipality (`<file>.local.yaml`) in place of the shipped ones. */
function readFacts<T extends CheckedFact>(root: string, name: string, schema: z.ZodType<T>): T[] {
  const files = [`${name}.yaml`, `${name}.local.yaml`].map((file) => join(root, 'fakta', file));
  const byId = new Map<string, T>();
  for (const file of files.filter((path) => existsSync(path))) {
    const result = z.array(schema).safeParse(parse(readFileSync(file, 'utf8')));
    if (!result.success) throw new AppError('content-invalid', `${file}: ${z.prettifyError(result.error)}`);
    for (const fact of result.data) byId.set(fact.id, fact);
  }
  return [...byId.values()];
}
