import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cp, lstat, mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { eq, isNull } from 'drizzle-orm';
import { findEditorByEmail } from '#db/queries/accounts.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findCurrentRelease } from '#db/queries/releases.ts';
import { listAuthors } from '#db/queries/reviews.ts';
import { draft, draftRevision, publication, review } from '#db/schema/editorial.ts';
import { discardDraft, openDraft } from '#src/features/editorial/drafts.server.ts';
import { publishDraft } from '#src/features/content-exchange/publish-draft.server.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { publishShippedContent } from '#src/features/releases/publish-shipped.server.ts';
import { createAccount } from '../support/accounts.ts';
import { runLine } from '../support/command-line.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { removeFolder } from '../support/remove-folder.ts';

const PAGE = 'kurs/del-1/01-varfor-ska-jag-kunna-det-har.mdx';
const SENTENCE = 'Fastighetsteknikern Britta öppnar kursen';

let database: TestDatabase;
let folder: string;
/** What is published, as `content export` writes it. */
let exported: string;
let author: Actor;
let copies = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'content-cli-'));
  database = await createTestDatabase();
  await publishShippedContent(database.db);
  author = await addEditor('skribent@exempel.test', 'redaktor');
  await addEditor('granskare@exempel.test', 'admin');
  await addEditor('samordnare@exempel.test', 'samordnare');
  exported = join(folder, 'exported');
  const { code, err } = await run(['content', 'export', exported]);
  if (code !== 0) throw new Error(err);
});

afterAll(async () => {
  await database.drop();
  await removeFolder(folder);
});

beforeEach(async () => {
  const open = await database.db.select().from(draft).where(isNull(draft.closedAt));
  for (const { id } of open) await discardDraft(author, id);
});

const run = (line: string[]) => runLine(line, { url: database.url });

async function addEditor(email: string, role: 'redaktor' | 'admin' | 'samordnare'): Promise<Actor> {
  const { id, personId } = await createAccount(database.db, { email, role, name: email });
  return { accountId: id, personId, name: email, role, isManager: false, isProtected: false };
}

/** The command in a process of its own, as `npm run cli` starts it. */
async function spawnCli(args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, ['src/cli/main.ts', ...args], {
    env: { ...process.env, DATABASE_URL: database.url, DEMO: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: code as number | null, out, err };
}

/** A copy of what is published, with files changed. */
async function folderWith(changes: Record<string, (before: string) => string>): Promise<string> {
  const copy = join(folder, `copy-${(copies += 1)}`);
  await cp(exported, copy, { recursive: true });
  for (const [path, change] of Object.entries(changes)) {
    const before = await readFile(join(copy, path), 'utf8').catch(() => '');
    const after = change(before);
    if (after === before) throw new Error(`${path} has not changed`);
    await writeFile(join(copy, path), after);
  }
  return copy;
}

const reword = (sentence: string) => ({ [PAGE]: (page: string) => page.replace(SENTENCE, sentence) });
const addWord = (id: string) => ({
  'fakta/words.yaml': (words: string) =>
    `${words}\n- id: ${id}\n  avoid: ${id}\n  instead: kvinna\n  why: Det är vänligare.\n`,
});
const openSubjects = async () =>
  (await database.db.select().from(draft).where(isNull(draft.closedAt))).map(({ subject }) => subject);

async function readTree(root: string): Promise<Map<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== '.export.json');
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(
    await Promise.all(
      paths.map(async (path) => [path.slice(root.length + 1), await readFile(path, 'base64')] as const),
    ),
  );
}

describe('content export', () => {
  test('writes what is published, the same bytes every time, and leaves nothing else behind', async () => {
    const again = join(folder, 'again');
    const first = await run(['content', 'export', again]);
    expect(first.out).toContain('11 moduler och fakta');
    const tree = await readTree(again);
    expect(tree).toEqual(await readTree(exported));
    expect([...tree.keys()]).toContain(PAGE);
    expect([...tree.keys()]).toContain('fakta/laws.yaml');
    expect(await run(['content', 'export', again])).toMatchObject({ code: 0, err: '' });
    expect(await readTree(again)).toEqual(tree);
    expect((await readdir(again)).sort()).toEqual(['.export.json', 'fakta', 'fordjupning', 'kurs']);
  });

  test('goes into a folder that holds other things too, such as content in git, and leaves them', async () => {
    const shared = join(folder, 'shared');
    await cp('content', shared, { recursive: true });
    const before = await readTree(shared);
    expect(await run(['content', 'export', shared])).toMatchObject({ code: 0, err: '' });
    expect(await readTree(shared)).toEqual(before);
    expect([...before.keys()]).toContain('sidor/stod.mdx');
  });

  test.each<[string, string, string]>([
    ['a file that has been changed', PAGE, 'ändrat'],
    ['a file that no export has written', 'kurs/del-1/anteckningar.txt', 'mitt'],
    ['a file where a folder is to be', 'bilder', 'mitt'],
  ])('does not replace %s unless told to', async (_, path, content) => {
    const taken = await folderWith({ [path]: () => content });
    const before = await readTree(taken);
    const { code, out, err } = await run(['content', 'export', taken]);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(`Inget är skrivet. 1 fil i ${taken} har ändrats`);
    expect(err).toContain(path);
    expect(await readTree(taken)).toEqual(before);
    expect(await run(['content', 'export', taken, '--replace'])).toMatchObject({ code: 0, err: '' });
    expect(await readTree(taken)).toEqual(await readTree(exported));
  });

  test('replaces what an earlier export wrote, and takes away what is no longer published', async () => {
    const earlier = await folderWith({});
    const gone = 'kurs/del-1/99-borttaget.mdx';
    const receipt = JSON.parse(await readFile(join(earlier, '.export.json'), 'utf8')) as Record<
      string,
      string
    >;
    await writeFile(join(earlier, gone), 'borta');
    await writeFile(join(earlier, PAGE), 'förr');
    const hash = (text: string) => createHash('sha256').update(text).digest('hex');
    const then = { ...receipt, [gone]: hash('borta'), [PAGE]: hash('förr') };
    await writeFile(join(earlier, '.export.json'), JSON.stringify(then));
    expect(await run(['content', 'export', earlier])).toMatchObject({ code: 0, err: '' });
    expect(await readTree(earlier)).toEqual(await readTree(exported));
  });

  test('goes where a link leads, and leaves the link', async () => {
    const [place, link] = [join(folder, 'place'), join(folder, 'link')];
    await mkdir(place);
    await symlink(place, link);
    expect(await run(['content', 'export', link])).toMatchObject({ code: 0, err: '' });
    expect(await readTree(place)).toEqual(await readTree(exported));
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
  });

  test('is not written where there is a file', async () => {
    const file = join(folder, 'fil.txt');
    await writeFile(file, 'mitt');
    expect(await run(['content', 'export', file])).toMatchObject({
      code: 1,
      err: `Inget är skrivet. ${file} är en fil. Välj en mapp eller ett namn som inte finns.\n`,
    });
    expect(await readFile(file, 'utf8')).toBe('mitt');
  });
});

describe('content import', () => {
  test('of a file, or of a folder without content, says so', async () => {
    const [file, empty] = [join(folder, 'fil.md'), join(folder, 'tom')];
    await writeFile(file, 'text');
    await mkdir(empty);
    const words = ['Det finns ingen mapp som heter', 'Det finns inga moduler eller fakta i'];
    for (const [index, name] of [file, empty].entries()) {
      const { code, err } = await run(['content', 'import', name]);
      expect([code, err]).toEqual([
        1,
        expect.stringContaining(`Inget har ändrats. ${words[index]} ${name}.`),
      ]);
    }
  });

  test('of what has just been exported changes nothing', async () => {
    const { code, out } = await run(['content', 'import', exported]);
    expect(code).toBe(0);
    expect(out).toContain('Inget har ändrats.');
    expect(await openSubjects()).toEqual([]);
  });

  test.each<[string, string, (before: string) => string, RegExp]>([
    ['code', PAGE, (page) => `${page}\n{process.exit()}\n`, /\.mdx:\d+:1: /],
    ['an unknown piece', PAGE, (page) => `${page}\n<Script src="x" />\n`, /\.mdx:\d+:1: /],
    ['an import', PAGE, (page) => `${page}\nimport x from 'node:fs'\n`, /\.mdx:\d+:1: /],
    ['a link that runs', PAGE, (page) => `${page}\n[x](javascript:alert(1))\n`, /\.mdx:\d+:\d+: /],
    ['bad YAML', 'kurs/del-2/quiz.yaml', (quiz) => `${quiz}\n  - [`, /quiz\.yaml:\d+:\d+: /],
    ['an anchor in YAML', 'fakta/words.yaml', (words) => `${words}\n- &a {}\n`, /words\.yaml:\d+:\d+: /],
    ['a field too many', PAGE, (page) => page.replace('minutes: 3', 'minutes: 3\nevil: 1'), /\.mdx:4:1: /],
  ])(
    'of %s is refused by file, line and column',
    async (what, path, change, place) => {
      const bad = await folderWith({
        [path]: change,
        'kurs/del-3/index.mdx': (page) => page.replace('. ', '!  '),
      });
      // The first in a process of its own, as it is started.
      const { code, out, err } = await (what === 'code' ? spawnCli : run)(['content', 'import', bad]);
      expect([code, out]).toEqual([1, '']);
      expect(err).toContain(path);
      expect(err).toMatch(place);
      expect(err).toContain('Inget har ändrats.');
      expect(await openSubjects()).toEqual([]);
    },
    180_000,
  );

  test('of a fact that may not be shown is stopped by the gate, at the line of the fact', async () => {
    const bad = await folderWith({
      'fakta/laws.yaml': (laws) => laws.replace(/(id: sol-19-1\n[\s\S]*?status: )verified/, '$1unverified'),
    });
    const { code, out, err } = await run(['content', 'import', bad]);
    expect([code, out]).toEqual([1, '']);
    const lines = (await readFile(join(bad, 'fakta/laws.yaml'), 'utf8')).split('\n');
    const line = lines.findIndex((one) => one.endsWith('id: sol-19-1')) + 1;
    expect(err).toMatch(new RegExp(`^fakta/laws\\.yaml:${line}:3: .+`, 'm'));
    expect(err).toMatch(/Kontrollen hittade \d+ fel/);
    expect(await openSubjects()).toEqual([]);
  });

  test('of a fact that nobody has checked for long goes in with a warning', async () => {
    const old = await folderWith({
      'fakta/laws.yaml': (laws) => laws.replace(/^  checked: [\d-]+$/m, '  checked: 2020-01-01'),
    });
    const { code, err } = await run(['content', 'import', old]);
    expect(code).toBe(0);
    expect(err).toMatch(/^varning: fakta\/laws\.yaml:\d+:3: /m);
    expect(await openSubjects()).toEqual(['fakta']);
  });

  test('of a text that names an unknown fact is stopped at the line of the block', async () => {
    const bad = await folderWith({
      [PAGE]: (page) => page.replace('<Contact id="akut-112" />', '<Contact id="finns-inte" />'),
    });
    const { code, err } = await run(['content', 'import', bad]);
    const lines = (await readFile(join(bad, PAGE), 'utf8')).split('\n');
    const line = lines.findIndex((one) => one.includes('finns-inte')) + 1;
    expect(code).toBe(1);
    expect(err).toContain(`${PAGE}:${line}:1: `);
    expect(await openSubjects()).toEqual([]);
  });

  test('of what has changed makes drafts of that alone, as written by who is named; a dry run none', async () => {
    const changed = await folderWith(addWord('tant'));
    const dry = await run(['content', 'import', changed, '--dry-run']);
    expect(dry).toMatchObject({ code: 0 });
    expect(dry.out).toContain('Torrkörning: inget har ändrats. Detta skulle bli utkast: fakta.');
    expect(await openSubjects()).toEqual([]);

    const done = await run(['content', 'import', changed, '--by', 'skribent@exempel.test']);
    expect(done).toMatchObject({ code: 0 });
    expect(done.out).toContain('Utkast med ändringarna i mappen: fakta.');
    expect(await openSubjects()).toEqual(['fakta']);
    const [open] = await database.db.select().from(draft).where(isNull(draft.closedAt));
    expect((await listAuthors(database.db, open!.id)).map(({ personId }) => personId)).toEqual([
      author.personId,
    ]);
    const revisions = await database.db.select().from(draftRevision);
    const imported = revisions.filter(({ draftId, cause }) => draftId === open!.id && cause === 'import');
    expect(imported.map(({ part }) => part)).toEqual(['words/tant']);
    const same = await run(['content', 'import', changed]);
    expect(same.out).toContain('redan är utkast');
  });

  test('leaves a draft with other changes alone unless told to write over it', async () => {
    expect((await run(['content', 'import', await folderWith(addWord('den-forsta'))])).code).toBe(0);
    const other = await folderWith(addWord('den-andra'));
    const { code, err } = await run(['content', 'import', other]);
    expect(code).toBe(1);
    expect(err).toContain('Det finns utkast med andra ändringar: fakta.');
    expect((await run(['content', 'import', other, '--replace'])).code).toBe(0);
    const parts = await database.sql`select part from draft_part p join draft d on d.id = p.draft_id
      where d.closed_at is null and part like 'words/den-%'`;
    expect(parts.map(({ part }) => part)).toEqual(['words/den-andra']);
  });

  test('of one fact file leaves the rest as it is', async () => {
    const some = join(folder, 'one-file');
    await mkdir(join(some, 'fakta'), { recursive: true });
    const changed = await folderWith(addWord('ensam'));
    await cp(join(changed, 'fakta/words.yaml'), join(some, 'fakta/words.yaml'));
    expect((await run(['content', 'import', some])).code).toBe(0);
    const [count] = await database.sql`select count(*)::int as laws from draft_part p
      join draft d on d.id = p.draft_id where d.closed_at is null and part like 'laws/%'`;
    expect(count?.['laws']).toBeGreaterThan(5);
  });

  test.each([
    [['content', 'import', '/finns-inte'], 'Det finns ingen mapp som heter /finns-inte'],
    [['content', 'import', '.', '--by', 'samordnare@exempel.test'], '--by ska vara'],
    [['content', 'import', '.', '--by', 'ingen@exempel.test'], '--by ska vara'],
  ])('%j is refused in words', async (line, words) => {
    const { code, out, err } = await run(line);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(words);
  });
});

describe('content publish', () => {
  const BY = ['--by', 'skribent@exempel.test', '--approved-by', 'granskare@exempel.test'];
  const publish = (...more: string[]) => ['content', 'publish', 'del-1', '--reason', 'En ny mening', ...more];
  const nothingLeft = async () => {
    expect(await database.db.select().from(review)).toEqual([]);
    expect(await database.db.select().from(publication)).toEqual([]);
  };

  test.each<[string, string[], string]>([
    ['no draft', ['--change', 'minor', ...BY], 'Det finns inget utkast av del-1'],
    ['months for a small change', ['--change', 'minor', '--months', '3', ...BY], '--months hör bara'],
    ['a requirement without months', ['--change', 'requirement', ...BY], 'behöver --months'],
    ['too many months', ['--change', 'requirement', '--months', '25', ...BY], 'mellan 1 och 24'],
    [
      'one person',
      ['--change', 'minor', '--by', 'skribent@exempel.test', '--approved-by', 'SKRIBENT@exempel.test'],
      'två olika personer',
    ],
    [
      'somebody who is no editor',
      ['--change', 'minor', '--by', 'skribent@exempel.test', '--approved-by', 'samordnare@exempel.test'],
      '--approved-by ska vara',
    ],
  ])('with %s is refused in words', async (_, more, words) => {
    const { code, out, err } = await run(publish(...more));
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(words);
    await nothingLeft();
  });

  test('approved by who wrote it is refused, and leaves nothing behind', async () => {
    const changed = await folderWith(addWord('egen'));
    await run(['content', 'import', changed, '--by', 'granskare@exempel.test']);
    const { code, err } = await run([
      'content',
      'publish',
      'fakta',
      '--reason',
      'x',
      '--change',
      'minor',
      ...BY,
    ]);
    expect(code).toBe(1);
    expect(err).toContain('--approved-by har skrivit i utkastet');
    await nothingLeft();
    expect(await openSubjects()).toEqual(['fakta']);
  });

  test('of an unfinished draft is stopped by the gate', async () => {
    await run(['content', 'import', await folderWith(addWord('ofardig'))]);
    await database.sql`update draft_part set content = jsonb_set(content, '{why}', '""')
      where part = 'words/ofardig'`;
    const { code, err } = await run([
      'content',
      'publish',
      'fakta',
      '--reason',
      'x',
      '--change',
      'minor',
      ...BY,
    ]);
    expect(code).toBe(1);
    expect(err).toMatch(/^fakta\/words\/ofardig: /m);
    expect(err).toContain('Kontrollen hittade');
    await nothingLeft();
  });

  test('of a draft that says what readers see is refused, and leaves nothing behind', async () => {
    await openDraft(author, 'del-1');
    const { code, err } = await run(publish('--change', 'minor', ...BY));
    expect([code, err]).toEqual([1, expect.stringContaining('Läsarna ser redan det som står i utkastet')]);
    await nothingLeft();
  });

  test('of imported files gives readers them, and an export that is the same bytes', async () => {
    const changed = await folderWith(reword('Fastighetsskötaren Britta öppnar kursen'));
    await run(['content', 'import', changed, '--by', 'skribent@exempel.test']);
    const { code, out, err } = await spawnCli(publish('--change', 'requirement', '--months', '6', ...BY));
    expect([code, out]).toEqual([0, 'del-1 är publicerad. Läsarna ser utgåva 2.\n']);
    expect(err).toMatch(/Bygga sidorna[\s\S]*Visa dem för läsarna/);
    expect((await findCurrentRelease(database.db))?.id).toBe(2);
    expect(await openSubjects()).toEqual([]);
    const after = join(folder, 'after');
    expect((await run(['content', 'export', after])).code).toBe(0);
    expect(await readTree(after)).toEqual(await readTree(changed));
  }, 180_000);

  test('whose database goes away while the pages are built is left for a node to take up', async () => {
    await run(['content', 'import', await folderWith(addWord('avbruten'))]);
    const approver = { ...author, ...(await findEditorByEmail(database.db, 'granskare@exempel.test')) };
    const wanted = {
      subject: 'fakta',
      by: author,
      approver,
      change: 'minor',
      reason: 'x',
      months: null,
    } as const;
    const result = await publishDraft(wanted, async (step) => {
      if (step === 'build')
        await database.sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and query like '%pg_try_advisory_lock%' and pid <> pg_backend_pid()`;
    });
    expect(result).toEqual({ kind: 'broken-off' });
    expect(
      await database.db.select().from(publication).where(eq(publication.state, 'building')),
    ).toHaveLength(1);
  });
});

test.each(['content --help', 'content export --help', 'content import --help', 'content publish --help'])(
  '%s explains itself in Swedish',
  async (line) => {
    const { code, out, err } = await run(line.split(' '));
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Användning:');
    expect(out).not.toMatch(/Usage|Options|Commands|display help/);
  },
);
