import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { publishing } from '#src/i18n/publishing-errors.ts';
import { errors } from '#src/i18n/errors.ts';
import { modulePath, quizPath, sectionPath } from '#src/lib/paths.ts';
import { addressOf } from '#src/lib/site-address.ts';

/** What must be right about a built site before anybody sees it. */
export interface Expected {
  modules: readonly { slug: string; sections: readonly { slug: string }[] }[];
  /** Addresses outside of the static site. */
  onDemand: readonly RegExp[];
}

const TAG = /<([a-z][a-z0-9-]*)((?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*\/?>/gi;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;
const ADDRESSES = new Set(['href', 'src', 'action', 'poster']);
/** What is rendered on demand for a module is there when the module is. */
const OF_MODULE = /^\/(?:kurs|fordjupning)\/[^/]+\//;
/** Problems that are named: the others are seldom of another kind. */
const MOST = 20;

/**
 * Looks through a built site: every module has its pages, every link within the site leads somewhere, no
 * script runs that Astro did not put there, and the pages that tell what went wrong are there. Returns
 * what is wrong, in words for an editor; empty when nothing is.
 */
export async function inspectSite(client: string, { modules, onDemand }: Expected): Promise<string[]> {
  const entries = await readdir(client, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(client, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const addresses = new Set(names.map(addressOf));
  const exists = (path: string) => {
    if (addresses.has(path) || addresses.has(`${path}/`)) return true;
    const [module] = OF_MODULE.exec(path) ?? [];
    if (module !== undefined && !addresses.has(module)) return false;
    return onDemand.some((route) => route.test(path.replace(/(?<=.)\/$/, '')));
  };
  const problems = new Set<string>();
  for (const path of requiredPaths(modules)) if (!exists(path)) problems.add(publishing.pageMissing(path));
  for (const name of names.filter((one) => one.endsWith('.html'))) {
    const html = await readFile(join(client, name), 'utf8');
    for (const problem of inspectPage(html, addressOf(name), exists)) problems.add(problem);
    if (problems.size >= MOST) break;
  }
  return [...problems].slice(0, MOST);
}

function requiredPaths(modules: Expected['modules']): string[] {
  return [
    '/',
    '/404',
    ...Object.keys(errors)
      .filter((name) => name !== 'finns-inte')
      .map((name) => `/fel/${name}/`),
    ...modules.flatMap(({ slug, sections }) => [
      modulePath(slug),
      quizPath(slug),
      ...sections.map((section) => sectionPath(slug, section.slug)),
    ]),
  ];
}

function* inspectPage(html: string, path: string, exists: (path: string) => boolean): Generator<string> {
  const allowed = policyHashes(html);
  for (const { 1: tag = '', 2: text = '', 0: whole, index } of html.matchAll(TAG)) {
    const attributes = readAttributes(text);
    for (const [name, value] of attributes) {
      if (/^on/i.test(name) || name === 'srcdoc') yield publishing.foreignScript(path);
      if (ADDRESSES.has(name) && !isFine(name, value, path, exists)) yield publishing.brokenLink(path, value);
    }
    if (tag.toLowerCase() !== 'script') continue;
    const source = attributes.get('src');
    const body = html.slice(index + whole.length, html.indexOf('</script', index));
    const isOurs = source === undefined ? allowed.has(sha256(body)) : source.startsWith('/_astro/');
    if (!isOurs && attributes.get('type') !== 'application/json') yield publishing.foreignScript(path);
  }
}

/** The scripts that Astro wrote into the page itself, which it names by their hash. */
function policyHashes(html: string): Set<string> {
  const policy = /<meta http-equiv="content-security-policy" content="([^"]*)">/i.exec(html)?.[1] ?? '';
  const scripts = /script-src ([^;]*)/.exec(policy.replaceAll('&#39;', "'"))?.[1] ?? '';
  return new Set([...scripts.matchAll(/'sha256-([^']+)'/g)].map(([, hash]) => hash ?? ''));
}

function readAttributes(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(ATTRIBUTE)].map(([, name = '', double, single, bare]) => [
      name.toLowerCase(),
      unescape(double ?? single ?? bare ?? ''),
    ]),
  );
}

function unescape(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replace(/&#(?:39|x27);/g, "'")
    .replace(/&#(?:38|x26);|&amp;/g, '&');
}

/** Links to other sites were looked at with the text, and nothing is loaded from there; ours must exist. */
function isFine(name: string, value: string, page: string, exists: (path: string) => boolean): boolean {
  if (name === 'href' && /^(https?:|mailto:|tel:|#)/i.test(value)) return true;
  if (!URL.canParse(value, `https://site.invalid${page}`)) return false;
  const url = new URL(value, `https://site.invalid${page}`);
  if (url.protocol === 'data:') return value.startsWith('data:image/svg+xml');
  if (url.host !== 'site.invalid') return false;
  try {
    return exists(decodeURIComponent(url.pathname));
  } catch {
    return false;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
