import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DrizzleQueryError } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommandLine } from '#src/cli/program.ts';
import { verifyPassword } from '#src/features/auth/password.ts';
import { toCsv, toJson } from '#src/features/indicator/indicator-files.ts';
import { getIndicator } from '#src/features/indicator/indicator.server.ts';
import { runLine } from '../support/command-line.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { publishSampleCourse } from '../support/training.ts';
import { removeFolder } from '../support/remove-folder.ts';

const HEADERS = {
  units: 'kod;namn;typ;overordnad',
  staff: 'anstnr;namn;epost;enhet;befattning;fran;till;chef;skyddad',
  completions: 'anstnr;modul;datum;kalla',
};

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-'));
  database = await createTestDatabase();
  await publishSampleCourse(database.db);
  await database.sql`insert into requirement (module_slug, valid) values ('grundkurs', '(,)')`;
});
afterAll(async () => {
  await database.drop();
  await removeFolder(folder);
});

const run = (line: string | string[], { input = '', url = database.url } = {}) =>
  runLine(line, { input, url });

let files = 0;
async function write(kind: keyof typeof HEADERS, ...rows: string[]): Promise<string> {
  const path = join(folder, `${(files += 1)}-${kind}.csv`);
  await writeFile(path, [HEADERS[kind], ...rows].join('\r\n'));
  return path;
}

const TREE = ['K;Kommunen;kommun;', 'F;Förvaltningen;forvaltning;K', 'A;Enhet A;enhet;F'];
const person = (number: number) =>
  `${number};Namn ${number};${number}@demo.test;A;lärare;2020-01-01;;nej;nej`;
const everyone = Array.from({ length: 30 }, (_, index) => person(index + 1));

describe('help', () => {
  test.each([
    '--help',
    'import --help',
    'import staff --help',
    'indicator --help',
    'user create --help',
    'backup --help',
    'restore --help',
    'year fix --help',
    'mail preview --help',
    'year show --help',
    'help',
  ])('%s explains itself in Swedish and succeeds', async (line) => {
    const { code, out, err } = await run(line);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Användning:');
    expect(out).not.toMatch(/Usage|Options|Commands|display help|default:|choices:/);
  });

  test.each([
    '',
    'okant',
    'import',
    'import units',
    'import units a b',
    'indicator --okant',
    'indicator --format xml',
    'user create --email a@b.se',
    'user create --email a@b.se --name N --role chef',
  ])('%j is not understood, and fails', async (line) => {
    const { code, err } = await run(line === '' ? [] : line);
    expect(code).toBe(2);
    expect(err).toMatch(/Okänt|saknas|Ogiltigt|För många|Ange ett kommando/);
  });
});

describe('import', () => {
  test('of a whole organisation succeeds, and a dry run changes nothing', async () => {
    const units = await write('units', ...TREE);
    const dry = await run(['import', 'units', units, '--dry-run']);
    expect(dry).toMatchObject({ code: 0, err: '' });
    expect(dry.out).toContain('nya 3, flyttade 0, ändrade 0, avslutade 0, oförändrade 0 (enheter)');
    expect(dry.out).toContain('+ F Förvaltningen under K');
    expect(dry.out).toContain('Torrkörning: inget har ändrats.');
    expect(await database.sql`select from unit`).toHaveLength(0);

    expect((await run(['import', 'units', units])).code).toBe(0);
    const staff = await run(['import', 'staff', await write('staff', ...everyone)]);
    expect(staff).toMatchObject({ code: 0, err: '' });
    expect(staff.out).toContain('nya 30');
    expect(staff.out).toContain('… 10 till visas inte');
    expect(staff.out).not.toContain('Namn 1');
    const rows = everyone.slice(0, 12).map((_, index) => `${index + 1};grundkurs;2021-05-05;Malmö Lär`);
    expect((await run(['import', 'completions', await write('completions', ...rows)])).code).toBe(0);
    expect(await database.sql`select from completion`).toHaveLength(12);
  });

  test('of a bad file fails, naming file, line, column and reason', async () => {
    const path = await write('staff', person(31), '32;;32@demo.test;X;;igår;;nej;');
    const { code, out, err } = await run(['import', 'staff', path]);
    expect([code, out]).toEqual([1, '']);
    expect(err.trim().split('\n')).toEqual([
      `${path}, rad 3, kolumn namn: saknas`,
      `${path}, rad 3, kolumn fran: är inte ett datum som ÅÅÅÅ-MM-DD`,
      `${path}, rad 3, kolumn skyddad: saknas: utan ja eller nej vet ingen om personen har skyddade uppgifter`,
      'Inget har ändrats. Fel på 1 rad.',
    ]);
    expect(await database.sql`select from person where employee_number = '31'`).toHaveLength(0);
  });

  test('of a file that lacks too many fails until it is allowed', async () => {
    const path = await write('staff', ...everyone.slice(0, 20));
    const stopped = await run(['import', 'staff', path, '--full']);
    expect(stopped.code).toBe(1);
    expect(stopped.err).toContain('10 av 30 anställda (33,3 %) skulle sluta');
    const dry = await run([
      'import',
      'staff',
      path,
      '--full',
      '--allow-large',
      '--dry-run',
      '--as-of',
      '2026-01-01',
    ]);
    expect(dry).toMatchObject({ code: 0 });
    expect(dry.out).toContain('avslutade 10');
  });

  test('of a file that is not there, a folder or a strange day fails in words', async () => {
    expect(await run('import staff /finns/inte.csv')).toMatchObject({
      code: 1,
      err: 'Filen /finns/inte.csv finns inte.\n',
    });
    expect((await run(['import', 'staff', folder])).code).toBe(1);
    const path = await write('staff', person(1));
    expect(await run(['import', 'staff', path, '--as-of', 'idag'])).toMatchObject({
      code: 1,
      err: '--as-of ska vara ett datum som ÅÅÅÅ-MM-DD.\n',
    });
  });
});

describe('indicator', () => {
  const rows = async (asOf: string) => {
    const result = await getIndicator(null, { asOf });
    if (result.kind !== 'ok') throw new Error(result.kind);
    return result.rows;
  };

  test('gives the rows of the page as a table, CSV and JSON', async () => {
    const table = await run('indicator --as-of 2025-12-31');
    expect(table).toMatchObject({ code: 0, err: '' });
    expect(table.out).toMatch(/Enhet A \(A\) +40,0 +12 +30\n/);
    const csv = await run('indicator --as-of 2025-12-31 --format csv');
    expect(csv.out).toBe(toCsv(await rows('2025-12-31'), '2025-12-31'));
    const json = await run('indicator --as-of 2025-12-31 --format json');
    expect(JSON.parse(json.out)).toEqual(toJson(await rows('2025-12-31'), '2025-12-31'));
  });

  test('gives one unit and those below', async () => {
    const { out } = await run('indicator --enhet F --format json');
    expect(JSON.parse(out).rows.map((row: { enhetskod: string }) => row.enhetskod)).toEqual(['F', 'A']);
  });

  test('hides small groups unless told not to', async () => {
    const early = ['indicator', '--as-of', '2020-06-01', '--format', 'json'];
    await database.sql`update employment set valid = '[2020-07-01,)' where person_id in (
      select id from person where employee_number::int > 5)`;
    const figures = async (line: string[]) =>
      JSON.parse((await run(line)).out).rows.map(
        (row: { antal_anstallda: number | null }) => row.antal_anstallda,
      );
    expect(await figures(early)).toEqual([null, null, null]);
    expect(await figures([...early, '--unsuppressed'])).toEqual([5, 5, 5]);
  });

  test.each([
    ['indicator --as-of 2199-12-31', /^--as-of kan vara senast i dag, \d{4}-\d\d-\d\d\.\n$/],
    ['indicator --as-of 2021-02-30', /ska vara ett datum/],
    ['indicator --enhet SAKNAS', /Enheten SAKNAS fanns inte den/],
  ])('%s fails', async (line, reason) => {
    const { code, err, out } = await run(line);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(reason);
  });
});

describe('user create', () => {
  const create = (email: string, ...rest: string[]) => [
    'user',
    'create',
    '--email',
    email,
    '--name',
    'Ny Person',
    '--role',
    'samordnare',
    ...rest,
  ];
  const find = async (email: string) =>
    (
      await database.sql<{ role: string; hash: string; name: string; number: string | null }[]>`
        select a.role, a.password_hash as hash, p.name, p.employee_number as number
        from account a join person p on p.id = a.person_id where a.email = ${email}`
    )[0];

  test('makes an account with a password that is shown once', async () => {
    const { code, out } = await run(create('ny@demo.test'));
    expect(code).toBe(0);
    const password = /Lösenord, visas bara nu: (\S+)/.exec(out)?.[1] ?? '';
    expect(password.length).toBeGreaterThanOrEqual(20);
    const account = await find('ny@demo.test');
    expect(account).toMatchObject({ role: 'samordnare', name: 'Ny Person', number: null });
    expect(await verifyPassword(account!.hash, password)).toBe(true);
  });

  test('links to the person with the e-mail, or with the number', async () => {
    expect((await run(create('3@DEMO.test'))).code).toBe(0);
    expect(await find('3@demo.test')).toMatchObject({ name: 'Namn 3', number: '3' });
    expect((await run(create('annan@demo.test', '--anstnr', '4'))).code).toBe(0);
    expect(await find('annan@demo.test')).toMatchObject({ name: 'Namn 4', number: '4' });
  });

  test('takes a password from standard input and does not show it', async () => {
    const password = 'ett långt lösenord från en fil';
    const { code, out } = await run(create('fil@demo.test', '--password-stdin'), { input: `${password}\n` });
    expect(code).toBe(0);
    expect(out).not.toContain('ösenord');
    expect(await verifyPassword((await find('fil@demo.test'))!.hash, password)).toBe(true);
  });

  test.each([
    ['an e-mail that has an account', create('ny@demo.test'), ''],
    ['a person who has an account', create('tredje@demo.test', '--anstnr', '3'), ''],
    ['an unknown number', create('x@demo.test', '--anstnr', '999'), ''],
    ['something that is no e-mail', create('x'), ''],
    ['a short password', create('kort@demo.test', '--password-stdin'), 'kort\n'],
  ])('fails for %s and makes nothing', async (_, line, input) => {
    const [before] =
      await database.sql`select (select count(*) from account) as a, (select count(*) from person) as p`;
    const { code, err } = await run(line, { input });
    expect(code).toBe(1);
    expect(err).toContain('Inget konto skapades');
    expect(
      await database.sql`select (select count(*) from account) as a, (select count(*) from person) as p`,
    ).toEqual([before]);
  });
});

describe('backup and restore', () => {
  test('succeed together and fail alone, with an exit code to rely on', async () => {
    const path = join(folder, 'kopia');
    expect(await run(['backup', path])).toMatchObject({ code: 0, err: '' });
    expect(await run(['backup', path])).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('finns redan'),
    });
    expect(await run(['restore', path])).toMatchObject({
      code: 1,
      err: expect.stringContaining('--replace'),
    });
    const target = await createTestDatabase();
    expect(await run(['restore', path], { url: target.url })).toMatchObject({ code: 0, err: '' });
    expect(await target.sql`select from person`).toHaveLength(
      (await database.sql`select from person`).length,
    );
    await target.drop();
    expect(await run('restore /finns/inte')).toMatchObject({
      code: 1,
      err: 'Filen /finns/inte finns inte.\n',
    });
  });
});

describe('what goes wrong', () => {
  test('is told without the values of the statement, which can be names', async () => {
    let err = '';
    const code = await runCommandLine(['indicator'], {
      say: () => undefined,
      write: () => undefined,
      complain: (text) => (err += text),
      readInput: async () => '',
      withDatabase: () =>
        Promise.reject(
          new DrizzleQueryError('insert into person', ['Hemlig Person'], new Error('connection lost')),
        ),
    });
    expect(code).toBe(1);
    expect(err).toBe('Oväntat fel, inget har ändrats: connection lost');
  });

  test('gives the process its exit code', async () => {
    const program = (...args: string[]) =>
      promisify(execFile)(process.execPath, ['src/cli/main.ts', ...args], {
        env: { ...process.env, DATABASE_URL: database.url, DEMO: '0' },
      });
    const { stdout } = await program('indicator', '--format', 'json');
    expect(JSON.parse(stdout).rows).toHaveLength(3);
    await expect(program('indicator', '--enhet', 'SAKNAS')).rejects.toMatchObject({ code: 1 });
    await expect(program('okant')).rejects.toMatchObject({ code: 2 });
  }, 120_000);
});
