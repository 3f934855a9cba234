import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { mdxToMarkdown, type MdxJsxFlowElement } from 'mdast-util-mdx';
import { defaultHandlers, toMarkdown, type Handle, type Options } from 'mdast-util-to-markdown';
import type { Body } from './body.ts';
import { toMdast } from './mdast.ts';
import { writeYaml } from './yaml.ts';

/**
 * Writes a canonical body, and what the page says of itself, as an MDX file. The same body always gives the
 * same bytes, and reading them gives the same body.
 */
export function writeBody(body: Body, meta: unknown): string {
  const text = toMarkdown(toMdast(body), options);
  return `---\n${writeYaml(meta)}---\n${text === '' ? '' : `\n${text}`}`;
}

const options: Options = {
  bullet: '-',
  rule: '-',
  emphasis: '_',
  strong: '*',
  listItemIndent: 'one',
  extensions: [gfmTableToMarkdown({ tablePipeAlign: false }), mdxToMarkdown()],
  // So that a table is the only thing that has them bare.
  unsafe: [{ character: '|', inConstruct: 'phrasing' }],
  handlers: { mdxJsxFlowElement: writePiece, paragraph: writeParagraph },
};

/** A piece: its tag, an empty line, what is in it, an empty line, and its end. */
function writePiece(node: MdxJsxFlowElement, _: unknown, ...[state, info]: Rest<Handle>): string {
  const attributes = node.attributes.map((attribute) =>
    attribute.type !== 'mdxJsxAttribute' || typeof attribute.value === 'object'
      ? attribute.type === 'mdxJsxAttribute'
        ? ` ${attribute.name}`
        : ''
      : ` ${attribute.name}="${escapeAttribute(attribute.value ?? '')}"`,
  );
  const start = `<${node.name}${attributes.join('')}`;
  if (node.children.length === 0) return `${start} />`;
  const exit = state.enter('mdxJsxFlowElement');
  const content = state.containerFlow(node as never, { ...info, ...state.createTracker(info).current() });
  exit();
  return `${start}>\n\n${content}\n\n</${node.name}>`;
}
type Rest<T> = T extends (node: never, parent: never, ...rest: infer R) => unknown ? R : never;

/** A line that begins with `import` or `export` would be read as code. */
function writeParagraph(...parameters: Parameters<Handle>): string {
  const text = defaultHandlers.paragraph(...(parameters as Parameters<typeof defaultHandlers.paragraph>));
  return text.replace(
    /(^|\n)([ie])(?=(?:mport|xport)\b)/g,
    (_, start: string, letter: string) => `${start}&#x${letter.charCodeAt(0).toString(16).toUpperCase()};`,
  );
}

/** Within quotes: only what would end the text, or be read as something else than text. */
function escapeAttribute(text: string): string {
  return text.replace(
    /[&"<>{`]/g,
    (character) => `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`,
  );
}
