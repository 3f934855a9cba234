import { refresher as words } from '#src/i18n/refreshers.ts';
import type { RefresherOffer } from './refreshers.server.ts';

/** What there is to do, how long it takes and by when, as one sentence or two. */
export function describeOffer({ refresher, until, isOver }: RefresherOffer): string {
  if (!refresher) {
    if (until === null) return words.optionalWhole;
    return isOver ? words.wholeOverdue(until) : words.wholeTodo(until);
  }
  const { sections, minutes } = refresher;
  if (until === null) return words.optional(sections.length, minutes);
  return isOver
    ? words.overdue(sections.length, minutes, until)
    : words.todo(sections.length, minutes, until);
}

/** What a module is called: `Del 3`, or its title. */
export function shortName(slug: string, title: string): string {
  return /^del-\d+$/.test(slug) ? `Del ${slug.slice('del-'.length)}` : title;
}

/** The same in running text: `del 3`, or its title in quotation marks. */
export function nameInText(slug: string, title: string): string {
  const name = shortName(slug, title);
  return name === title ? `”${title}”` : name.toLowerCase();
}
