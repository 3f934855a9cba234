import type { Body } from '#src/features/documents/body.ts';
import { headingIds } from '#src/features/documents/heading-ids.ts';
import type { ModuleDocument } from '#src/features/documents/document.ts';
import { gateWords } from '#src/i18n/gate.ts';
import { modulePath, quizPath, sectionPath } from '#src/lib/paths.ts';
import type { GateContext } from '../context.ts';
import type { Finding } from '../findings.ts';
import { linksOf, type TextLink } from '../nodes.ts';
import { slugOfPart } from '#src/features/documents/parts.ts';
import type { GatePage } from '../pages.ts';

const words = gateWords.links;

/** Parameters that tell the other site who clicked, and where. */
const TRACKING =
  /^(utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|mc_cid|mc_eid|igshid|igsh|twclid|ttclid|li_fat_id|yclid|_ga|_gl|_hsenc|_hsmi|mkt_tok|vero_id|oly_\w+|spm|cmpid|trk)$/i;

/** Texts that say nothing of where the link leads. */
const VAGUE =
  /^(klicka( här)?|tryck( här)?|här|hit|läs mer( här)?|läs vidare|se mer|mer|mer info(rmation)?|(den här |denna |följ |följande )?länk(en)?|(den här |denna )?(sida|sidan|webbsida|webbsidan|hemsida|hemsidan|artikel|artikeln)|via (denna|den här) länk|besök|gå till|källa|pdf|dokument(et)?)[\s.!:>»→]*$/iu;

const BARE = /^(https?:\/\/|www\.)\S+$|^[\w-]+(\.[\w-]+)*\.(se|com|org|net|nu|eu|io|info)(\/\S*)?$/iu;

/** Links lead to pages that exist, in words that say where, and spy on nobody. */
export function checkLinks(
  document: ModuleDocument,
  pages: readonly GatePage[],
  context: GateContext,
): Finding[] {
  return pages.flatMap((page) => {
    const links = linksOf(page.body);
    return [
      ...links.flatMap((link) => [...checkTarget(document, page, link, context), ...checkText(page, link)]),
      ...checkSameness(page, links),
    ];
  });
}

function checkTarget(
  document: ModuleDocument,
  page: GatePage,
  { block, href }: TextLink,
  context: GateContext,
): Finding[] {
  const error = (rule: string, message: string, suggestion: string): Finding[] => [
    { rule, severity: 'error', part: page.part, block, message, suggestion },
  ];
  if (href.startsWith('#') || (href.startsWith('/') && !href.startsWith('//'))) {
    const section = slugOfPart(page.part);
    const own = section === null ? modulePath(document.slug) : sectionPath(document.slug, section);
    const { pathname, hash } = new URL(href, `https://local.invalid${own}`);
    const anchors = findPage(withOwn(document, context), pathname);
    if (anchors === undefined) return error('link-page', words.page(href), words.pageFix);
    const anchor = decoded(hash.slice(1));
    const isKnown = anchor === '' || anchors === null || anchors.has(anchor);
    return isKnown ? [] : error('link-anchor', words.anchor(href), words.anchorFix);
  }
  if (/^http:/i.test(href)) return error('link-http', words.http(href), words.httpFix);
  if (/^(mailto|tel):/.test(href)) {
    const isWhole = /^(mailto:[^\s@?]+@[^\s@?]+\.[^\s@?]+(\?\S*)?|tel:\+?\d{3,15})$/.test(href);
    return isWhole ? [] : error('link-form', words.malformed(href), words.malformedFix);
  }
  if (!/^https:\/\//.test(href) || !URL.canParse(href)) {
    return error('link-form', words.malformed(href), words.malformedFix);
  }
  const url = new URL(href);
  if (!isOrdinaryHost(url)) return error('link-host', words.host(url.host), words.hostFix);
  const tracking = [...new Set(url.searchParams.keys())].filter((name) => TRACKING.test(name));
  if (tracking.length === 0) return [];
  for (const name of tracking) url.searchParams.delete(name);
  return error('link-tracking', words.tracking(tracking.join(', ')), words.trackingFix(url.href));
}

function decoded(anchor: string): string {
  try {
    return decodeURIComponent(anchor);
  } catch {
    return anchor;
  }
}

/** A name with a dot, and no port, user or number for a name. */
function isOrdinaryHost({ hostname, port, username, password }: URL): boolean {
  if (port !== '' || username !== '' || password !== '') return false;
  if (hostname.startsWith('[') || /^[\d.]+$/.test(hostname)) return false;
  return (
    /^([\w-]+\.)+[a-z][\w-]+$/i.test(hostname) &&
    !/\.(local|localhost|internal|test|invalid)$/i.test(hostname)
  );
}

/** Pages that other modules lead to are still there. */
export function checkLinksHere(document: ModuleDocument, context: GateContext): Finding[] {
  const pages = withOwn(document, context);
  return (context.linksHere ?? [])
    .filter(({ path }) => findPage(pages, path) === undefined)
    .map(({ title, path }) => ({
      rule: 'link-here',
      severity: 'error',
      part: 'modul',
      message: words.here(title, path),
      suggestion: words.hereFix,
    }));
}

type Pages = GateContext['pages'];

/** The site's pages with those of the document as it is now: a section that was renamed has another address. */
function withOwn(document: ModuleDocument, { pages }: GateContext): Pages {
  const { slug, sections } = document;
  const last = sections.at(-1)?.slug;
  const own = new Map<string, ReadonlySet<string> | null>([
    [modulePath(slug), anchorsOf(document.intro)],
    [quizPath(slug), null],
  ]);
  for (const section of sections) {
    const summary = section.slug === last ? ['sammanfattning'] : [];
    own.set(sectionPath(slug, section.slug), anchorsOf(section.body, summary));
  }
  const others = [...pages].filter(([path]) => !path.startsWith(modulePath(slug)));
  return new Map([...others, ...own]);
}

/** What can be pointed at on a page: its text, its headings. */
function anchorsOf(body: Body, more: readonly string[] = []): Set<string> {
  return new Set(['innehall', ...headingIds(body).values(), ...more]);
}

/** The anchors of the page at an address, with or without a slash at the end; undefined: no such page. */
function findPage(pages: Pages, path: string): ReadonlySet<string> | null | undefined {
  const other = path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
  for (const address of [path, other]) if (pages.has(address)) return pages.get(address);
  return undefined;
}

function checkText({ part }: GatePage, { block, href, text }: TextLink): Finding[] {
  const said = text.replaceAll(/\s+/g, ' ').trim();
  if (said === '' || VAGUE.test(said)) {
    return [
      {
        rule: 'link-text',
        severity: 'error',
        part,
        block,
        message: words.vague(said),
        suggestion: words.vagueFix,
      },
    ];
  }
  if (/^(mailto|tel):/.test(href) || !BARE.test(said)) return [];
  return [
    {
      rule: 'link-text',
      severity: 'error',
      part,
      block,
      message: words.bare(said),
      suggestion: words.bareFix,
    },
  ];
}

/** On one page, one address has one text, and one text one address. */
function checkSameness({ part }: GatePage, links: readonly TextLink[]): Finding[] {
  const key = (text: string) => text.trim().toLocaleLowerCase('sv');
  const findings: Finding[] = [];
  const warn = (rule: string, block: number, message: string, suggestion: string) =>
    findings.push({ rule, severity: 'warning', part, block, message, suggestion });
  for (const [, same] of Map.groupBy(links, ({ href }) => href)) {
    const texts = [...new Map(same.map(({ text }) => [key(text), text.trim()])).values()];
    const [, second] = [...new Map(same.map((link) => [key(link.text), link])).values()];
    if (second) {
      warn(
        'link-texts',
        second.block,
        words.texts(texts.map((text) => `”${text}”`).join(', ')),
        words.textsFix,
      );
    }
  }
  for (const [, same] of Map.groupBy(links, ({ text }) => key(text))) {
    const [, second] = [...new Map(same.map((link) => [link.href, link])).values()];
    if (second) warn('link-targets', second.block, words.targets(second.text.trim()), words.targetsFix);
  }
  return findings;
}
