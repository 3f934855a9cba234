import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** An element of a PDF file's structure with the text that belongs to it. */
export interface PdfElement {
  role: string;
  alt?: string | undefined;
  text: string;
  children: PdfElement[];
}

export interface ReadPdf {
  pages: number;
  info: Record<string, unknown>;
  bookmarks: string[];
  /** The structure of all pages in reading order, as screen readers get it. */
  elements: PdfElement[];
  /** Every text of the file that no element holds. */
  artifacts: string[];
}

/** Reads a PDF file as a program for those who do not see it would. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const task = getDocument({ data: new Uint8Array(bytes), useSystemFonts: true, verbosity: 0 });
  const file = await task.promise;
  try {
    const elements: PdfElement[] = [];
    const artifacts: string[] = [];
    for (let page = 1; page <= file.numPages; page += 1) {
      const read = await readPage(file, page);
      elements.push(...read.elements);
      artifacts.push(...read.artifacts);
    }
    const { info } = await file.getMetadata();
    const outline = (await file.getOutline()) ?? [];
    return {
      pages: file.numPages,
      info: info as Record<string, unknown>,
      bookmarks: outline.map(({ title }) => title),
      elements,
      artifacts,
    };
  } finally {
    await task.destroy();
  }
}

/** Every element with one of these roles, in reading order. */
export function findElements(elements: readonly PdfElement[], ...roles: string[]): PdfElement[] {
  return elements.flatMap((element) => [
    ...(roles.includes(element.role) ? [element] : []),
    ...findElements(element.children, ...roles),
  ]);
}

async function readPage(file: PDFDocumentProxy, number: number) {
  const page = await file.getPage(number);
  const [tree, content] = await Promise.all([
    page.getStructTree(),
    page.getTextContent({ includeMarkedContent: true }),
  ]);
  const texts = new Map<string, string>();
  const artifacts: string[] = [];
  const open: (string | null)[] = [];
  for (const item of content.items) {
    if ('str' in item) {
      const id = open.findLast((one) => one !== null);
      const text = item.str + (item.hasEOL ? ' ' : '');
      if (id) texts.set(id, (texts.get(id) ?? '') + text);
      else if (item.str.trim() !== '') artifacts.push(item.str);
    } else if (item.type.startsWith('begin')) open.push(item.id ?? null);
    else open.pop();
  }
  return { elements: tree ? (toElement(tree as Node, texts).children ?? []) : [], artifacts };
}

interface Node {
  role?: string;
  alt?: string;
  type?: string;
  id?: string;
  children?: Node[];
}

function toElement(node: Node, texts: ReadonlyMap<string, string>): PdfElement {
  // A table that goes on is there as a whole on each of its pages: only what lies on the page is read.
  const children = (node.children ?? [])
    .filter((child) => child.role && (isOnPage(child) || /^T[DH]$/.test(child.role)))
    .map((child) => toElement(child, texts));
  const own = (node.children ?? [])
    .flatMap(({ type, id }) => (type === 'content' && id ? [texts.get(id) ?? ''] : []))
    .join(' ');
  return { role: node.role ?? '', alt: node.alt, text: own.replace(/\s+/g, ' ').trim(), children };
}

function isOnPage({ type, children = [] }: Node): boolean {
  return type === 'content' || children.some(isOnPage);
}
