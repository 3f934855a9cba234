import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { queryIndicator } from '#db/queries/indicator.ts';
import { DEMO_STAFF, planDemo, seedDemo } from '#db/seed.ts';
import { DEMO_PASSWORD } from '#db/seed/accounts.ts';
import { hashPassword, verifyPassword } from '#src/features/auth/password.ts';
import { suppress } from '#src/features/indicator/suppression.ts';
import { answerDemoQuizzes } from '#src/features/quiz/demo-answers.server.ts';
import { setClock } from '#src/lib/clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { publishSampleCourse } from '../support/training.ts';

const TODAY = '2026-11-22';

let database: TestDatabase;
let seconds: number;
beforeAll(async () => {
  database = await createTestDatabase();
  const began = performance.now();
  await seedDemo(database.db, { today: TODAY, hashPassword });
  seconds = (performance.now() - began) / 1000;
});
afterAll(() => database.drop());

const number = async (query: PromiseLike<readonly unknown[]>) =>
  Number(Object.values((await query)[0] ?? {})[0]);

describe('the demo municipality', () => {
  test('is there within twenty seconds', () => {
    expect(seconds).toBeLessThan(20);
  });

  test('is the same for the same day, and ends on that day', () => {
    const flat = ({ people, completions }: ReturnType<typeof planDemo>) =>
      people
        .flatMap(({ id, given, surname, employments }) =>
          employments.map(({ unit, from, until }) => [id, given, surname, unit.code, from, until].join()),
        )
        .concat(completions.map((it) => Object.values(it).join()));
    const plan = planDemo(TODAY);
    expect(flat(planDemo(TODAY))).toEqual(flat(plan));
    const days = plan.people.flatMap(({ employments, completedOn }) => [
      ...employments.flatMap(({ from, until }) => [from, until ?? from]),
      completedOn ?? TODAY,
    ]);
    expect(days.every((day) => day <= TODAY)).toBe(true);
  });

  test('employs exactly 27 000 people today', async () => {
    const { sql } = database;
    expect(
      await number(sql`select count(distinct person_id) from employment where valid @> ${TODAY}::text::date`),
    ).toBe(DEMO_STAFF);
  });

  test('has exactly 1 800 who took the course in 2021–2022, all employed that day', async () => {
    const { sql } = database;
    expect(
      await number(
        sql`select count(distinct person_id) from completion where completed_on between '2021-01-01' and '2022-12-31'`,
      ),
    ).toBe(1800);
    expect(
      await number(sql`
        select count(*) from completion c where not exists (
          select from employment e where e.person_id = c.person_id and e.valid @> c.completed_on)`),
    ).toBe(0);
  });

  test('has departments, divisions and teams of every size, and none without people on any 31 December', async () => {
    for (const asOf of [
      '2021-01-01',
      '2021-12-31',
      '2022-12-31',
      '2023-12-31',
      '2024-12-31',
      '2025-12-31',
      TODAY,
    ]) {
      const rows = await queryIndicator(database.db, { asOf });
      const count = (kind: string) => rows.filter((row) => row.kind === kind).length;
      expect([count('municipality'), count('department')]).toEqual([1, 13]);
      expect(count('division')).toBeGreaterThan(50);
      expect(count('team')).toBeGreaterThan(800);
      expect(rows.filter(({ employed }) => employed === 0)).toEqual([]);
      expect(rows.some(({ kind, employed }) => kind === 'team' && employed < 10)).toBe(true);
      expect(suppress(rows).filter(({ kind, hidden }) => hidden && kind === 'department')).toEqual([]);
    }
  });

  test('knows more every year, at different pace in each department', async () => {
    const shares: Record<string, number[]> = {};
    for (const asOf of ['2021-12-31', '2022-12-31', '2023-12-31', '2024-12-31', '2025-12-31', TODAY]) {
      for (const row of await queryIndicator(database.db, { asOf })) {
        if (row.depth < 2) (shares[row.code] ??= []).push(row.completed / row.employed);
      }
    }
    for (const share of Object.values(shares)) expect(share).toEqual(share.toSorted((a, b) => a - b));
    const today = Object.entries(shares).flatMap(([code, share]) =>
      code === 'MALMO' ? [] : [share.at(-1) ?? 0],
    );
    expect(Math.max(...today) - Math.min(...today)).toBeGreaterThan(0.3);
    expect(shares['MALMO']?.at(-1)).toBeGreaterThan(0.4);
  });

  test('has people with two employments, also in two departments, and some with protected identity', async () => {
    const { sql } = database;
    const two = sql`
      select count(*) from (
        select person_id from employment e join unit u on u.id = e.unit_id
        where valid @> ${TODAY}::text::date group by person_id
        having count(distinct split_part(u.code, '-', 1)) > 1) x`;
    expect(await number(two)).toBeGreaterThan(50);
    const hidden = await number(sql`
      select count(distinct person_id) from employment join person p on p.id = person_id
      where p.is_protected and valid @> ${TODAY}::text::date`);
    expect(hidden).toBeGreaterThan(27);
    expect(hidden).toBeLessThan(108);
    expect(await number(sql`select count(*) from person where is_protected and email is not null`)).toBe(0);
  });

  test('has one manager in each unit where people work', async () => {
    const { sql } = database;
    const rows = await sql`
      select u.code, count(*) filter (where e.is_manager)::int as managers
      from employment e join unit u on u.id = e.unit_id where e.valid @> ${TODAY}::text::date
      group by u.code having count(*) filter (where e.is_manager) <> 1`;
    expect([...rows]).toEqual([]);
  });

  test('has addresses on demo.test only, each once', async () => {
    const { sql } = database;
    expect(await number(sql`select count(*) from person where email !~ '^[a-z0-9.-]+@demo\\.test$'`)).toBe(0);
    expect(
      await number(sql`select count(*) - count(distinct lower(email)) from person where email is not null`),
    ).toBe(0);
  });

  test('has the accounts with the demo password; medarbetare works for chef and has no completions', async () => {
    const { sql } = database;
    const accounts = await sql<{ email: string; role: string; personId: string; passwordHash: string }[]>`
      select email, role, person_id as "personId", password_hash as "passwordHash" from account order by email`;
    expect(accounts.map(({ email, role }) => `${email} ${role}`)).toEqual([
      'admin@demo.test admin',
      'chef@demo.test medarbetare',
      'granskare@demo.test redaktor',
      'medarbetare@demo.test medarbetare',
      'redaktor@demo.test redaktor',
      'samordnare@demo.test samordnare',
    ]);
    for (const { passwordHash } of accounts)
      expect(await verifyPassword(passwordHash, DEMO_PASSWORD)).toBe(true);
    const [employee, chief] = ['medarbetare@demo.test', 'chef@demo.test'].map(
      (email) => accounts.find((it) => it.email === email)!.personId,
    );
    expect(await number(sql`select count(*) from completion where person_id = ${employee!}`)).toBe(0);
    const [unit] = await sql`
      select u.code, count(*)::int as people
      from employment e join unit u on u.id = e.unit_id
      where e.valid @> ${TODAY}::text::date
        and e.unit_id in (select unit_id from employment where person_id = ${employee!} and valid @> ${TODAY}::text::date)
        and e.unit_id in (select unit_id from employment where person_id = ${chief!} and is_manager and valid @> ${TODAY}::text::date)
      group by u.code`;
    expect(unit!['code']).toMatch(/^FSKF-/);
    expect(unit!['people']).toBeGreaterThanOrEqual(20);
  });

  test('has waivers, one of them in the unit of chef, and self-assessments to show in tens', async () => {
    const { sql } = database;
    expect(await number(sql`select count(*) from waiver where upper(valid) > ${TODAY}::text::date`)).toBe(5);
    expect(
      await number(sql`
        select count(*) from waiver w
        join employment e on e.person_id = w.person_id and e.valid @> ${TODAY}::text::date
        join employment m on m.unit_id = e.unit_id and m.is_manager and m.valid @> ${TODAY}::text::date
        join account a on a.person_id = m.person_id
        where a.email = 'chef@demo.test' and w.valid @> ${TODAY}::text::date`),
    ).toBe(1);
    expect(
      await number(sql`
        select count(*) from (
          select sum(shown) % 10 as rest from assessment_count
          group by department_id, year, moment, question) one
        where rest <> 0`),
    ).toBe(0);
    expect(await number(sql`select sum(shown) from assessment_count`)).toBeGreaterThan(1000);
  });

  test('has people who have begun, so that questions can be looked into, and moves no figure by it', async () => {
    const { db, sql } = database;
    const before = await number(sql`select count(*) from completion where module_slug = 'grundkurs'`);
    await publishSampleCourse(db);
    setClock(() => new Date(`${TODAY}T10:00:00Z`));
    await answerDemoQuizzes(db).finally(() => setClock(null));
    expect(await number(sql`select count(*) from attempt`)).toBe(60 + 40 + 25);
    expect(await number(sql`select count(*) from attempt where passed`)).toBe(
      await number(sql`select count(*) from completion where method = 'online'`),
    );
    expect(await number(sql`select count(*) from completion where module_slug = 'grundkurs'`)).toBe(before);
    expect(
      await number(sql`select count(*) from attempt a join account c on c.person_id = a.person_id`),
    ).toBe(0);
  });

  test('is not put where anything is already', async () => {
    expect(await seedDemo(database.db, { today: TODAY, hashPassword })).toEqual({ kind: 'not-empty' });
  });
});
