import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { problemText, readContent } from '#src/features/documents/content-reader.ts';
import { writeContent } from '#src/features/documents/content-writer.ts';
import { bodyOf, sampleDocument, sampleFacts } from '../support/releases.ts';
import { removeFolder } from '../support/remove-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'content-files-'));
const root = join(folder, 'content');
const document = sampleDocument('fordjupad');
const facts = {
  ...sampleFacts,
  sources: [...sampleFacts.sources, { ...sampleFacts.sources[0]!, id: 'annan' }],
};
const MODULE = 'fordjupning/fordjupad';
const PAGE = `${MODULE}/01-ett.mdx`;

afterAll(() => removeFolder(folder));

beforeEach(() => {
  rmSync(root, { recursive: true, force: true });
  for (const [path, text] of writeContent([document], facts)) write(path, text);
});

const at = (path: string) => join(root, path);
function write(path: string, text: string | Buffer): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
}
const edit = (path: string, change: (text: string) => string) =>
  write(path, change(readFileSync(at(path), 'utf8')));
const move = (from: string, to: string) => renameSync(at(from), at(to));
/** What is wrong, one line for each thing; empty when the folder can be read. */
function problems(): string[] {
  const read = readContent(root);
  return read.kind === 'refused' ? read.problems.map(problemText) : [];
}

describe('A content folder is the same', () => {
  test.each<[string, () => void]>([
    ['with the lines of Windows', () => edit(PAGE, (text) => text.replaceAll('\n', '\r\n'))],
    ['with the lines of old Macs', () => edit(PAGE, (text) => text.replaceAll('\n', '\r'))],
    ['with a mark for UTF-8', () => edit(`${MODULE}/quiz.yaml`, (text) => `\uFEFF${text}`)],
    ['without its last line end', () => edit(PAGE, (text) => text.trimEnd())],
    ['with spaces after ---', () => edit(PAGE, (text) => text.replaceAll('---\n', '---  \n'))],
    ['with other quotes', () => edit(PAGE, (text) => text.replace(/title: (.*)/, 'title: "$1"'))],
    ['with what a Mac leaves in it', () => write(`${MODULE}/.DS_Store`, 'x')],
    ['with notes beside it', () => write(`${MODULE}/anteckningar.txt`, 'x')],
  ])('%s', (_, change) => {
    change();
    expect(readContent(root)).toEqual({ kind: 'read', modules: [document], facts });
  });

  test('with sections numbered without a first zero, in the order of their numbers', () => {
    const sections = Array.from({ length: 11 }, (__, index) => ({
      ...document.sections[0]!,
      slug: `avsnitt-${'abcdefghijk'[index]}`,
      body: bodyOf(`Text ${index}.`),
    }));
    const quiz = {
      ...document.quiz,
      questions: document.quiz.questions.map((one) => ({ ...one, section: 'avsnitt-a' })),
    };
    const long = { ...document, sections, quiz };
    rmSync(root, { recursive: true });
    for (const [path, text] of writeContent([long], facts)) {
      write(path.replace(/\/0(\d-)/, '/$1'), text.replaceAll('section: 01-', 'section: 1-'));
    }
    expect(readContent(root)).toEqual({ kind: 'read', modules: [long], facts });
  });
});

describe('A content folder is refused by name', () => {
  test.each<[string, () => void, string]>([
    ['for a page of another kind', () => write(`${MODULE}/04-nytt.md`, 'x'), `${MODULE}/04-nytt.md:1:1: hör`],
    ['for a page in capitals', () => move(PAGE, `${MODULE}/01-ett.MDX`), `${MODULE}/01-ett.MDX:1:1: hör`],
    ['for a folder in a module', () => write(`${MODULE}/mer/01-a.mdx`, 'x'), `${MODULE}/mer:1:1: hör`],
    ['for a page outside of modules', () => write('kurs/01-a.mdx', 'x'), 'kurs/01-a.mdx:1:1: hör'],
    ['for unknown facts', () => write('fakta/lagar.yaml', '[]'), 'fakta/lagar.yaml:1:1: hör'],
    [
      'for facts with another ending',
      () => move('fakta/laws.yaml', 'fakta/laws.yml'),
      'fakta/laws.yml:1:1: hör',
    ],
    ['for a folder in capitals', () => move('fakta', 'Fakta'), 'Fakta:1:1: mappen ska heta fakta'],
    [
      'for a folder as it is spelt',
      () => move('fordjupning', 'fördjupning'),
      'fördjupning:1:1: mappen ska heta',
    ],
    [
      'for a section in capitals',
      () => move(PAGE, `${MODULE}/01-Ett.mdx`),
      `${MODULE}/01-Ett.mdx:1:1: avsnittets`,
    ],
    ['for a section with å', () => move(PAGE, `${MODULE}/01-å.mdx`), `${MODULE}/01-å.mdx:1:1: avsnittets`],
    [
      'for another encoding',
      () => write(PAGE, Buffer.from('Å', 'latin1')),
      `${PAGE}:1:1: filen är inte text`,
    ],
    ['for a file that is too large', () => write(PAGE, 'a'.repeat(200_001)), `${PAGE}:1:1: filen är större`],
    [
      'for a fact that is there twice, at its line',
      () => edit('fakta/sources.yaml', (text) => text.replace('id: annan', 'id: kalla')),
      'fakta/sources.yaml:9:7: id: två poster',
    ],
    [
      'for a tab before a key',
      () => edit(PAGE, (text) => text.replace('minutes:', '\tminutes:')),
      `${PAGE}:3:1: raden är indragen med tabb`,
    ],
    [
      'for a colon without quotes',
      () => edit(PAGE, (text) => text.replace(/title: .*/, 'title: Ett: två')),
      `${PAGE}:2:8: en text med kolon`,
    ],
    [
      'for a quote that is not closed',
      () => edit(PAGE, (text) => text.replace(/title: .*/, 'title: "Ett')),
      `${PAGE}:7:1: ett citattecken`,
    ],
    [
      'for a tab in a text',
      () => edit(PAGE, (text) => `${text}\n- a\n\t- b\n`),
      `${PAGE}:12:1: tabb går inte`,
    ],
    ['for a bare <', () => edit(PAGE, (text) => `${text}\nfärre än <5\n`), `${PAGE}:11:11: en del`],
  ])('%s', (_, change, expected) => {
    change();
    expect(problems().join('\n')).toContain(expected);
  });

  test('for each of its files that is wrong', () => {
    write('fakta/lagar.yaml', '[]');
    write(PAGE, Buffer.from('Å', 'latin1'));
    expect(problems()).toHaveLength(2);
  });

  test.skipIf(process.platform === 'win32')('for links, which are not followed', () => {
    for (const path of [PAGE, 'fakta/laws.yaml', MODULE]) {
      renameSync(at(path), join(folder, 'elsewhere'));
      symlinkSync(join(folder, 'elsewhere'), at(path));
      expect(problems()).toContain(
        `${path}:1:1: en länk till en annan plats läses inte; lägg själva filen eller mappen här`,
      );
      rmSync(at(path));
      renameSync(join(folder, 'elsewhere'), at(path));
    }
  });
});
