import type { Body } from '#src/features/documents/body.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';

interface Node {
  type: string;
  attrs?: { src?: string };
  content?: readonly Node[];
}

/** The names of the pictures on the pages of modules, each once. */
export function picturesOf(documents: readonly Pick<ModuleDocument, 'intro' | 'sections'>[]): string[] {
  const bodies: Body[] = documents.flatMap(({ intro, sections }) => [
    intro,
    ...sections.map(({ body }) => body),
  ]);
  return [...new Set(bodies.flatMap((body) => namesIn(body as Node)))].sort();
}

function namesIn({ type, attrs, content = [] }: Node): string[] {
  const own = type === 'image' && attrs?.src ? [attrs.src.replace(/^\/bilder\//, '')] : [];
  return [...own, ...content.flatMap(namesIn)];
}
