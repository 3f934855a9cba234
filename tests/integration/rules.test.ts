import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { queryIndicator } from '#db/queries/indicator.ts';
import { requirementCtes } from '#db/queries/required.ts';
import { listRequirements } from '#db/queries/rules.ts';
import { person } from '#db/schema/organisation.ts';
import { requirement, ruleChange, target, versionRequirement, waiver } from '#db/schema/rules.ts';
import { completion, module, moduleVersion } from '#db/schema/training.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import { suppress } from '#src/features/indicator/suppression.ts';
import { previewChange, saveChange, showRequirements } from '#src/features/rules/requirements.server.ts';
import { changeTarget, showTargets } from '#src/features/rules/targets.server.ts';
import { previewVersion, saveVersion, showVersions } from '#src/features/rules/versions.server.ts';
import { changeWaiver, showOwnWaivers, showWaivers } from '#src/features/rules/waivers.server.ts';
import { waiverWords } from '#src/i18n/waivers.ts';
import { setClock } from '#src/lib/clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addUnit, complete, hire, TODAY } from '../support/staff.ts';
import { addActor } from '../support/training.ts';

let database: TestDatabase;
let coordinator: Actor;
let versions: Record<'first' | 'second', number>;
const DEPARTMENTS = ['A', 'B', 'C'] as const;
const FUTURE = '2026-09-01';

/** A municipality of three departments of sixty people, where some have the course and some the other one. */
beforeAll(async () => {
  setClock(() => new Date(`${TODAY}T10:00:00Z`));
  database = await createTestDatabase();
  const { db } = database;
  coordinator = await addActor(db, { role: 'samordnare', name: 'Sara Samordnare' });
  await db.insert(module).values([
    { slug: 'grundkurs', kind: 'course', position: 0 },
    { slug: 'extra', kind: 'fordjupning', position: 1 },
    { slug: 'del-1', kind: 'part', position: 1 },
  ]);
  const made = await db
    .insert(moduleVersion)
    .values(
      [1, 2].map((version) => ({
        moduleSlug: 'grundkurs',
        version,
        title: 'Grundkursen',
        contentHash: String(version),
        sections: [],
      })),
    )
    .returning({ id: moduleVersion.id });
  versions = { first: made[0]!.id, second: made[1]!.id };
  const top = await addUnit(db, 'M', 'municipality');
  for (const [place, code] of DEPARTMENTS.entries()) {
    const department = await addUnit(db, code, 'department', top);
    const team = await addUnit(db, `${code}-1`, 'team', department);
    for (let index = 0; index < 60; index += 1) {
      const title = index % 2 === 0 ? 'Lärare' : 'Förskollärare';
      const isManager = index % 4 === 0;
      const id = await hire(db, index < 30 ? department : team, { title, isManager });
      if (index % 3 !== place)
        await complete(db, id, 'grundkurs', index % 2 === 0 ? '2023-03-01' : '2026-03-01');
      if (index % 3 === 1) await complete(db, id, 'extra', '2025-03-01');
    }
  }
});

afterAll(async () => {
  setClock(null);
  await database.drop();
});

beforeEach(async () => {
  const { db } = database;
  await db.delete(requirement);
  await db.delete(waiver);
  await db.delete(target);
  await db.insert(requirement).values({ moduleSlug: 'grundkurs', valid: '(,)' });
});

const form = (fields: Record<string, string>, titles: string[] = []) =>
  new URLSearchParams([...Object.entries(fields), ...titles.map((title) => ['befattning', title])]);

/** Looks at a change, saves it, and gives back what was seen. */
async function previewAndSave(fields: Record<string, string>, titles: string[] = []) {
  const seen = await previewChange(coordinator, form(fields, titles));
  if (seen.kind !== 'preview') throw new Error(JSON.stringify(seen.errors));
  const saved = await saveChange(coordinator, form({ ...fields, underlag: seen.rulesVersion }, titles));
  expect(saved).toEqual({ kind: 'saved' });
  return seen;
}

/** How many must have a course on a day, and how many of them do not. */
async function countRequired(day: string, moduleSlug: string) {
  const [row] = await database.db.execute<{ required: number; lacking: number }>(sql`
    with recursive ${requirementCtes(day)}
    select count(*)::int as required, (count(*) filter (where s.person_id is null))::int as lacking
    from required_of q left join standing s using (person_id, module_slug)
    where q.module_slug = ${moduleSlug}`);
  return row!;
}

async function storedId(): Promise<string> {
  const [first] = await listRequirements(database.db);
  return String(first!.id);
}

const everyone = { atgard: 'nytt', kurs: 'extra', for: 'alla', fran: FUTURE };

describe('The preview of a requirement', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['for everyone', everyone, []],
    ['from today', { ...everyone, fran: TODAY }, []],
    ['from a day that has been', { ...everyone, fran: '2026-01-01' }, []],
    ['for a department', { ...everyone, enhet: 'Enhet B (B)' }, []],
    ['for a department by its name', { ...everyone, enhet: 'enhet b' }, []],
    ['for a team', { ...everyone, enhet: 'B-1' }, []],
    ['for managers', { ...everyone, for: 'chefer' }, []],
    ['for kinds of work', { ...everyone, for: 'befattningar' }, ['lärare']],
    ['with a shorter validity', { ...everyone, kurs: 'grundkurs', manader: '24' }, []],
  ])('%s is what is counted when it has been saved', async (_, fields, titles) => {
    const { db } = database;
    const day = fields['fran']! < TODAY ? TODAY : fields['fran']!;
    const before = await queryIndicator(db, { asOf: day });
    const required = await countRequired(day, fields['kurs']!);
    const seen = await previewAndSave(fields, titles);
    const after = await queryIndicator(db, { asOf: day });
    const requiredAfter = await countRequired(day, fields['kurs']!);
    expect(after).not.toEqual(before);
    expect(seen.whatIf.day).toBe(day);
    expect(seen.whatIf.isHidden).toBe(false);
    const rows = { before: suppress(before), after: suppress(after) };
    for (const row of seen.whatIf.rows) {
      expect(row.before).toEqual(rows.before.find(({ code }) => code === row.before.code));
      if (!row.after.hidden)
        expect(row.after).toEqual(rows.after.find(({ code }) => code === row.after.code));
    }
    expect(seen.whatIf.added).toBe(requiredAfter.required - required.required);
    expect(seen.whatIf.removed).toBe(0);
    expect(seen.whatIf.rows[0]!.lacking).toBe(requiredAfter.lacking - required.lacking);
  });

  test('of an end tells whom it is no longer required of, and warns that nothing is left', async () => {
    const seen = await previewAndSave({ atgard: 'avsluta', krav: await storedId(), sista: '2026-08-31' });
    expect(seen.whatIf).toMatchObject({ day: FUTURE, added: 0, removed: 180 });
    expect(seen.whatIf.rows[0]!.after.outcome).toBe(0);
    expect(seen.dayWithout).toBe(FUTURE);
    expect((await queryIndicator(database.db, { asOf: FUTURE }))[0]!.completed).toBe(0);
    expect((await queryIndicator(database.db, { asOf: '2026-08-31' }))[0]!.completed).toBeGreaterThan(0);
  });

  test('of another validity ends one requirement and begins the next, with who did it', async () => {
    const id = await storedId();
    const seen = await previewAndSave({
      atgard: 'giltighet',
      krav: id,
      fran: FUTURE,
      manader: '24',
      anteckning: 'KS 12',
    });
    expect(seen.whatIf).toMatchObject({ added: 0, removed: 0, changed: 180 });
    const after = suppress(await queryIndicator(database.db, { asOf: FUTURE }))[0];
    expect(seen.whatIf.rows[0]!.after).toEqual(after);
    const list = await listRequirements(database.db);
    expect(
      list.map(({ from, until, validityMonths, by, note }) => [from, until, validityMonths, by, note]),
    ).toEqual([
      [FUTURE, null, 24, 'Sara Samordnare', 'KS 12'],
      [null, FUTURE, null, null, null],
    ]);
    const changes = await database.db
      .select()
      .from(ruleChange)
      .where(sql`row_id = ${Number(id)}`);
    expect(changes.at(-1)).toMatchObject({ tableName: 'requirement', changedBy: coordinator.personId });
  });

  test('of one that has not begun can be followed by taking it away again', async () => {
    await previewAndSave(everyone);
    const begins = (await listRequirements(database.db)).find(({ from }) => from === FUTURE)!;
    const seen = await previewAndSave({ atgard: 'ta-bort', krav: String(begins.id) });
    expect(seen.whatIf.removed).toBe(180);
    expect(await listRequirements(database.db)).toHaveLength(1);
  });

  test('saves nothing itself, and nothing when the rules have changed since', async () => {
    const seen = await previewChange(coordinator, form(everyone));
    if (seen.kind !== 'preview') throw new Error('refused');
    expect(await listRequirements(database.db)).toHaveLength(1);
    await previewAndSave({ ...everyone, enhet: 'A' });
    const late = await saveChange(coordinator, form({ ...everyone, underlag: seen.rulesVersion }));
    expect(late).toEqual({ kind: 'stale' });
    expect(await listRequirements(database.db)).toHaveLength(2);
  });

  test('names the field for a course, a unit and a kind of work that there is not', async () => {
    const errorsOf = async (change: Record<string, string>, titles: string[] = []) => {
      const found = await previewChange(coordinator, form({ ...everyone, ...change }, titles));
      return found.kind === 'refused' ? Object.keys(found.errors) : [];
    };
    expect(await errorsOf({ kurs: 'del-1' })).toEqual(['kurs']);
    expect(await errorsOf({ enhet: 'FINNS-INTE' })).toEqual(['enhet']);
    expect(await errorsOf({ for: 'befattningar' }, ['trollkarl'])).toEqual(['befattning']);
    expect(await errorsOf({ till: '2026-08-01' })).toEqual(['fran']);
  });

  test('does not tell of the one person a rule could be made for', async () => {
    const { db } = database;
    const [unit] = await db.execute<{ id: number }>(sql`select id from unit where code = 'C'`);
    await hire(db, unit!.id, { title: 'Rektor' });
    const seen = await previewChange(coordinator, form({ ...everyone, for: 'befattningar' }, ['rektor']));
    if (seen.kind !== 'preview') throw new Error('refused');
    expect(seen.whatIf).toMatchObject({ isHidden: true, added: null });
    const both = await previewChange(
      coordinator,
      form({ ...everyone, for: 'befattningar' }, ['lärare', 'rektor']),
    );
    expect(both.kind === 'preview' && both.whatIf.isHidden).toBe(true);
    const offered = (await showRequirements(coordinator, null)).choices.titles;
    expect(offered.map(({ title }) => title)).toEqual(['förskollärare', 'lärare', 'rektor']);
  });
});

describe('A version that is a new requirement', () => {
  test('is previewed as it is counted when saved, is kept, and can be chosen once', async () => {
    const { db } = database;
    const [one] = await db.execute<{ id: string }>(sql`
      select person_id as id from completion where module_slug = 'grundkurs' limit 1`);
    await db.insert(completion).values({
      personId: one!.id,
      moduleSlug: 'grundkurs',
      moduleVersionId: versions.second,
      method: 'online',
      rule: 'grundkurs-1',
      completedAt: new Date('2026-06-01T10:00:00Z'),
      completedOn: '2026-06-01',
    });
    const until = '2026-08-31';
    const before = await queryIndicator(db, { asOf: FUTURE });
    const fields = { version: String(versions.second), skal: 'Ny lag', till: until };
    const seen = await previewVersion(coordinator, form(fields));
    if (seen.kind !== 'preview') throw new Error(JSON.stringify(seen.errors));
    expect(await db.select().from(versionRequirement)).toEqual([]);
    expect(await queryIndicator(db, { asOf: FUTURE })).toEqual(before);
    expect(await saveVersion(coordinator, form({ ...fields, underlag: 'gammalt' }))).toEqual({
      kind: 'stale',
    });
    const post = form({ ...fields, underlag: seen.rulesVersion });
    expect(await saveVersion(coordinator, post)).toEqual({ kind: 'saved' });
    const after = await queryIndicator(db, { asOf: FUTURE });
    expect(after[0]!.completed).toBe(1);
    expect(seen.whatIf.rows[0]!.lacking).toBe(before[0]!.completed - 1);
    expect(seen.whatIf.rows[0]!.before.completed).toBe(before[0]!.completed);
    expect((await queryIndicator(db, { asOf: until }))[0]!.completed).toBe(before[0]!.completed);
    expect(await saveVersion(coordinator, post)).toEqual({ kind: 'stale' });
    const shown = await showVersions(coordinator);
    expect(shown.required).toMatchObject([{ id: versions.second, reason: 'Ny lag', by: 'Sara Samordnare' }]);
    expect(shown.choices.map(({ id }) => id)).toEqual([versions.first]);
    await expect(db.delete(versionRequirement)).rejects.toThrow();
  });
});

describe('A target', () => {
  const fields = { enhet: 'Enhet A (A)', ar: '2026', mal: '62,5', varfor: 'Beslut 7', ansvarig: 'HR-chef' };

  test('is set, changed and taken away, and each change is kept with who did it', async () => {
    expect(await changeTarget(coordinator, fields)).toEqual({ kind: 'saved', code: 'A', year: 2026 });
    expect(await changeTarget(coordinator, fields)).toMatchObject({ kind: 'saved' });
    await changeTarget(coordinator, { ...fields, mal: '70', varfor: '' });
    const chosen = (await showTargets(coordinator, { enhet: 'A', ar: '2026' })).chosen!;
    expect(chosen.own).toMatchObject({
      percent: 70,
      note: null,
      responsible: 'HR-chef',
      by: 'Sara Samordnare',
    });
    expect(
      chosen.changes.map(({ by, before, after }) => [by, before.percent, before.note, after?.percent]),
    ).toEqual([['Sara Samordnare', 62.5, 'Beslut 7', 70]]);
    await changeTarget(coordinator, { enhet: 'A', ar: '2026', andring: 'ta-bort' });
    const after = (await showTargets(coordinator, { enhet: 'A', ar: '2026' })).chosen!;
    expect(after.own).toBe(null);
    expect(after.changes[0]).toMatchObject({ by: 'Sara Samordnare', after: null });
  });

  test('is inherited by the units below, and the indicator counts with it', async () => {
    await changeTarget(coordinator, fields);
    const { chosen } = await showTargets(coordinator, { enhet: 'A-1', ar: '2026' });
    expect(chosen?.inherited).toEqual({ percent: 62.5, unit: 'Enhet A' });
    const rows = await queryIndicator(database.db, { asOf: TODAY });
    expect(rows.filter((row) => row.target === 62.5).map(({ code }) => code)).toEqual(['A', 'A-1']);
  });

  test('keeps what was typed and names the field when it cannot be set', async () => {
    const refused = await changeTarget(coordinator, { ...fields, mal: 'mycket' });
    expect(refused).toMatchObject({
      kind: 'refused',
      typed: { mal: 'mycket' },
      errors: { mal: expect.any(String) },
    });
    expect(await changeTarget(coordinator, { ...fields, enhet: 'NEJ' })).toMatchObject({
      errors: { enhet: expect.any(String) },
    });
    expect(await changeTarget(coordinator, { ...fields, ar: '2019' })).toMatchObject({
      errors: { enhet: expect.any(String) },
    });
    expect(await database.db.select().from(target)).toEqual([]);
  });

  test('of a fixed year says what the fixed figures keep', async () => {
    const { db } = database;
    await db.execute(sql`
      with y as (insert into fixed_year (year, revision, as_of, definition, facts_fingerprint)
                 values (2024, 1, '2024-12-31', '{}', 'x') returning id)
      insert into fixed_figure (fixed_year_id, position, code, name, kind, depth, target, employed, completed, direct_employed, direct_completed)
      select id, 0, 'A', 'Enhet A', 'department', 1, 40, 60, 30, 30, 15 from y`);
    await changeTarget(coordinator, { ...fields, ar: '2024' });
    const { chosen } = await showTargets(coordinator, { enhet: 'A', ar: '2024' });
    expect(chosen).toMatchObject({ own: { percent: 62.5 }, fixed: { target: 40 } });
    expect((await showTargets(coordinator, { enhet: 'A', ar: '2025' })).chosen?.fixed).toBe(null);
  });
});

describe('A waiver', () => {
  const fields = {
    anstnr: '1001',
    kurs: 'grundkurs',
    fran: TODAY,
    till: '2026-12-31',
    skal: 'tjanstledig',
    text: '',
  };

  async function hireWithNumber(
    employeeNumber: string,
    options: { name?: string; isProtected?: boolean } = {},
  ) {
    const { db } = database;
    const [unit] = await db.execute<{ id: number }>(sql`select id from unit where code = 'A-1'`);
    const id = await hire(db, unit!.id, options);
    await db
      .update(person)
      .set({ employeeNumber })
      .where(sql`id = ${id}`);
    return id;
  }

  const own = (personId: string): Actor => ({ ...coordinator, role: 'medarbetare', personId });

  test('is listed by number without a name, shown to the person, and leaves the indicator alone', async () => {
    const id = await hireWithNumber('1001', { name: 'Nora Nummer' });
    const before = await queryIndicator(database.db, { asOf: TODAY });
    expect(await changeWaiver(coordinator, fields)).toEqual({ kind: 'saved' });
    expect(await queryIndicator(database.db, { asOf: TODAY })).toEqual(before);
    const { open } = await showWaivers(coordinator, null);
    expect(open).toMatchObject([
      { employeeNumber: '1001', from: TODAY, to: '2026-12-31', reason: 'Tjänstledig' },
    ]);
    expect(JSON.stringify(open)).not.toContain('Nora');
    expect(JSON.stringify(open)).not.toContain(id);
    expect((await showOwnWaivers(own(id))).waivers).toMatchObject([
      { title: 'Grundkursen', reason: 'Tjänstledig' },
    ]);
    expect((await showOwnWaivers(own(coordinator.personId))).waivers).toEqual([]);
    expect(
      await changeWaiver(coordinator, { ...fields, fran: '2026-12-31', till: '2027-02-01' }),
    ).toMatchObject({
      kind: 'refused',
      errors: { fran: expect.any(String) },
    });
  });

  test('of a person with protected identity is listed without her number, and saving it tells nothing', async () => {
    const id = await hireWithNumber('2002', { name: 'Hemlig Hansson', isProtected: true });
    expect(await changeWaiver(coordinator, { ...fields, anstnr: '2002' })).toEqual({ kind: 'saved' });
    const page = await showWaivers(coordinator, null);
    expect(page.open).toMatchObject([{ isProtected: true, employeeNumber: null }]);
    for (const secret of ['2002', 'Hemlig', id]) expect(JSON.stringify(page)).not.toContain(secret);
  });

  test('can be ended early or, before it begins, taken away; who did it is kept', async () => {
    await hireWithNumber('3003');
    await changeWaiver(coordinator, { ...fields, anstnr: '3003', fran: '2026-05-01' });
    const [{ id } = { id: 0 }] = (await showWaivers(coordinator, null)).open;
    const end = { andring: 'avsluta', undantag: String(id) };
    expect(await changeWaiver(coordinator, { ...end, sista: '2026-12-31' })).toMatchObject({
      kind: 'refused',
    });
    expect(await changeWaiver(coordinator, { ...end, sista: '2026-06-01' })).toEqual({ kind: 'ended' });
    const page = await showWaivers(coordinator, null);
    expect(page.open).toEqual([]);
    expect(page.ended).toMatchObject([{ id, to: '2026-06-01' }]);
    const [change] = await database.db
      .select()
      .from(ruleChange)
      .where(sql`table_name = 'waiver' and row_id = ${id}`);
    expect(change?.changedBy).toBe(coordinator.personId);
    await changeWaiver(coordinator, { ...fields, anstnr: '3003', fran: '2026-07-01' });
    const later = (await showWaivers(coordinator, null)).open[0]!;
    await changeWaiver(coordinator, { andring: 'avsluta', undantag: String(later.id), sista: '2026-06-30' });
    expect((await showWaivers(coordinator, null)).open).toEqual([]);
    expect(await changeWaiver(coordinator, { ...end, undantag: '999999', sista: TODAY })).toMatchObject({
      kind: 'refused',
    });
  });

  test('is refused for a number that nobody employed has', async () => {
    expect(await changeWaiver(coordinator, { ...fields, anstnr: '0' })).toMatchObject({
      errors: { anstnr: expect.any(String) },
      typed: { anstnr: '0' },
    });
  });

  test('is no way to find out which numbers there are: too many that nobody has are refused unseen', async () => {
    await hireWithNumber('4004');
    const hasty = await addActor(database.db, { role: 'admin' });
    const attempt = (anstnr: string) => changeWaiver(hasty, { ...fields, anstnr });
    for (let index = 0; index < 20; index += 1) {
      expect(await attempt(`9-${index}`)).toMatchObject({ errors: { anstnr: waiverWords.errors.unknown } });
    }
    expect(await attempt('4004')).toMatchObject({
      status: 429,
      errors: { anstnr: waiverWords.errors.tooManyTries },
    });
  });
});

describe('Nobody but a coordinator or an administrator', () => {
  test.each(['medarbetare', 'redaktor'] as const)(
    'reads or changes rules: not a %s, not a manager',
    async (role) => {
      const other: Actor = { ...coordinator, role, isManager: true };
      const tries = [
        () => showTargets(other, {}),
        () => changeTarget(other, {}),
        () => showRequirements(other, null),
        () => previewChange(other, form(everyone)),
        () => saveChange(other, form(everyone)),
        () => showVersions(other),
        () => previewVersion(other, form({})),
        () => saveVersion(other, form({})),
        () => showWaivers(other, null),
        () => changeWaiver(other, {}),
      ];
      for (const attempt of tries) await expect(attempt()).rejects.toMatchObject({ code: 'not-allowed' });
      await expect(showTargets(null, {})).rejects.toMatchObject({ code: 'not-signed-in' });
      expect((await showTargets({ ...coordinator, role: 'admin' }, {})).chosen).toBe(null);
    },
  );
});
