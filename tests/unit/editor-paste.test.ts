import { readFileSync } from 'node:fs';
import { getSchema, type JSONContent } from '@tiptap/core';
import { DOMParser as ModelParser } from '@tiptap/pm/model';
import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import type { Body, Inline } from '#src/features/documents/body.ts';
import { draftBodySchema } from '#src/features/documents/body.schema.ts';
import { cleanAddress, cleanPastedHtml } from '#src/features/editor/paste-html.ts';
import { toBody } from '#src/features/editor/schema/body-conversion.ts';
import { contentExtensions } from '#src/features/editor/schema/content-extensions.ts';

const schema = getSchema(contentExtensions);
const origin = 'https://kursen.se';
const parse = (html: string) => new JSDOM(html).window.document;

/** What stands in the editor after pasting into an empty text. */
function paste(html: string): Body {
  const page = parse(cleanPastedHtml(html, { parse, origin }));
  const body = toBody(ModelParser.fromSchema(schema).parse(page.body).toJSON() as JSONContent);
  expect(draftBodySchema.safeParse(body).error?.issues ?? []).toEqual([]);
  return body;
}

const fixture = (name: string) =>
  readFileSync(new URL(`../fixtures/paste/${name}.html`, import.meta.url), 'utf8');

/** A body in few words: one line a block. */
function sketch(body: Body): string[] {
  const words = (content: readonly Inline[]) =>
    content
      .map((node) => {
        if (node.type === 'hardBreak') return '|';
        const marks = (node.marks ?? []).map((mark) => (mark.type === 'link' ? mark.attrs.href : mark.type));
        return marks.length > 0 ? `[${marks.join()}: ${node.text}]` : node.text;
      })
      .join('');
  type Any = { type: string; content?: Any[]; attrs?: Record<string, unknown> };
  const lines = (node: Any, indent: string): string[] => {
    if (node.type === 'paragraph' || node.type === 'heading') {
      const level = node.attrs ? `h${String(node.attrs['level'])} ` : '';
      return [`${indent}${level}${words((node.content ?? []) as unknown as Inline[]).trim()}`];
    }
    if (node.type === 'tableRow') {
      return [`${indent}${node.content!.map((cell) => lines(cell.content![0]!, '')[0]).join(' / ')}`];
    }
    const mark = { bulletList: '-', orderedList: '#', table: 't' }[node.type] ?? '';
    return (node.content ?? []).flatMap((child) => lines(child, `${indent}${mark}`));
  };
  return (body as unknown as Any).content!.flatMap((node) => lines(node, ''));
}

describe('Pasted text', () => {
  test('Word’s headings, lists, table, emphasis and links come along, and nothing else of it', () => {
    expect(sketch(paste(fixture('word')))).toEqual([
      'h2 Rutin vid oro',
      'h2 Så gör du',
      '[bold: Prata] med [italic: barnet] först. Ring sedan [https://example.se/stod?id=7: stödlinjen].',
      'h2 Fler råd',
      '-Lyssna',
      '--utan att avbryta',
      '-Lova inget',
      '#Anteckna',
      '#Anmäl',
      't[bold: Vem] / [bold: Gör vad]',
      'tLärare / Anmäler oro samma dag',
      '[bold: Ring] rutinen nu',
    ]);
  });

  test('Word on the web says headings and the depth of lists in its own way', () => {
    expect(sketch(paste(fixture('word-online')))).toEqual([
      'h2 När någon berättar',
      '[bold: Tacka] för förtroendet och [italic: lyssna].',
      '-Skriv ned',
      '--med barnets ord',
      '-Berätta vad som händer nu',
      '[https://example.se/barn: Läs mer]',
    ]);
  });

  test('Google Docs’ bold around everything is not bold', () => {
    expect(sketch(paste(fixture('google-docs')))).toEqual([
      'h2 Vad är en norm?',
      'En norm är en [bold: oskriven] regel. [https://example.se/normer: Läs mer]',
      '-[italic: hemma]',
      '--vid matbordet',
      '-i skolan',
      '#först',
    ]);
  });

  test('A page of an intranet leaves its frame, pictures and relative links behind', () => {
    expect(sketch(paste(fixture('intranet')))).toEqual([
      'h2 Oro för barn',
      'Du som arbetar med barn ska anmäla oro.',
      'h3 Anmäl direkt',
      'Ring [bold: mottagningen] eller [https://intra.kommunen.se/anmalan.html?sv.target=12.4a: anmäl här]. Läs också rutinen och [/kurs/del-1/: kursen].',
      '-dagtid',
      '-kvällar',
      'Tider',
      'tÖppet / ',
      'tVardag / 8–16',
      'I en ruta',
    ]);
  });

  test('Word’s tracked changes, footnotes, contents, smart tags and merged cells leave the text they stand for', () => {
    expect(sketch(paste(fixture('word-report')))).toEqual([
      'h2 1 Inledning',
      'Vi i Malmö [bold: ska] anmäla. H₂O och 10², under, struket, gammalt.',
      '#Ett',
      '##Ett a',
      '###Ett a i',
      '###Fyra djup',
      '#Två',
      'Mellan',
      '-Börjar djupt',
      '-Sedan grunt',
      'tVem / När / ',
      't / Dag / Natt',
      'tLärare / Ring chefen / ',
      't / Skriv / Vänta',
      'Ett citat',
      'Tabell 1 Ansvar',
      'Rad ett|rad två',
      '[Klicka här] kvar',
      'SOU 2020:57, s. 12.',
    ]);
  });

  test('SharePoint’s pages leave their web parts, signs without width and links within the intranet behind', () => {
    expect(sketch(paste(fixture('sharepoint')))).toEqual([
      'h2 Oro för barn',
      'Du som arbetar i [bold: Malmö stad] ska anmäla.',
      'Oroanmälan görs på sidan om oro eller [https://malmo.sharepoint.com/sites/intranat/SitePages/Rutin.aspx?csf=1&web=1&e=abc: i rutinen].',
      '-Ring',
      '--socialjouren',
      '---kväll',
      '-Skriv',
      '-ned allt',
      't[bold: Vem] / Vad',
      'tSkola / Anmäl',
      't / Följ upp',
      'Ansvar i skolan',
      'En röst',
      'kod',
      'Mer om detta',
      'Dolt stycke',
      'h3 Kontakt',
      'Jour',
      '040-1',
      'En rad|en rad till||ny',
      'h2 Gammal sida',
      'Text [bold: fet]',
      'Rad i div',
      'En till här',
      'Lös text',
    ]);
  });

  test.each([
    ['<span>ett</span><br><span>två</span>', ['ett|två']],
    ['<p>ett</p><br><p>två</p>', ['ett', 'två']],
    ['<p><br>ett<b>två<br></b>tre<br> <br></p>', ['ett[bold: två]|tre']],
  ])('A line is broken where it was broken, and only there: %s', (html, lines) =>
    expect(sketch(paste(html))).toEqual(lines),
  );

  test('Nothing that runs, hides or follows comes along', () => {
    const hostile = `<p onclick="x()">a<a href="jav&#x09;ascript:alert(1)">b</a><a href="data:text/html,x">c</a>
      <svg><a xlink:href="javascript:x"><text>d</text></a></svg><iframe srcdoc="<p>e</p>"></iframe>
      <a href="https://u:p@example.se/">f</a><span style="display:none">g</span><img src=x onerror=alert(1)>
      <math><mtext><img src=x onerror=alert(1)></mtext></math><form><input name=q value=h><button>i</button></form></p>
      <div data-piece="law" data-id="../../x">j</div><div data-piece="choice" data-verdict="onload" data-text="k">l</div>`;
    const text = JSON.stringify(paste(hostile));
    for (const word of ['javascript', 'data:', 'onerror', 'u:p', 'link', '"g"', 'onload']) {
      expect(text).not.toContain(word);
    }
  });

  test('Text copied within the editor keeps its pieces, with attributes that may be', () => {
    const html = `<div data-piece="case" data-title="Lina" data-pm-slice="1 1 []"><p>Scen</p><div data-piece="choice" data-text="Prata" data-verdict="risky"><p>Så</p></div></div><div data-piece="law" data-id="sol-19-1"></div><img src="/bilder/0123456789abcdef-10x10.webp" alt="x"><img src="https://example.se/x.png" alt="y">`;
    expect(paste(html).content).toMatchObject([
      {
        type: 'case',
        attrs: { title: 'Lina' },
        content: [{}, { attrs: { text: 'Prata', verdict: 'risky' } }],
      },
      { type: 'law', attrs: { id: 'sol-19-1' } },
      { type: 'image' },
    ]);
  });
});

test.each([
  ['https://example.se/a?utm_source=x&b=1&fbclid=2#c', 'https://example.se/a?b=1#c'],
  ['http://example.se/', 'https://example.se/'],
  ['https://kursen.se/kurs/del-1/?utm_campaign=y', '/kurs/del-1/'],
  ['https://www.google.com/url?q=https%3A%2F%2Fexample.se%2Fx&sa=D', 'https://example.se/x'],
  ['mailto:a@example.se', 'mailto:a@example.se'],
])('%s becomes %s', (address, expected) => expect(cleanAddress(address, origin)).toBe(expected));
