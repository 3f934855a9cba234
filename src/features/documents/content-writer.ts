import type { ContentFiles } from './content-files.ts';
import type { ModuleDocument } from './document.ts';
import type { Facts } from '#src/features/facts/facts.ts';
import { fileHeaders } from './file-headers.ts';
import { inKeyOrder } from './key-order.ts';
import { writeBody } from './mdx-writer.ts';
import { factKinds } from './parts.ts';
import { quizWithFiles, sectionFile } from './to-version.ts';
import { writeYaml } from './yaml.ts';

/** The files of a module in its final form, by their paths in a content folder. */
export function writeModule(document: ModuleDocument): ContentFiles {
  const folder = moduleFolder(document);
  const names = document.sections.map(({ slug }, index) => sectionFile(slug, index));
  const files: ContentFiles = new Map();
  files.set(`${folder}/index.mdx`, writeBody(document.intro, inKeyOrder(document.meta)));
  document.sections.forEach(({ meta, body }, index) => {
    files.set(`${folder}/${names[index]}.mdx`, writeBody(body, inKeyOrder(meta)));
  });
  const { passMark, questions } = quizWithFiles(document);
  files.set(`${folder}/quiz.yaml`, writeYaml(inKeyOrder({ passMark, questions }), 'spaced'));
  if (document.discussion) {
    const { advice, sections, closing } = document.discussion;
    const slugs = document.sections.map(({ slug }) => slug);
    const named = sections.map(({ section, questions: asked }) => ({
      section: names[slugs.indexOf(section)] ?? section,
      questions: asked,
    }));
    files.set(
      `${folder}/samtal.yaml`,
      fileHeaders.discussion + writeYaml(inKeyOrder({ advice, sections: named, closing })),
    );
  }
  return files;
}

/** The folder of a module in a content folder: `kurs/del-1`. */
export function moduleFolder({ kind, slug }: Pick<ModuleDocument, 'kind' | 'slug'>): string {
  return `${kind === 'part' ? 'kurs' : 'fordjupning'}/${slug}`;
}

/** The fact files, by their paths in a content folder. A municipality's own contacts are among the others. */
export function writeFacts(facts: Facts): ContentFiles {
  return new Map(
    factKinds
      .filter((kind) => kind !== 'words' || facts.words.length > 0)
      .map((kind) => [
        `fakta/${kind}.yaml`,
        fileHeaders[kind] + writeYaml(facts[kind].map(inKeyOrder), 'spaced'),
      ]),
  );
}

/** All files of a content folder. */
export function writeContent(modules: readonly ModuleDocument[], facts: Facts): ContentFiles {
  return new Map([...modules.flatMap((module) => [...writeModule(module)]), ...writeFacts(facts)]);
}
