/**
 * The text of a page as editors write it: a document of typed blocks, the same on the server, in the
 * editor and in the database. Its form is that of ProseMirror's JSON.
 */

export type Mark = { type: 'bold' } | { type: 'italic' } | { type: 'link'; attrs: { href: string } };

export interface TextNode {
  type: 'text';
  text: string;
  marks?: Mark[] | undefined;
}

export type Inline = TextNode | { type: 'hardBreak' };

export interface Paragraph {
  type: 'paragraph';
  content: Inline[];
}

export interface Heading {
  type: 'heading';
  attrs: { level: 2 | 3 | 4 };
  content: Inline[];
}

export interface ListItem {
  type: 'listItem';
  content: [Paragraph, ...(Paragraph | List)[]];
}

export interface List {
  type: 'bulletList' | 'orderedList';
  content: ListItem[];
}

export interface TableCell {
  /** The cells of the first row are `tableHeader`, all others `tableCell`. */
  type: 'tableHeader' | 'tableCell';
  content: [Paragraph];
}

export interface Table {
  type: 'table';
  content: { type: 'tableRow'; content: TableCell[] }[];
}

export interface Picture {
  type: 'image';
  attrs: { src: string; alt: string };
}

/** A fact by its id in the fact files. */
export interface FactReference {
  type: 'law' | 'contact' | 'figure';
  attrs: { id: string };
}

/** What may stand within a piece. */
export type SimpleBlock = Paragraph | List | Table | Picture | FactReference;

export interface FactBox {
  type: 'factBox';
  attrs: { title: string };
  content: SimpleBlock[];
}

export interface Choice {
  type: 'choice';
  attrs: { text: string; verdict: 'good' | 'risky' | 'harmful' };
  content: SimpleBlock[];
}

/** A scene, then two to four choices. */
export interface Case {
  type: 'case';
  attrs: { title: string };
  content: (SimpleBlock | Choice)[];
}

export interface Reflection {
  type: 'reflection' | 'takeAway';
  content: SimpleBlock[];
}

export interface Option {
  type: 'option';
  attrs: { text: string; correct: boolean };
  content: SimpleBlock[];
}

/** A question with two to four options, one of them right. */
export interface QuickCheck {
  type: 'quickCheck';
  attrs: { question: string };
  content: Option[];
}

export interface Work {
  type: 'work';
  attrs: { for: string };
  content: SimpleBlock[];
}

/** Examples from different kinds of work, each kind once. */
export interface WorkVariants {
  type: 'workVariants';
  content: Work[];
}

export type Block = SimpleBlock | Heading | FactBox | Case | Reflection | QuickCheck | WorkVariants;

export interface Body {
  type: 'doc';
  content: Block[];
}
