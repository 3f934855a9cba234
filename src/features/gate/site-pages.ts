import { modulePath, paths, quizPath, sectionPath } from '#src/lib/paths.ts';

/** Pages that texts may lead to beside the modules. */
const FIXED = [
  paths.home,
  paths.course,
  paths.fordjupningar,
  paths.support,
  paths.about,
  paths.accessibility,
  paths.privacy,
  paths.signIn,
  paths.myPage,
  paths.indicator,
  paths.events,
  paths.selfAssessment,
  paths.meetings,
];

/** What is needed of a published module to know its pages. */
interface PublishedModule {
  moduleSlug: string;
  sections: unknown;
}

/** The addresses that a text may lead to. What can be pointed at on each is not known here. */
export function sitePages(modules: readonly PublishedModule[]): [path: string, anchors: null][] {
  const addresses = modules
    .filter(({ moduleSlug }) => moduleSlug !== 'grundkurs')
    .flatMap(({ moduleSlug, sections }) => [
      modulePath(moduleSlug),
      quizPath(moduleSlug),
      ...(sections as { slug: string }[]).map(({ slug }) => sectionPath(moduleSlug, slug)),
    ]);
  return [...FIXED, ...addresses].map((path) => [path, null]);
}
