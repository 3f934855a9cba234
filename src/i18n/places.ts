import { paths } from '#src/lib/paths.ts';

/** The pages of each role, in the order in which they stand side by side. */
export const coordinatorPages = {
  label: 'Samordnarens sidor',
  pages: [
    { href: paths.coordinator, text: 'Översikt' },
    { href: paths.targets, text: 'Mål' },
    { href: paths.requirements, text: 'Krav' },
    { href: paths.waivers, text: 'Undantag' },
    { href: paths.years, text: 'Fastställda år' },
    { href: paths.credits, text: 'Genomföranden' },
    { href: paths.events, text: 'Utbildningstillfällen' },
    { href: paths.evaluation, text: 'Utvärdering' },
  ],
} as const;

/** What a manager has beside the list. */
export const managerPages = {
  label: 'Chefens sidor',
  pages: [
    { href: paths.manager, text: 'Medarbetare' },
    { href: paths.managerReminder, text: 'Påminn' },
    { href: paths.managerDeputies, text: 'Ersättare' },
    { href: paths.meetings, text: 'Arbetsplatsträff' },
  ],
} as const;

/** What an administrator has beside the overview. */
export const adminPages = {
  label: 'Administratörens sidor',
  pages: [
    { href: paths.admin, text: 'System' },
    { href: paths.mailLog, text: 'Utskick' },
  ],
} as const;

/** What an editor has beside the overview. */
export const editorPages = {
  label: 'Redaktörens sidor',
  pages: [
    { href: paths.editor, text: 'Innehåll' },
    { href: paths.facts, text: 'Fakta' },
    { href: paths.releases, text: 'Publicering' },
    { href: paths.pictures, text: 'Bilder' },
    { href: paths.questionStatistics, text: 'Vad som missförstås' },
    { href: paths.events, text: 'Utbildningstillfällen' },
  ],
} as const;
