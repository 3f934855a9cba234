import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { mdxFromMarkdown } from 'mdast-util-mdx';
import { gfmTable } from 'micromark-extension-gfm-table';
import { mdxjs } from 'micromark-extension-mdxjs';
import { documents } from '#src/i18n/documents.ts';
import { canonicalBodySchema } from './body.schema.ts';
import type { Body } from './body.ts';
import { checkValue } from './check.ts';
import type { Problem } from './document.ts';
import { fromMdast } from './from-mdast.ts';
import { refuseText } from './mdx-guard.ts';
import { normaliseBody } from './normalise.ts';
import { openFile, refusal, type Refused } from './text-file.ts';
import { readYaml, type YamlRead } from './yaml.ts';

/** A page as its file says. */
export interface PageRead {
  kind: 'read';
  body: Body;
  /** What the page says of itself, not yet held against a schema. */
  meta: unknown;
  /** Where in the file a value of `meta` is. */
  place: YamlRead['place'];
}

/** What a page says of itself, between two lines of `---`. */
const FRONT = /^---[ \t]*\n((?:[\s\S]*?\n)?)---[ \t]*(?:\n|$)/;
/** More than an editor mends at once. */
const MOST_PROBLEMS = 50;

/**
 * Reads an MDX file as a canonical body. The text is never compiled: what is not on the allow-list is refused
 * with its line and column. Never throws, whatever the text is.
 */
export function readBody(mdx: string, file: string): PageRead | Refused {
  try {
    return read(mdx, file);
  } catch (error) {
    return refusal(file, placeOf(error), documents.mdxLate);
  }
}

function read(mdx: string, file: string): PageRead | Refused {
  const opened = openFile(mdx, file);
  if (opened.kind === 'refused') return opened;
  const [top = '', front] = FRONT.exec(opened.text) ?? [];
  if (front === undefined) return refusal(file, undefined, documents.noFrontmatter);
  const meta = readYaml(front, file, 2);
  if (meta.kind === 'refused') return meta;
  // The text keeps its lines' numbers: what stands before it becomes empty lines.
  const lines = front.split('\n').length + 1;
  const text = '\n'.repeat(lines) + opened.text.slice(top.length);
  const body = readText(text, file);
  if (body.kind === 'refused') return body;
  return { kind: 'read', body: body.body, meta: meta.data, place: meta.place };
}

function readText(text: string, file: string): { kind: 'read'; body: Body } | Refused {
  const refused = refuseText(text);
  if (refused) return refusal(file, pointAt(text, refused.offset), refused.reason);
  let tree: Root;
  try {
    tree = fromMarkdown(text, {
      extensions: [mdxjs(), gfmTable()],
      mdastExtensions: [mdxFromMarkdown(), gfmTableFromMarkdown()],
    });
  } catch (error) {
    return refusal(file, placeOf(error), documents.mdxForm);
  }
  const { body, problems, placeOfNode } = fromMdast(tree);
  if (problems.length > 0) return refuseAll(file, problems);
  const checked = checkValue(canonicalBodySchema, body);
  if (checked.kind === 'invalid') {
    return refuseAll(
      file,
      checked.problems.map(({ path, reason }) => ({ ...placeOfNode(path), reason })),
    );
  }
  return { kind: 'read', body: normaliseBody(checked.value) };
}

function refuseAll(file: string, problems: readonly Omit<Problem, 'file'>[]): Refused {
  return {
    kind: 'refused',
    problems: problems
      .slice(0, MOST_PROBLEMS)
      .map(({ line, column, reason }) => ({ file, line, column, reason })),
  };
}

function pointAt(text: string, offset: number) {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** Where the parser stopped; for a piece that is not closed, where it begins. */
function placeOf(error: unknown): { line: number; column: number } | undefined {
  if (!(error instanceof Error)) return undefined;
  const begun = /closing tag for `[^`]*` \((\d+):(\d+)-/.exec(error.message);
  if (begun) return { line: Number(begun[1]), column: Number(begun[2]) };
  const { line, column } = error as Partial<Nodes['position'] & { line: number; column: number }>;
  return typeof line === 'number' && typeof column === 'number' ? { line, column } : undefined;
}
