import { describe, expect, test } from 'vitest';
import { linksTo, siteLinks } from '#src/features/gate/site-links.ts';
import { aModule, check, heading, link, p, rules, withBlocks } from '../support/gate.ts';

test('A sound module passes without a word', () => {
  expect(check(aModule())).toEqual([]);
});

describe('Links', () => {
  test.each([
    '/stod/',
    '/stod',
    '/indikator',
    '/indikator?datum=2021-12-31',
    '/kurs/del-1/#innehall',
    '/fordjupning/en-modul/',
    '/fordjupning/en-modul/ett-avsnitt/',
    '/fordjupning/en-modul/ett-avsnitt/#sammanfattning',
    '/fordjupning/en-modul/kunskapskontroll/',
    '#sammanfattning',
    '#mer',
    'https://www.exempel.se/sida?id=3',
    'https://exempel.se/utm_source',
    'mailto:kontakt@exempel.se',
  ])('may lead to %s', (href) => {
    expect(check(withBlocks(link(href, 'sidan om stöd')))).toEqual([]);
  });

  test.each([
    ['/finns-inte/', 'link-page'],
    ['/fordjupning/en-modul/borttaget/', 'link-page'],
    ['/kurs/del-1/#finns-inte', 'link-anchor'],
    ['#finns-inte', 'link-anchor'],
    ['http://www.exempel.se/', 'link-http'],
    ['HTTP://www.exempel.se/', 'link-http'],
    ['https://', 'link-form'],
    ['mailto:kontakt', 'link-form'],
    ['tel:hej', 'link-form'],
    ['https://192.168.1.1/', 'link-host'],
    ['https://2130706433/', 'link-host'],
    ['https://0x7f.1/', 'link-host'],
    ['https://[::1]/', 'link-host'],
    ['https://localhost/', 'link-host'],
    ['https://intranat/', 'link-host'],
    ['https://anna@exempel.se/', 'link-host'],
    ['https://exempel.se:8443/', 'link-host'],
    ['https://exempel.se/?utm_source=brev', 'link-tracking'],
    ['https://exempel.se/?a=1&fbclid=x', 'link-tracking'],
    ['javascript:alert(1)', 'link-form'],
    ['data:text/html,x', 'link-form'],
    ['//evil.test/', 'link-form'],
  ])('do not lead to %s', (href, rule) => {
    expect(rules(withBlocks(link(href, 'sidan om stöd')))).toContain(`error ${rule}`);
  });

  test('from other modules to a section that is gone are told, once for each module', () => {
    const from = (title: string, path: string) => ({ slug: 'annan', title, path });
    const linksHere = [
      from('Annan', '/fordjupning/en-modul/borttaget/'),
      from('Annan', '/fordjupning/en-modul/borttaget/'),
      from('Tredje', '/fordjupning/en-modul/borttaget'),
      from('Annan', '/fordjupning/en-modul/ett-avsnitt/'),
      from('Annan', '/fordjupning/en-modul'),
    ];
    expect(check(aModule(), { linksHere })).toMatchObject(
      [
        { rule: 'link-here', severity: 'error', part: 'modul', message: /^Modulen ”Annan” länkar till/ },
        { rule: 'link-here', message: /^Modulen ”Tredje” länkar till/ },
      ].map((one) => ({ ...one, message: expect.stringMatching(one.message) as string })),
    );
  });

  test('are found by the page they lead to, whatever they point at on it', () => {
    const other = withBlocks(
      link('/fordjupning/en-modul/ett-avsnitt/#mer', 'ett avsnitt'),
      link('https://exempel.se/fordjupning/en-modul/', 'en annan plats'),
    );
    const links = siteLinks([{ ...other, slug: 'annan' }]);
    expect(linksTo('en-modul', links)).toEqual([
      { slug: 'annan', title: 'En modul', path: '/fordjupning/en-modul/ett-avsnitt/' },
    ]);
    expect(linksTo('en-modu', links)).toEqual([]);
    expect(linksTo('annan', links)).toEqual([]);
  });

  test('without their spies are given as the suggestion', () => {
    const [found] = check(withBlocks(link('https://exempel.se/?a=1&utm_source=brev', 'sidan om stöd')));
    expect(found).toMatchObject({ part: 'avsnitt/ett-avsnitt', block: 0 });
    expect(found?.suggestion).toBe('Använd https://exempel.se/?a=1 i stället.');
  });

  test.each([
    'här',
    'Klicka här',
    'läs mer',
    'Läs mer här »',
    'länk',
    'denna sida',
    ' ',
    'https://exempel.se',
    'www.exempel.se',
    'exempel.se',
  ])('say where they lead, not %j', (text) => {
    expect(rules(withBlocks(link('https://exempel.se/', text)))).toContain('error link-text');
  });

  test.each(['Läs mer om stöd', 'härkomst', 'Stödlinjen', 'kontakt@exempel.se'])(
    'may be called %j',
    (text) => {
      const href = text.includes('@') ? `mailto:${text}` : '/stod/';
      expect(check(withBlocks(link(href, text)))).toEqual([]);
    },
  );

  test('have one text for one address, and one address for one text', () => {
    expect(rules(withBlocks(link('/stod/', 'stöd'), link('/stod/', 'hjälp')))).toEqual([
      'warning link-texts',
    ]);
    expect(rules(withBlocks(link('/stod/', 'stöd'), link('/indikator', 'Stöd')))).toEqual([
      'warning link-targets',
    ]);
    expect(check(withBlocks(link('/stod/', 'stöd'), link('/stod/', 'Stöd')))).toEqual([]);
  });

  test('that are partly bold are one link', () => {
    const marks = [{ type: 'link' as const, attrs: { href: '/stod/' } }];
    const block = {
      type: 'paragraph' as const,
      content: [
        { type: 'text' as const, text: 'Läs mer', marks },
        { type: 'text' as const, text: ' om stöd', marks: [...marks, { type: 'bold' as const }] },
      ],
    };
    expect(check(withBlocks(block))).toEqual([]);
  });

  test('in a list in a fact box are found, with the box they stand in', () => {
    const box = {
      type: 'factBox' as const,
      attrs: { title: 'Ruta' },
      content: [
        {
          type: 'bulletList' as const,
          content: [{ type: 'listItem' as const, content: [link('/finns-inte', 'sidan')] as never }],
        },
      ],
    };
    expect(check(withBlocks(p('Vi ser.'), box))[0]).toMatchObject({ rule: 'link-page', block: 1 });
  });
});

describe('Headings', () => {
  test.each([
    ['begin on level two', [heading(3, 'Rubrik'), p('Vi ser.')], 'error heading-order'],
    [
      'skip no level',
      [heading(2, 'Ett'), p('Vi ser.'), heading(4, 'Två'), p('Vi ser.')],
      'error heading-order',
    ],
    ['have words', [heading(2, ''), p('Vi ser.')], 'error heading-empty'],
    ['have text under them', [heading(2, 'Ett'), heading(2, 'Två'), p('Vi ser.')], 'error heading-hollow'],
    ['differ', [heading(2, 'Mer'), p('Vi ser.')], 'warning heading-repeated'],
  ])('%s', (_, blocks, rule) => {
    expect(rules(withBlocks(...blocks))).toContain(rule);
  });

  test('may go down a level, and up several', () => {
    const outline = [2, 3, 4, 2].flatMap((level, index) => [
      heading(level as 2, `Rubrik ${index}`),
      p('Vi ser.'),
    ]);
    expect(check(withBlocks(...outline))).toEqual([]);
    expect(check(withBlocks(heading(2, 'Ett'), heading(3, 'Två'), p('Vi ser.')))).toEqual([]);
  });

  test('stand closer than three hundred words', () => {
    const long = Array.from({ length: 5 }, () =>
      p(Array.from({ length: 16 }, () => 'Vi ser hur det går.').join(' ')),
    );
    expect(rules(withBlocks(...long))).toContain('warning heading-missing');
    expect(rules(withBlocks(...long.slice(0, 2), heading(2, 'Nytt'), ...long.slice(2, 4)))).not.toContain(
      'warning heading-missing',
    );
  });
});

describe('Pictures', () => {
  const src = '/bilder/0123456789abcdef-800x600.webp';
  const picture = (alt: string) => withBlocks({ type: 'image', attrs: { src, alt } });

  test.each([
    ['', 'error picture-text'],
    ['IMG_2034', 'error picture-text'],
    ['bild.jpg', 'error picture-text'],
    ['0123456789abcdef-800x600.webp', 'error picture-text'],
    ['Bild på en dörr', 'warning picture-text'],
    ['En bild som visar en dörr', 'warning picture-text'],
    [`En dörr ${'som är stängd '.repeat(12)}`.trim(), 'warning picture-text-long'],
  ])('are described, not with %j', (alt, rule) => {
    expect(rules(picture(alt))).toContain(rule);
  });

  test('exist', () => {
    expect(check(picture('En öppen dörr'), { pictures: new Set([src]) })).toEqual([]);
    expect(rules(picture('En öppen dörr'), { pictures: new Set() })).toEqual(['error picture-exists']);
    expect(check(picture('Bildligt talat en öppen dörr'))).toEqual([]);
  });
});
