import { getCollection } from 'astro:content';
import { inCourseOrder } from '#src/features/documents/course-order.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import { toCatalogModule, type CatalogModule } from './catalog.ts';

/** The five parts of the grundkurs, in order. */
export async function listParts(): Promise<CatalogModule[]> {
  return listModules('part');
}

/** The fördjupningar, in order. */
export async function listFordjupningar(): Promise<CatalogModule[]> {
  return listModules('fordjupning');
}

async function listModules(kind: ModuleDocument['kind']): Promise<CatalogModule[]> {
  const modules = (await getCollection('modules')).map(({ data }) => data);
  return modules
    .filter((module) => module.kind === kind)
    .sort(inCourseOrder)
    .map((module) => toCatalogModule(module));
}
