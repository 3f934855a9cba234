/** A section's file name without its number is its address: `02-vad-menas-med-heder` → `vad-menas-med-heder`. */
export function sectionSlug(fileName: string): string {
  return fileName.replace(/^\d+-/, '');
}

/** The slug of the whole basic course; its parts are `del-1` … `del-5`. */
export const GRUNDKURS = 'grundkurs';

/** Whether the slug is that of a part of the grundkurs, open for everyone to read. */
export function isPart(slug: string): boolean {
  return /^del-\d+$/.test(slug);
}

/** What a published version says of one of its sections. */
export interface PublishedSection {
  /** Address part of the page, without number. */
  slug: string;
  title: string;
  /** File name without extension: what a question's `section` refers to. */
  file: string;
}
