import { isPart } from '#src/features/courses/courses.ts';
import { myPage } from '#src/i18n/my-page.ts';

/** What a module is called in a list: parts with their number first. */
export function nameOfModule(slug: string, title: string): string {
  return isPart(slug) ? myPage.part(Number(slug.slice('del-'.length)), title) : title;
}
