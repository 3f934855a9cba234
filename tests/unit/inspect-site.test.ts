import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { hashRelease } from '#src/features/releases/release.ts';
import { inspectSite } from '#src/features/releases/inspect-site.server.ts';
import { readOnDemandRoutes } from '#src/features/releases/site-routes.ts';
import { errors } from '#src/i18n/errors.ts';

const OWN = 'document.title';
const hash = createHash('sha256').update(OWN).digest('base64');
const policy = `<meta http-equiv="content-security-policy" content="script-src 'self' 'sha256-${hash}'; img-src 'self'">`;
const onDemand = readOnDemandRoutes('.');
const modules = [{ slug: 'del-1', sections: [{ slug: 'ett' }] }];
let folder = '';

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What is wrong about a site whose page about del-1 holds this. */
async function inspect(html: string, without: string[] = []): Promise<string[]> {
  folder = mkdtempSync(join(tmpdir(), 'trygg-grund-inspect-'));
  const names = Object.keys(errors).filter((name) => name !== 'finns-inte');
  const files: Record<string, string> = {
    'index.html': '<p>Hem</p>',
    '404.html': '<p>Finns inte</p>',
    'kurs/del-1/index.html': `<html>${policy}${html}</html>`,
    'kurs/del-1/ett/index.html': '<p>Ett</p>',
    ...Object.fromEntries(names.map((name) => [`fel/${name}/index.html`, '<p>Fel</p>'])),
  };
  for (const [name, text] of Object.entries(files)) {
    if (without.includes(name)) continue;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return inspectSite(folder, { modules, onDemand });
}

test('A site with its pages and links within it is right', async () => {
  const links = [
    '/',
    '/kurs/del-1/ett/#mitt',
    'ett/',
    '/min-sida',
    '/kurs/del-1/kunskapskontroll/',
    '/api/health',
  ];
  const outside = ['https://exempel.se/', 'mailto:a@exempel.se', 'tel:+46401'];
  const anchors = [...links, ...outside].map((href) => `<a href="${href}">x</a>`).join('');
  expect(
    await inspect(`${anchors}<script>${OWN}</script><script type="module" src="/_astro/x.js"></script>`),
  ).toEqual([
    'På sidan /kurs/del-1/ finns en länk till /_astro/x.js, som inte leder någonstans. Ändra eller ta bort länken.',
  ]);
  expect(await inspect(anchors)).toEqual([]);
});

test.each([
  ['<a href="/kurs/del-9/kunskapskontroll/">x</a>', /del-9/],
  ['<a href="/finns-inte/">x</a>', /finns-inte/],
  ['<a href="javascript:alert(1)">x</a>', /javascript:/],
  ['<a href="java&#x73;cript:alert(1)">x</a>', /leder någonstans/],
  ['<a href="//annan.se/">x</a>', /annan\.se/],
  ['<img src="https://annan.se/bild.png">', /annan\.se/],
  ['<img src="data:text/html,x">', /data:/],
  ['<p onclick="x()">x</p>', /inte får köras/],
  ['<iframe srcdoc="x"></iframe>', /inte får köras/],
  ['<script>alert(1)</script>', /inte får köras/],
  ['<SCRIPT SRC="/skript.js"></SCRIPT>', /inte får köras/],
])('A page with %s is told', async (html, words) => {
  expect((await inspect(html)).join(' ')).toMatch(words);
});

test.each(['kurs/del-1/ett/index.html', '404.html', 'fel/svarar-inte/index.html', 'index.html'])(
  'A site without %s is told',
  async (name) => {
    expect(await inspect('', [name])).toHaveLength(1);
  },
);

test('Releases with the same content have the same hash, in whatever order it came', () => {
  const [one, two] = [
    { slug: 'a', contentHash: '1' },
    { slug: 'b', contentHash: '2' },
  ];
  expect(hashRelease([one, two], 'f')).toBe(hashRelease([two, one], 'f'));
  expect(hashRelease([one], 'f')).not.toBe(hashRelease([one, two], 'f'));
  expect(hashRelease([one], 'f')).not.toBe(hashRelease([one], 'g'));
});
