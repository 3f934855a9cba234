import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { site } from '#src/lib/site.ts';

type Doc = InstanceType<typeof PDFDocument>;
/** An element of the structure that screen readers follow. */
export type Part = ReturnType<Doc['struct']>;

const files = createRequire(import.meta.url);
const FONTS = {
  text: '@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf',
  strong: '@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf',
  title: '@expo-google-fonts/source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf',
} as const;
type FontName = keyof typeof FONTS;
const loaded = new Map<FontName, Buffer>();

export const COLORS = {
  ink: '#221b2b',
  quiet: '#5c5266',
  line: '#ddd4c8',
  edge: '#857a90',
  pine: '#0f5c5c',
  wash: '#f3ede3',
} as const;

export const PAGE = { left: 56, right: 539, top: 62, bottom: 778, width: 483 } as const;

export interface TextStyle {
  font?: FontName;
  size?: number;
  color?: keyof typeof COLORS;
  x?: number;
  y?: number;
  width?: number;
  align?: 'left' | 'right' | 'center';
  /** Space left below. */
  gap?: number;
}

/** What is told of an element of the structure, beside what it is. */
export interface ElementOptions {
  title?: string;
  /** What a picture shows. */
  alt?: string;
  /** Of a heading in a table. */
  scope?: 'Row' | 'Column';
  /** Where a picture is: left, top, right, bottom. */
  bbox?: [number, number, number, number];
  placement?: 'Block';
}

/**
 * A tagged A4 document (PDF/UA) that is written from the top down. Everything drawn belongs to a part of
 * the structure or is an artifact. The same calls give the same bytes: the file's date is the day given.
 */
export class Paper {
  readonly doc: Doc;
  readonly #root: Part;
  readonly #chunks: Buffer[] = [];

  constructor({ title, subject, day }: { title: string; subject: string; day: string }) {
    const options = {
      size: 'A4',
      margins: { top: PAGE.top, left: PAGE.left, right: 595.28 - PAGE.right, bottom: 40 },
      autoFirstPage: false,
      bufferPages: true,
      pdfVersion: '1.7',
      subset: 'PDF/UA',
      tagged: true,
      lang: 'sv-SE',
      displayTitle: true,
      // No standard font is loaded: every font of a tagged document is embedded.
      font: null,
      info: {
        Title: title,
        Subject: subject,
        Creator: site.name,
        Producer: site.name,
        CreationDate: new Date(`${day}T12:00:00Z`),
      },
    };
    // The types know fewer options than the library does.
    this.doc = new PDFDocument(options as object);
    this.doc.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    for (const name of Object.keys(FONTS) as FontName[]) this.doc.registerFont(name, readFont(name));
    this.#root = this.doc.struct('Document');
    this.doc.addStructure(this.#root);
  }

  /** Starts a part of the document on a new page, with its bookmark. */
  openSection(title: string): Part {
    this.doc.addPage();
    this.doc.outline.addItem(title);
    return this.open(this.#root, 'Sect', { title });
  }

  /** Goes on to the next page unless there is room for this much. */
  ensureRoom(height: number): void {
    if (this.doc.y + height > PAGE.bottom) this.doc.addPage();
  }

  /** Adds an element that others are added to. */
  open(parent: Part, tag: string, options: ElementOptions = {}): Part {
    const part = this.doc.struct(tag, options as object);
    parent.add(part);
    return part;
  }

  /** Adds an element with what is drawn in it; null: nothing. */
  add(parent: Part, tag: string, draw: (() => void) | null, options: ElementOptions = {}): void {
    parent.add(this.doc.struct(tag, options as object, draw ?? []));
  }

  /** Sets a line or paragraph as an element of the structure. */
  write(parent: Part, tag: string, text: string, style: TextStyle = {}): void {
    this.ensureRoomForText(text, style);
    this.add(parent, tag, () => this.set(text, style));
  }

  /** Sets text where an element or artifact is open already. */
  set(text: string, style: TextStyle = {}): void {
    const { x = PAGE.left, y = this.doc.y, width = PAGE.width, align = 'left', gap = 0 } = style;
    this.useStyle(style);
    this.doc.text(text, x, y, { width, align, lineGap: 1.5, ...(align === 'right' ? TABULAR : {}) });
    this.doc.y += gap;
  }

  /** How high the text becomes. */
  measure(text: string, style: TextStyle): number {
    this.useStyle(style);
    return this.doc.heightOfString(text, { width: style.width ?? PAGE.width, lineGap: 1.5 });
  }

  /** Draws what screen readers pass over. */
  decorate(draw: () => void, type: 'Layout' | 'Pagination' = 'Layout'): void {
    this.doc.markContent('Artifact', { type });
    draw();
    this.doc.endMarkedContent();
  }

  /** Writes head and foot of every page and gives the file. */
  async finish(head: string, foot: (page: number, pages: number) => string): Promise<Buffer> {
    const { doc } = this;
    const ended = new Promise<void>((resolve) => doc.on('end', resolve));
    const { count } = doc.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      doc.switchToPage(page);
      this.decorate(() => this.#setMargins(head, foot(page + 1, count)), 'Pagination');
    }
    doc.end();
    await ended;
    return Buffer.concat(this.#chunks);
  }

  #setMargins(head: string, foot: string): void {
    const style: TextStyle = { size: 8.5, color: 'quiet', y: 34 };
    this.set(site.name, { ...style, width: 100 });
    this.set(head, { ...style, align: 'right' });
    this.doc.page.margins.bottom = 0;
    this.set(foot, { ...style, y: 801, align: 'right' });
  }

  private ensureRoomForText(text: string, style: TextStyle): void {
    if (style.y === undefined) this.ensureRoom(this.measure(text, style));
  }

  private useStyle({ font = 'text', size = 10, color = 'ink' }: TextStyle): void {
    this.doc.font(font).fontSize(size).fillColor(COLORS[color]);
  }
}

const TABULAR = { features: ['tnum'] as PDFKit.Mixins.OpenTypeFeatures[] };

function readFont(name: FontName): Buffer {
  const known = loaded.get(name);
  if (known) return known;
  const font = readFileSync(files.resolve(FONTS[name]));
  loaded.set(name, font);
  return font;
}
