import { isPart } from '#src/features/courses/courses.ts';
import { common } from '#src/i18n/common.ts';
import { course } from '#src/i18n/course.ts';
import { modulePath, paths } from '#src/lib/paths.ts';

/** Where a module is in the site, for the pages of its knowledge check: its short name and the pages above. */
export function moduleTrail(slug: string, title: string) {
  const isOfCourse = isPart(slug);
  const name = isOfCourse ? course.part(Number(slug.slice('del-'.length))) : common.fordjupning;
  const above = isOfCourse
    ? { text: common.course, href: paths.course }
    : { text: common.fordjupning, href: paths.fordjupningar };
  return { name, links: [above, { text: isOfCourse ? name : title, href: modulePath(slug) }] };
}
