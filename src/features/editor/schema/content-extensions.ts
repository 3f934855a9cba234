import type { Extensions } from '@tiptap/core';
import * as pieces from './piece-nodes.ts';
import * as tables from './table-nodes.ts';
import * as text from './text-nodes.ts';

/**
 * The editor's allow-list: the nodes, marks and attributes of `src/features/documents/body.ts` and nothing
 * else. What is typed, pasted or dropped becomes these, or is left out.
 */
export const contentExtensions: Extensions = [
  text.Doc,
  text.Text,
  text.Paragraph,
  text.Heading,
  text.BulletList,
  text.OrderedList,
  text.ListItem,
  text.HardBreak,
  text.Link,
  text.Bold,
  text.Italic,
  ...Object.values(tables),
  ...Object.values(pieces),
];
