import type { ContentFiles } from '#src/features/documents/content-files.ts';
import { moduleFolder } from '#src/features/documents/content-writer.ts';
import type { ModuleDocument, Problem } from '#src/features/documents/document.ts';
import { writeBody } from '#src/features/documents/mdx-writer.ts';
import { factOfPart, slugOfPart } from '#src/features/documents/parts.ts';
import { sectionFile } from '#src/features/documents/to-version.ts';
import type { Finding } from '#src/features/gate/findings.ts';
import type { Imported } from './imported.ts';

/**
 * Where in the files of a content folder a finding is: the file of its part, and the line of the block,
 * question or fact that it is about. Exact in files that an export has written; in others the line of a
 * block may be near.
 */
export function placeOf(finding: Finding, imported: Imported, files: ContentFiles): Omit<Problem, 'reason'> {
  if (imported.kind === 'facts') {
    const fact = factOfPart(finding.part);
    const name = fact?.kind ?? 'laws';
    const local = `fakta/${name}.local.yaml`;
    const inLocal = fact && files.has(local) ? findId(files.get(local)!, fact.id) : null;
    const file = inLocal ? local : `fakta/${name}.yaml`;
    return { file, ...(inLocal ?? findId(files.get(file) ?? '', fact?.id ?? '') ?? START) };
  }
  const { document } = imported;
  const file = fileOf(finding.part, document);
  const text = files.get(file) ?? '';
  if (finding.question !== undefined) return { file, ...(findId(text, finding.question) ?? START) };
  if (finding.block !== undefined) return { file, ...placeOfBlock(finding.part, finding.block, document) };
  if (finding.field !== undefined) return { file, ...(findKey(text, finding.field) ?? START) };
  return { file, ...START };
}

const START = { line: 1, column: 1 };

function fileOf(part: string, document: ModuleDocument): string {
  const folder = moduleFolder(document);
  if (part === 'kunskapskontroll') return `${folder}/quiz.yaml`;
  if (part === 'samtal') return `${folder}/samtal.yaml`;
  const index = document.sections.findIndex(({ slug }) => slug === slugOfPart(part));
  const section = document.sections[index];
  return section ? `${folder}/${sectionFile(section.slug, index)}.mdx` : `${folder}/index.mdx`;
}

/** The line after all that is written before the block, and an empty one. */
function placeOfBlock(part: string, block: number, document: ModuleDocument) {
  const section = document.sections.find(({ slug }) => slug === slugOfPart(part));
  const { meta, body } = section ?? { meta: document.meta, body: document.intro };
  const before = writeBody({ type: 'doc', content: body.content.slice(0, block) }, meta);
  return { line: before.trimEnd().split('\n').length + 2, column: 1 };
}

const findId = (text: string, id: string) => findLine(text, /^([\s-]*)id:\s*(.*?)\s*$/, id);
const findKey = (text: string, key: string) => findLine(text, /^(\s*)([a-zA-Z]+):/, key);

/** The first line where the pattern's second group is the wanted text, and the column where the first ends. */
function findLine(text: string, pattern: RegExp, wanted: string) {
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    const [, before = '', value = ''] = pattern.exec(line) ?? [];
    if (value !== '' && value.replaceAll(/^['"]|['"]$/g, '') === wanted)
      return { line: index + 1, column: before.length + 1 };
  }
  return null;
}
