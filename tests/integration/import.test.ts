import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tallyTables } from '#db/backup/write-backup.ts';
import { importCompletions } from '#src/features/completions/import.server.ts';
import { getUnsuppressedIndicator } from '#src/features/indicator/indicator.server.ts';
import {
  importStaff,
  importUnits,
  type ImportInput,
  type ImportResult,
} from '#src/features/organisation/import.server.ts';
import { setClock } from '#src/lib/clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addActor, publishSampleCourse } from '../support/training.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
  setClock(() => new Date('2026-06-15T10:00:00Z'));
});
afterEach(async () => {
  setClock(null);
  await database.drop();
});

const bytes = (...lines: string[]) => new TextEncoder().encode(lines.join('\n'));
const file = (...lines: string[]): ImportInput => ({ fileName: 'fil.csv', bytes: bytes(...lines) });
const units = (...rows: string[]) => file('kod;namn;typ;overordnad', 'K;Kommunen;kommun;', ...rows);
const TREE = ['F;Förvaltningen;forvaltning;K', 'A;Enhet A;enhet;F', 'B;Enhet B;enhet;F'];
const staff = (...rows: string[]) =>
  file('anstnr;namn;epost;enhet;befattning;fran;till;chef;skyddad', ...rows);
const row = (anstnr: string, enhet = 'A', fran = '2020-01-01', rest = ';nej;nej') =>
  `${anstnr};Person ${anstnr};${anstnr}@demo.test;${enhet};lärare;${fran};${rest.replace(/^;/, ';')}`;
const completions = (...rows: string[]) => file('anstnr;modul;datum;kalla', ...rows);

const ok = (result: ImportResult) => {
  if (result.kind !== 'ok') throw new Error(JSON.stringify(result));
  return result;
};
const counts = (result: ImportResult) => ok(result).difference.counts;
const NONE = { new: 0, moved: 0, changed: 0, ended: 0, unchanged: 0 };
const problems = (result: ImportResult) =>
  result.kind === 'refused' ? result.problems.map(({ line, column }) => `${line} ${column}`) : result.kind;
const checksums = () => database.sql.begin(async (tx) => JSON.stringify(await tallyTables(tx)));
const figures = async (asOf?: string) => {
  const result = await getUnsuppressedIndicator('cli', { asOf });
  return (
    result.kind === 'ok' && result.rows.map((it) => `${it.code} ${it.completed}/${it.employed}`).join(', ')
  );
};
const setUp = async (...rows: string[]) => {
  ok(await importUnits('cli', units(...TREE)));
  if (rows.length > 0) ok(await importStaff('cli', staff(...rows)));
};

describe('units', () => {
  test('go in for all time while nobody is employed, and the same file again changes nothing', async () => {
    expect(counts(await importUnits('cli', units(...TREE)))).toEqual({ ...NONE, new: 4 });
    expect(await figures('1950-01-01')).toBe('K 0/0, F 0/0, A 0/0, B 0/0');
    expect(counts(await importUnits('cli', units(...TREE)))).toEqual({ ...NONE, unchanged: 4 });
  });

  test('that are new, renamed or moved later are so from that day, and the figures before stay', async () => {
    await setUp(row('1'), row('2', 'B'));
    const before = await figures('2026-05-31');
    const changed = units(
      'F;Förvaltningen;forvaltning;K',
      'G;Ny;forvaltning;K',
      'A;Enhet A;enhet;G',
      'B;Nytt namn;enhet;F',
    );
    expect(counts(await importUnits('cli', { ...changed, asOf: '2026-06-01' }))).toEqual({
      new: 1,
      moved: 1,
      changed: 1,
      ended: 0,
      unchanged: 2,
    });
    expect(await figures('2026-05-31')).toBe(before);
    expect(await figures('2026-06-01')).toBe('K 0/2, F 0/1, B 0/1, G 0/1, A 0/1');
    expect(counts(await importUnits('cli', { ...changed, asOf: '2026-06-01' }))).toEqual({
      ...NONE,
      unchanged: 5,
    });
  });

  test('that are missing in a complete file end, when nobody works there any more', async () => {
    await setUp(row('1'), row('2', 'B'));
    const smaller = { ...units(...TREE.slice(0, 2)), full: true };
    expect(problems(await importUnits('cli', smaller))).toEqual(['1 null']);
    ok(await importStaff('cli', { ...staff(row('1'), row('2', 'A', '2026-06-15')), full: true }));
    expect(counts(await importUnits('cli', smaller))).toEqual({ ...NONE, ended: 1, unchanged: 3 });
    expect(await figures()).toBe('K 0/2, F 0/2, A 0/2');
    expect(await figures('2026-06-14')).toBe('K 0/2, F 0/2, A 0/1, B 0/1');
  });

  test('with a bad row change nothing, and every bad row is named', async () => {
    const before = await checksums();
    const result = await importUnits(
      'cli',
      units('F;;forvaltning;K', 'A;A;enhet;X', 'B;B;hus;F', 'B2;B;enhet;F'),
    );
    expect(problems(result)).toEqual(['3 namn', '4 overordnad', '5 typ']);
    expect(await checksums()).toBe(before);
  });
});

describe('staff', () => {
  test('go in with accents, dates, managers and protection as the file has them', async () => {
    await setUp(
      '1;Åsa Örn;ASA@demo.test;A;lärare;2020-01-01;2026-12-31;ja;nej',
      '2;Bo Ek;;B;;2024-02-29;;;JA',
      '1;Åsa Örn;asa@demo.test;B;rektor;2021-01-01;;nej;nej',
    );
    const rows = await database.db.execute(sql`
      select p.employee_number, p.name, p.email, p.is_protected, u.code, e.title, e.is_manager, e.valid::text
      from employment e join person p on p.id = e.person_id join unit u on u.id = e.unit_id order by 1, 5`);
    expect(rows.map((it) => Object.values(it))).toEqual([
      ['1', 'Åsa Örn', 'asa@demo.test', false, 'A', 'lärare', true, '[2020-01-01,2027-01-01)'],
      ['1', 'Åsa Örn', 'asa@demo.test', false, 'B', 'rektor', false, '[2021-01-01,)'],
      ['2', 'Bo Ek', null, true, 'B', '', false, '[2024-02-29,)'],
    ]);
  });

  test('are unchanged by the same file again, complete or not', async () => {
    await setUp(row('1'), row('2', 'B'));
    const before = await checksums();
    for (const full of [false, true]) {
      const again = { ...staff(row('1'), row('2', 'B')), full, dryRun: true };
      expect(counts(await importStaff('cli', again))).toEqual({ ...NONE, unchanged: 2 });
    }
    expect(await checksums()).toBe(before);
    ok(await importStaff('cli', { ...staff(row('1'), row('2', 'B')), full: true }));
    const [changes] = await database.db.execute(sql`select count(*)::int as n from employment_change`);
    expect(changes).toEqual({ n: 0 });
  });

  test('that a dry run tells of are not changed by it', async () => {
    await setUp(row('1'));
    const before = await checksums();
    const dry = ok(await importStaff('cli', { ...staff(row('2')), dryRun: true }));
    expect([dry.isApplied, dry.difference.counts.new]).toEqual([false, 1]);
    expect(await checksums()).toBe(before);
  });

  test('with a bad row change nothing, and every bad row is named with line and column', async () => {
    await setUp(row('1'));
    const before = await checksums();
    const result = await importStaff(
      'cli',
      staff(
        row('2'),
        row('3', 'SAKNAS'),
        '4;Namn;;A;;2020-13-01;;nej;',
        row('5'),
        row('5', 'A', '2023-01-01'),
        '6;Annan;5@demo.test;B;;2020-01-01;;nej;nej',
      ),
    );
    expect(problems(result)).toEqual(['3 enhet', '4 fran', '4 skyddad', '6 fran', '7 epost']);
    expect(await checksums()).toBe(before);
  });

  test('of whom more than five per cent would leave stop the import until that is allowed', async () => {
    const everyone = Array.from({ length: 40 }, (_, index) => row(String(index)));
    await setUp(...everyone);
    const before = await checksums();
    const missing = (count: number, allowLarge = false) =>
      importStaff('cli', { ...staff(...everyone.slice(count)), full: true, allowLarge });
    expect(await missing(3)).toMatchObject({ kind: 'too-many-leaving', leaving: 3, employed: 40 });
    expect(await checksums()).toBe(before);
    expect(counts(await missing(2))).toEqual({ ...NONE, ended: 2, unchanged: 38 });
    expect(counts(await missing(20, true))).toEqual({ ...NONE, ended: 18, unchanged: 20 });
    expect(await figures()).toBe('K 0/20, F 0/20, A 0/20, B 0/0');
    expect(await figures('2026-06-14')).toBe('K 0/40, F 0/40, A 0/40, B 0/0');
  });

  test('that move in a complete file leave the old unit the day before', async () => {
    await setUp(row('1'), row('2'));
    const moved = { ...staff(row('1'), row('2', 'B')), full: true, asOf: '2026-03-01' };
    expect(counts(await importStaff('cli', moved))).toEqual({ ...NONE, moved: 1, unchanged: 1 });
    expect(await figures('2026-02-28')).toBe('K 0/2, F 0/2, A 0/2, B 0/0');
    expect(await figures('2026-03-01')).toBe('K 0/2, F 0/2, A 0/1, B 0/1');
    const [change] = await database.db.execute(
      sql`select before ->> 'valid' as was, after ->> 'valid' as is from employment_change`,
    );
    expect(change).toEqual({ was: '[2020-01-01,)', is: '[2020-01-01,2026-03-01)' });
  });

  test('that shift the border between two employments in one unit go in', async () => {
    await setUp('1;P 1;;A;;2020-01-01;2021-12-31;nej;nej', '1;P 1;;A;;2022-01-01;;nej;nej');
    const shifted = staff('1;P 1;;A;;2020-01-01;2022-06-30;nej;nej', '1;P 1;;A;;2022-07-01;;nej;nej');
    expect(counts(await importStaff('cli', shifted))).toEqual({ ...NONE, changed: 1 });
    expect(counts(await importStaff('cli', shifted))).toEqual({ ...NONE, unchanged: 1 });
  });

  test('imported at the same time by two wait for each other and go in once', async () => {
    await setUp();
    const results = await Promise.all(
      [1, 2, 3].map(() => importStaff('cli', staff(row('1'), row('2', 'B')))),
    );
    expect(results.map((it) => counts(it).new).toSorted()).toEqual([0, 0, 2]);
  });

  test('are told about without a name, and not at all when protected', async () => {
    await setUp();
    const result = ok(
      await importStaff(
        'cli',
        staff('1;Åsa Örn;;A;;2020-01-01;;nej;nej', '2;Hemlig Person;;A;;2020-01-01;;nej;ja'),
      ),
    );
    expect(result.difference.counts.new).toBe(2);
    expect(result.difference.examples).toEqual([{ kind: 'new', text: '1 i A' }]);
    expect(JSON.stringify(result)).not.toMatch(/Åsa|Hemlig/);
  });
});

describe('earlier training', () => {
  beforeEach(async () => {
    await publishSampleCourse(database.db);
    await setUp(row('1'), row('2', 'B'));
    await database.db.execute(sql`insert into requirement (module_slug, valid) values ('grundkurs', '(,)')`);
  });

  test('counts from its day, and the same file again adds nothing', async () => {
    const earlier = completions('1;grundkurs;2021-11-30;Malmö Lär');
    expect(counts(await importCompletions('cli', earlier))).toEqual({ ...NONE, new: 1 });
    expect(await figures('2021-11-29')).toBe('K 0/2, F 0/2, A 0/1, B 0/1');
    expect(await figures('2021-11-30')).toBe('K 1/2, F 1/2, A 1/1, B 0/1');
    expect(counts(await importCompletions('cli', earlier))).toEqual({ ...NONE, unchanged: 1 });
    const rows = await database.db.execute(sql`
      select completed_at::text, method, rule, source, import_id is not null as has_import from completion`);
    expect(rows).toEqual([
      {
        completed_at: '2021-11-30 11:00:00+00',
        method: 'import',
        rule: 'import-1',
        source: 'Malmö Lär',
        has_import: true,
      },
    ]);
  });

  test('that has been voided since can be imported again, once, as another fact', async () => {
    const earlier = completions('1;grundkurs;2021-11-30;Malmö Lär');
    ok(await importCompletions('cli', earlier));
    await database.db.execute(sql`
      insert into completion_correction (completion_id, reason) select id, 'fel person' from completion`);
    expect(await figures()).toBe('K 0/2, F 0/2, A 0/1, B 0/1');
    expect(counts(await importCompletions('cli', earlier))).toEqual({ ...NONE, new: 1 });
    expect(counts(await importCompletions('cli', earlier))).toEqual({ ...NONE, unchanged: 1 });
    expect(await figures()).toBe('K 1/2, F 1/2, A 1/1, B 0/1');
    const rows = await database.db.execute(sql`select repeat from completion order by repeat`);
    expect(rows).toEqual([{ repeat: 0 }, { repeat: 1 }]);
  });

  test('with a bad row changes nothing, and every bad row is named', async () => {
    const before = await checksums();
    const result = await importCompletions(
      'cli',
      completions(
        '1;grundkurs;2021-11-30;Malmö Lär',
        '9;grundkurs;2021-11-30;Malmö Lär',
        '1;okand;2021-11-30;Malmö Lär',
        '1;grundkurs;2026-06-16;Malmö Lär',
        '1;grundkurs;2014-12-31;Malmö Lär',
        '1;grundkurs;2021-11-30;Annan källa',
        '2;grundkurs;i fjol;Malmö Lär',
        '2;grundkurs;2021-01-01;',
      ),
    );
    expect(problems(result)).toEqual([
      '3 anstnr',
      '4 modul',
      '5 datum',
      '6 datum',
      '7 anstnr',
      '8 datum',
      '9 kalla',
    ]);
    expect(await checksums()).toBe(before);
  });

  test('of all five parts gives the grundkurs at the time of the last', async () => {
    const parts = [1, 2, 3, 4, 5].map((part) => `1;del-${part};2022-0${part}-10;Malmö Lär`);
    ok(await importCompletions('cli', completions(...parts.slice(0, 4), '2;del-1;2022-01-10;Malmö Lär')));
    expect(await figures()).toBe('K 0/2, F 0/2, A 0/1, B 0/1');
    ok(await importCompletions('cli', completions(...parts)));
    expect(await figures('2022-05-09')).toBe('K 0/2, F 0/2, A 0/1, B 0/1');
    expect(await figures('2022-05-10')).toBe('K 1/2, F 1/2, A 1/1, B 0/1');
  });
});

describe('any import', () => {
  const each = {
    units: [importUnits, units(...TREE)],
    staff: [importStaff, staff(row('1'))],
    completions: [importCompletions, completions('1;grundkurs;2021-01-01;x')],
  } as const;

  test.each(Object.keys(each) as (keyof typeof each)[])('of %s is for administrators', async (name) => {
    const [run, input] = each[name];
    for (const role of ['medarbetare', 'samordnare', 'redaktor'] as const) {
      const actor = await addActor(database.db, { role });
      await expect(run(actor, input)).rejects.toMatchObject({ code: 'not-allowed' });
    }
    await expect(run(null, input)).rejects.toMatchObject({ code: 'not-signed-in' });
  });

  test('by an administrator is remembered with who, what and how much', async () => {
    const admin = await addActor(database.db, { role: 'admin' });
    ok(await importUnits(admin, units(...TREE)));
    const rows = await database.db.execute(
      sql`select kind, file_name, as_of, rows, summary, imported_by, length(file_sha256) as hash from import_batch`,
    );
    expect(rows).toEqual([
      {
        kind: 'units',
        file_name: 'fil.csv',
        as_of: '2026-06-15',
        rows: 4,
        summary: { ...NONE, new: 4 },
        imported_by: admin.personId,
        hash: 64,
      },
    ]);
  });

  test('for a day that is none is refused', async () => {
    expect(await importStaff('cli', { ...staff(row('1')), asOf: '2026-02-30' })).toEqual({
      kind: 'invalid-date',
    });
    expect(await importUnits('cli', { ...units(...TREE), asOf: 'i dag' })).toEqual({ kind: 'invalid-date' });
  });
});
