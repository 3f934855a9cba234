import { Document, isAlias, isNode, isPair, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { documents } from '#src/i18n/documents.ts';
import type { Problem } from './document.ts';

/**
 * Data as YAML: the same data always gives the same bytes, and reading them gives the same data. `spaced`: an
 * empty line between the things of the outermost list.
 */
export function writeYaml(data: unknown, spacing: 'close' | 'spaced' = 'close'): string {
  const document = new Document(data, { version: '1.2', schema: 'core', aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_, node) {
      // Long texts stay on their line, and none is written as a block.
      if (typeof node.value === 'string' && node.type === undefined && /^\s|\s$/.test(node.value))
        node.type = 'QUOTE_SINGLE';
    },
    Seq(_, node, path) {
      if (spacing === 'spaced' && path.length <= 3) {
        node.items.forEach((item, index) => {
          if (isNode(item) && !isScalar(item)) item.spaceBefore = index > 0;
        });
      }
      // Ids of sources, short and many, stand on one line.
      node.flow = node.items.length > 0 && node.items.every((item) => isScalar(item) && isId(item.value));
    },
  });
  return document.toString({
    lineWidth: 0,
    singleQuote: true,
    minContentWidth: 0,
    flowCollectionPadding: false,
    blockQuote: false,
  });
}

const isId = (value: unknown) => typeof value === 'string' && /^[a-z]+\d+$/.test(value);

/** Data from a YAML file, with the place of everything in it. */
export interface YamlRead {
  kind: 'read';
  data: unknown;
  /** Where the value at a path is; the nearest one around it when there is none. */
  place(path: readonly PropertyKey[], key?: string): { line: number; column: number };
}

/**
 * Reads YAML. Anchors, aliases, tags and several documents are refused, and depth is bounded: what comes out
 * is data as it stands. `firstLine` is the line of the file that the text begins on.
 */
export function readYaml(
  text: string,
  file: string,
  firstLine = 1,
): YamlRead | { kind: 'refused'; problems: Problem[] } {
  const lines = new LineCounter();
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1) + firstLine - 1, column: Math.max(col, 1) };
  };
  const refuse = (offset: number, reason: string) => ({
    kind: 'refused' as const,
    problems: [{ file, ...at(offset), reason }],
  });
  const deep = deepAt(text);
  if (deep >= 0) return refuse(deep, documents.yamlDeep);
  try {
    const document = parseDocument(text, {
      version: '1.2',
      schema: 'core',
      strict: true,
      uniqueKeys: true,
      prettyErrors: false,
      merge: false,
      logLevel: 'silent',
      lineCounter: lines,
    });
    const [error] = [...document.errors, ...document.warnings];
    if (error) return refuse(error.pos[0], documents.yaml[error.code] ?? documents.yamlForm);
    let found: { offset: number; reason: string } | undefined;
    visit(document, (_, node) => {
      if (!isNode(node)) return undefined;
      const offset = node.range?.[0] ?? 0;
      if (isAlias(node)) found = { offset, reason: documents.yamlAlias };
      else if (node.anchor !== undefined) found = { offset, reason: documents.yamlAlias };
      else if (node.tag !== undefined) found = { offset, reason: documents.yamlTag };
      return found ? visit.BREAK : undefined;
    });
    if (found) return refuse(found.offset, found.reason);
    return {
      kind: 'read',
      data: document.toJS({ maxAliasCount: 0 }),
      place(path, key) {
        for (let length = path.length; length >= 0; length -= 1) {
          const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
          if (key !== undefined && node && typeof node === 'object' && 'items' in node) {
            const pair = (node.items as unknown[]).find(
              (item) => isPair(item) && isScalar(item.key) && item.key.value === key,
            );
            const range = isPair(pair) && isNode(pair.key) ? pair.key.range : undefined;
            if (range) return at(range[0]);
          }
          if (isNode(node) && node.range) return at(node.range[0]);
        }
        return at(0);
      },
    };
  } catch {
    return refuse(0, documents.yamlForm);
  }
}

const DEEPEST = 12;

/** Where YAML goes deeper than any file of ours, before it is parsed; -1 when it does not. */
function deepAt(text: string): number {
  let open = 0;
  let offset = 0;
  for (const line of text.split('\n')) {
    const lead = /^[ ]*(?:[-?:] +)*/.exec(line)?.[0] ?? '';
    if (lead.length > 60) return offset;
    for (const character of line) {
      if (character === '[' || character === '{') open += 1;
      if (character === ']' || character === '}') open = Math.max(0, open - 1);
      if (open > DEEPEST) return offset;
    }
    offset += line.length + 1;
  }
  return -1;
}
