import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { queryIndicator } from '#db/queries/indicator.ts';
import { seedScale, type ScaleOptions, type ScaleResult } from '#db/seed/scale.ts';
import { shareOut } from '#db/seed/scale-units.ts';
import { runCommandLine } from '#src/cli/program.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { countNaively, type World } from '../support/indicator-oracle.ts';
import { publishSampleCourse } from '../support/training.ts';

const TODAY = '2026-06-15';
const options: ScaleOptions = {
  people: 2_000,
  municipalities: 3,
  years: 10,
  completionsPerPerson: 5,
  today: TODAY,
  hashPassword: async () => 'hash',
};

let database: TestDatabase;
let catalogue: string[];
let result: ScaleResult;
beforeAll(async () => {
  database = await createTestDatabase();
  await publishSampleCourse(database.db);
  catalogue = await describeTables(database);
  result = await seedScale(database.url, options);
});
afterAll(() => database.drop());

const number = async (query: PromiseLike<readonly unknown[]>) =>
  Number(Object.values((await query)[0] ?? {})[0]);

async function describeTables({ sql }: TestDatabase): Promise<string[]> {
  const rows = await sql<{ line: string }[]>`
    select concat_ws(' ', conrelid::regclass, conname, convalidated, pg_get_constraintdef(oid)) as line
    from pg_constraint where connamespace = 'public'::regnamespace
    union all select indexdef from pg_indexes where schemaname = 'public'
    union all select concat_ws(' ', tgrelid::regclass, tgname, tgenabled) from pg_trigger where not tgisinternal
    order by 1`;
  return rows.map(({ line }) => line);
}

/** Every fact in a form that does not depend on the numbers that the database gives. */
async function digest({ sql }: TestDatabase): Promise<Record<string, unknown>> {
  const [row] = await sql`
    select
      (select md5(string_agg(p::text, ' ' order by p.id)) from person p) as person,
      (select md5(string_agg(concat_ws(' ', e.person_id, u.code, e.title, e.is_manager, e.valid), ' '
        order by e.person_id, u.code, e.valid)) from employment e join unit u on u.id = e.unit_id) as employment,
      (select md5(string_agg(concat_ws(' ', c.id, c.person_id, c.module_slug, c.method, c.completed_at), ' '
        order by c.id)) from completion c) as completion,
      (select md5(string_agg(x.completion_id::text, ' ' order by x.completion_id)) from completion_correction x) as correction,
      (select md5(string_agg(concat_ws(' ', u.code, above.code, p.kind, p.name, p.valid), ' ' order by u.code, p.valid))
        from unit_period p join unit u on u.id = p.unit_id left join unit above on above.id = p.parent_id) as tree,
      (select md5(string_agg(concat_ws(' ', u.code, t.year, t.percent), ' ' order by u.code, t.year))
        from target t join unit u on u.id = t.unit_id) as target`;
  return { ...row };
}

async function readWorld({ sql }: TestDatabase): Promise<World> {
  const units = await sql<World['units'][number][]>`
    select u.code, jsonb_agg(jsonb_build_object('from', lower(p.valid), 'until', upper(p.valid),
      'parent', above.code, 'kind', p.kind, 'name', p.name)) as periods
    from unit u join unit_period p on p.unit_id = u.id left join unit above on above.id = p.parent_id group by u.code`;
  const people = await sql<World['people'][number][]>`
    select (select jsonb_agg(jsonb_build_object('unit', u.code, 'title', e.title, 'isManager', e.is_manager,
        'from', lower(e.valid), 'until', upper(e.valid))) from employment e join unit u on u.id = e.unit_id
        where e.person_id = p.id) as employments,
      coalesce((select jsonb_agg(jsonb_build_object('module', c.module_slug, 'version', null, 'on', c.completed_on,
        'isVoided', exists (select from completion_correction x where x.completion_id = c.id)))
        from completion c where c.person_id = p.id), '[]') as completions
    from person p`;
  const targets = await sql<World['targets'][number][]>`
    select u.code as unit, t.year, t.percent::float8 as percent from target t join unit u on u.id = t.unit_id`;
  const requirement = { module: 'grundkurs', from: null, until: null, months: null };
  return { units: [...units], people: [...people], requirements: [requirement], targets: [...targets] };
}

describe('the measuring data', () => {
  test('is the same for the same numbers and day', async () => {
    const other = await createTestDatabase();
    try {
      await publishSampleCourse(other.db);
      await seedScale(other.url, options);
      expect(await digest(other)).toEqual(await digest(database));
    } finally {
      await other.drop();
      process.env['DATABASE_URL'] = database.url;
    }
  });

  test('employs exactly as many as asked for, in municipalities from large to small', async () => {
    const rows = await queryIndicator(database.db, { asOf: TODAY });
    const roots = rows.filter(({ parentCode }) => parentCode === null);
    expect(roots.map(({ code }) => code).sort()).toEqual(['K001', 'K002', 'K003']);
    const { sql } = database;
    expect(
      await number(sql`select count(distinct person_id) from employment where valid @> ${TODAY}::text::date`),
    ).toBe(options.people);
    // Somebody may work in two municipalities.
    const sizes = shareOut(options.people, options.municipalities);
    for (const { code, employed } of roots) {
      const size = sizes[Number(code.slice(1)) - 1] ?? 0;
      expect(employed).toBeGreaterThanOrEqual(size);
      expect(employed).toBeLessThan(size * 1.02 + 3);
    }
  });

  test('shares out any number of people between any number of municipalities', () => {
    for (const [people, municipalities] of [
      [50, 1],
      [100_000, 30],
      [1_000_000, 290],
      [25_000, 500],
    ] as const) {
      const sizes = shareOut(people, municipalities);
      expect(sizes.reduce((total, size) => total + size, 0)).toBe(people);
      expect(sizes).toHaveLength(municipalities);
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(50);
    }
  });

  test('gives figures that agree with counting by hand, also before and after the reorganisation', async () => {
    const world = await readWorld(database);
    for (const asOf of ['2016-06-14', '2016-06-15', '2020-12-31', '2021-01-01', TODAY]) {
      expect(await queryIndicator(database.db, { asOf }), asOf).toEqual(countNaively(world, asOf));
    }
  });

  test('knows more each year, has people in two places, moves, leavers and protected people', async () => {
    const { sql } = database;
    const shares: number[] = [];
    for (const asOf of ['2017-06-15', '2020-06-15', '2023-06-15', TODAY]) {
      const [row] = await queryIndicator(database.db, { asOf });
      shares.push((row?.completed ?? 0) / (row?.employed ?? 1));
    }
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBeGreaterThan(0.4);
    const several = sql`
      select count(*) from (select from employment where valid @> ${TODAY}::text::date
        group by person_id having count(*) > 1) x`;
    expect(await number(several)).toBeGreaterThan(10);
    expect(await number(sql`select count(*) from person where is_protected`)).toBeGreaterThan(0);
    expect(await number(sql`select count(*) from person where is_protected and email is not null`)).toBe(0);
    expect(
      await number(sql`select count(*) from person p where not exists (
        select from employment e where e.person_id = p.id and e.valid @> ${TODAY}::text::date)`),
    ).toBeGreaterThan(400);
    expect(
      await number(sql`select count(*) from completion c where not exists (
        select from employment e where e.person_id = c.person_id and e.valid @> c.completed_on)`),
    ).toBe(0);
  });

  test('has one manager in each unit where people work', async () => {
    const { sql } = database;
    const rows = await sql`
      select u.code from employment e join unit u on u.id = e.unit_id where e.valid @> ${TODAY}::text::date
      group by u.code having count(*) filter (where e.is_manager) <> 1`;
    expect([...rows]).toEqual([]);
  });

  test('has an account per role: the manager leads the employee and at least 200 people', async () => {
    const { sql } = database;
    const accounts = await sql<{ email: string; role: string; code: string; isManager: boolean }[]>`
      select a.email, a.role, u.code, e.is_manager as "isManager" from account a
      join employment e on e.person_id = a.person_id join unit u on u.id = e.unit_id order by a.email`;
    expect(accounts.map(({ email, role, isManager }) => [email, role, isManager])).toEqual([
      ['admin@demo.test', 'admin', false],
      ['chef@demo.test', 'medarbetare', true],
      ['medarbetare@demo.test', 'medarbetare', false],
      ['redaktor@demo.test', 'redaktor', false],
      ['samordnare@demo.test', 'samordnare', false],
    ]);
    const of = (email: string) => accounts.find((row) => row.email === email)?.code ?? '';
    expect(of('medarbetare@demo.test').startsWith(`${of('chef@demo.test')}-`)).toBe(true);
    expect(
      result.kind === 'filled' && result.accounts.find(({ email }) => email.startsWith('chef'))?.staff,
    ).toBeGreaterThanOrEqual(200);
    expect(
      await number(sql`select count(*) from completion c join account a using (person_id)
        where a.email = 'medarbetare@demo.test'`),
    ).toBe(0);
  });

  test('leaves every index, constraint and guard as it was', async () => {
    expect(await describeTables(database)).toEqual(catalogue);
  });

  test('is not put beside anything else', async () => {
    const before = await digest(database);
    expect(await seedScale(database.url, options)).toEqual({ kind: 'not-empty' });
    expect(await digest(database)).toEqual(before);
  });
});

describe('the command demo scale', () => {
  async function run(line: string, isDemo = true) {
    let out = '';
    let err = '';
    process.env['DEMO'] = isDemo ? '1' : '0';
    try {
      const code = await runCommandLine(line.split(' '), {
        say: (text) => (out += `${text}\n`),
        write: (text) => (out += text),
        complain: (text) => (err += `${text}\n`),
        readInput: async () => '',
        withDatabase: (work) => work(database.url),
      });
      return { code, out, err };
    } finally {
      delete process.env['DEMO'];
    }
  }

  test.each([
    ['--people ett --municipalities 3', /heltal från 50/],
    ['--people 1.5 --municipalities 3', /heltal/],
    ['--people 2000 --municipalities 0', /heltal från 1 till 500/],
    ['--people 2000 --municipalities 3 --years 0', /heltal från 1 till 30/],
    ['--people 2000 --municipalities 3 --completions-per-person 99', /tal från 0 till 6/],
    ['--municipalities 3', /--people/],
    ['--people 100 --municipalities 3', /minst 50 anställda/],
  ])('refuses %s and says why', async (line, reason) => {
    const { code, err } = await run(`demo scale ${line}`);
    expect(code).not.toBe(0);
    expect(err).toMatch(reason);
  });

  test('explains itself', async () => {
    const { code, out } = await run('demo scale --help');
    expect(code).toBe(0);
    expect(out).toMatch(/--people <antal>[\s\S]*--municipalities <antal>[\s\S]*annars 10/);
  });

  test('refuses a database that holds something, and one that is not a demo', async () => {
    const full = await run('demo scale --people 2000 --municipalities 3');
    expect(full.code).toBe(1);
    expect(full.err).toMatch(/inte tom.*inget har ändrats/);
    const real = await run('demo scale --people 2000 --municipalities 3', false);
    expect(real.code).toBe(1);
    expect(real.err).toMatch(/DEMO=1/);
  });
});
