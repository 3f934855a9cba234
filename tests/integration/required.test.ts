import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '#db/client.ts';
import { insertVersion, upsertModule } from '#db/queries/modules.ts';
import { requirementCtes, type Rule } from '#db/queries/required.ts';
import { person } from '#db/schema/organisation.ts';
import { requirement, versionRequirement, waiver } from '#db/schema/rules.ts';
import { completion, moduleVersion } from '#db/schema/training.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { listRequirementsOf } from '../support/requirements.ts';
import { addUnit, complete, employ, hire, TODAY, voidCompletion } from '../support/staff.ts';

let database: TestDatabase;
let units: Record<'top' | 'school' | 'team' | 'other', number>;
beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  const top = await addUnit(db, 'TOP', 'municipality');
  const school = await addUnit(db, 'SKOLA', 'department', top);
  units = {
    top,
    school,
    team: await addUnit(db, 'LAG', 'team', school),
    other: await addUnit(db, 'ANNAN', 'department', top),
  };
  await upsertModule(db, { slug: 'grundkurs', kind: 'course', position: 0 });
  for (const [position, slug] of ['barn', 'samtal'].entries())
    await upsertModule(db, { slug, kind: 'fordjupning', position: position + 1 });
});
afterAll(() => database.drop());

class Undo extends Error {}

/** Runs with these rules, in a transaction that leaves nothing behind. */
async function withRules(rules: Partial<Rule & { valid: string }>[], run: (db: Database) => Promise<void>) {
  const work = database.db.transaction(async (tx) => {
    const db = tx as unknown as Database;
    for (const rule of rules)
      await db.insert(requirement).values({ moduleSlug: 'grundkurs', valid: '(,)', ...rule });
    await run(db);
    throw new Undo();
  });
  await work.catch((error) => {
    if (!(error instanceof Undo)) throw error;
  });
}

const slugsOf = async (db: Database, personId: string, day = TODAY) =>
  (await listRequirementsOf(db, personId, day)).map(({ slug }) => slug);

async function publish(db: Database, slug: string, titles: string[]): Promise<number[]> {
  for (const title of titles)
    await insertVersion(db, { moduleSlug: slug, title, contentHash: title, quiz: null, sections: [] });
  const rows = await db.execute<{ id: number }>(
    sql`select id from ${moduleVersion} where module_slug = ${slug} order by version`,
  );
  return rows.map(({ id }) => id);
}

describe('what is required of a person', () => {
  test('is what a rule for her unit or one above asks, and for the whole municipality', async () => {
    const rules = [{}, { moduleSlug: 'barn', unitId: units.school }];
    await withRules(rules, async (db) => {
      expect(await slugsOf(db, await hire(db, units.team))).toEqual(['grundkurs', 'barn']);
      expect(await slugsOf(db, await hire(db, units.school))).toEqual(['grundkurs', 'barn']);
      expect(await slugsOf(db, await hire(db, units.other))).toEqual(['grundkurs']);
      expect(await slugsOf(db, await hire(db, units.top))).toEqual(['grundkurs']);
    });
  });

  test('follows the tree of the day when a unit moves', async () => {
    await withRules([{ unitId: units.school }], async (db) => {
      const one = await hire(db, units.team);
      await db.execute(
        sql`update unit_period set valid = '[2020-01-01,2026-01-01)' where unit_id = ${units.team}`,
      );
      await db.execute(sql`
        insert into unit_period (unit_id, parent_id, kind, name, valid)
        values (${units.team}, ${units.other}, 'team', 'Flyttad', '[2026-01-01,)')`);
      expect(await slugsOf(db, one, '2025-12-31')).toEqual(['grundkurs']);
      expect(await slugsOf(db, one, '2026-01-01')).toEqual([]);
    });
  });

  test('may be for managers only, or for some kinds of work however they are written', async () => {
    const rules: Partial<Rule>[] = [
      { audience: 'managers' },
      { moduleSlug: 'barn', audience: 'titles', titles: ['förskollärare', 'ärkebibliotekarie'] },
    ];
    await withRules(rules, async (db) => {
      expect(await slugsOf(db, await hire(db, units.team, { isManager: true }))).toEqual(['grundkurs']);
      expect(await slugsOf(db, await hire(db, units.team, { title: 'FÖRSKOLLÄRARE' }))).toEqual(['barn']);
      expect(await slugsOf(db, await hire(db, units.team, { title: 'Ärkebibliotekarie' }))).toEqual(['barn']);
      expect(await slugsOf(db, await hire(db, units.team, { title: 'kock' }))).toEqual([]);
    });
  });

  test('needs unit and audience in one and the same employment, on the day', async () => {
    const rules: Partial<Rule>[] = [{ unitId: units.school, audience: 'managers' }];
    await withRules(rules, async (db) => {
      const one = await hire(db, units.team);
      await employ(db, one, units.other, { isManager: true });
      expect(await slugsOf(db, one)).toEqual([]);
      await employ(db, one, units.school, { isManager: true, valid: '[2026-01-01,2026-06-15)' });
      expect(await slugsOf(db, one, '2026-06-14')).toEqual(['grundkurs']);
      expect(await slugsOf(db, one, '2026-06-15')).toEqual([]);
    });
  });

  test('is only what is required that day', async () => {
    await withRules([{ valid: '[2026-06-15,2026-07-01)' }], async (db) => {
      const one = await hire(db, units.team);
      expect(await slugsOf(db, one, '2026-06-14')).toEqual([]);
      expect(await slugsOf(db, one, '2026-06-30')).toEqual(['grundkurs']);
      expect(await slugsOf(db, one, '2026-07-01')).toEqual([]);
    });
  });

  test('is nothing in a unit that hangs loose', async () => {
    await withRules([{}, { moduleSlug: 'barn', unitId: units.team }], async (db) => {
      const one = await hire(db, units.team);
      await db.execute(
        sql`update unit_period set valid = '[2020-01-01,2026-01-01)' where unit_id = ${units.school}`,
      );
      expect(await slugsOf(db, one)).toEqual([]);
    });
  });
});

describe('the completion that counts', () => {
  const standing = async (db: Database, personId: string, day = TODAY) => {
    const [row] = await listRequirementsOf(db, personId, day);
    return row && [row.completedOn, row.expiresOn];
  };

  test('is the one that lasts longest, for the shortest validity of several rules', async () => {
    const rules = [{}, { unitId: units.school, validityMonths: 12 }, { validityMonths: 36 }];
    await withRules(rules, async (db) => {
      const [inSchool, elsewhere] = [await hire(db, units.team), await hire(db, units.other)];
      for (const one of [inSchool, elsewhere]) {
        await complete(db, one, 'grundkurs', '2024-02-29');
        await complete(db, one, 'grundkurs', '2025-08-31');
      }
      expect(await standing(db, inSchool)).toEqual(['2025-08-31', '2026-08-31']);
      expect(await standing(db, inSchool, '2026-08-30')).toEqual(['2025-08-31', '2026-08-31']);
      expect(await standing(db, inSchool, '2026-08-31')).toEqual([null, null]);
      expect(await standing(db, elsewhere)).toEqual(['2025-08-31', '2028-08-31']);
      expect(await standing(db, elsewhere, '2025-08-30')).toEqual(['2024-02-29', '2027-02-28']);
    });
  });

  test('is none that was voided', async () => {
    await withRules([{}], async (db) => {
      const one = await hire(db, units.team);
      await complete(db, one, 'grundkurs', '2024-01-01');
      await voidCompletion(db, await complete(db, one, 'grundkurs', '2025-01-01'));
      expect(await standing(db, one)).toEqual(['2024-01-01', null]);
    });
  });

  test('is none of an older or unknown version after the last day of a new requirement', async () => {
    await withRules([{ moduleSlug: 'barn', validityMonths: 36 }], async (db) => {
      const [first, second, third] = (await publish(db, 'barn', ['1', '2', '3'])) as [number, number, number];
      await db.insert(versionRequirement).values([
        { moduleVersionId: second, olderCountUntil: '2026-06-30', reason: 'ny lag' },
        { moduleVersionId: third, olderCountUntil: '2027-06-30', reason: 'ny lag' },
      ]);
      const who = async (moduleVersionId: number | null) => {
        const personId = await hire(db, units.team);
        const id = await complete(db, personId, 'barn', '2025-01-01');
        if (moduleVersionId === null) return personId;
        const completedAt = new Date('2025-02-01T10:00:00Z');
        await voidCompletion(db, id);
        await db.insert(completion).values({
          ...{ personId, moduleSlug: 'barn', moduleVersionId, completedAt, completedOn: '2025-02-01' },
          ...{ method: 'online', rule: 'prov' },
        });
        return personId;
      };
      expect(await standing(db, await who(null))).toEqual(['2025-01-01', '2026-07-01']);
      expect(await standing(db, await who(null), '2026-07-01')).toEqual([null, null]);
      expect(await standing(db, await who(first), '2026-06-30')).toEqual(['2025-02-01', '2026-07-01']);
      expect(await standing(db, await who(first), '2026-07-01')).toEqual([null, null]);
      expect(await standing(db, await who(second), '2026-07-01')).toEqual(['2025-02-01', '2027-07-01']);
      expect(await standing(db, await who(third), '2026-07-01')).toEqual(['2025-02-01', '2028-02-01']);
    });
  });

  test('stands beside the title of the latest version and the last day of a waiver', async () => {
    await withRules([{}, { moduleSlug: 'barn' }], async (db) => {
      await publish(db, 'barn', ['Barn, först', 'Barn, sedan']);
      const personId = await hire(db, units.team);
      const valid = '[2026-06-01,2026-09-01)';
      await db.insert(waiver).values({ personId, moduleSlug: 'barn', valid, reason: 'föräldraledig' });
      const without = { completedOn: null, expiresOn: null };
      expect(await listRequirementsOf(db, personId, '2026-08-31')).toEqual([
        { slug: 'grundkurs', title: 'grundkurs', ...without, waivedUntil: null },
        { slug: 'barn', title: 'Barn, sedan', ...without, waivedUntil: '2026-08-31' },
      ]);
      expect((await listRequirementsOf(db, personId, '2026-09-01'))[1]?.waivedUntil).toBeNull();
    });
  });
});

test('Rules that are only tried are counted like those in the table', async () => {
  const rule: Rule = {
    ...{ moduleSlug: 'barn', unitId: units.school, audience: 'titles', titles: ['Rektor'] },
    validityMonths: 12,
  };
  const all = async (db: Database, rules?: readonly Rule[]) => [
    ...(await db.execute(sql`
      with recursive ${requirementCtes(TODAY, { rules, people: sql`select id from ${person}` })}
      select person_id, q.module_slug, validity_months, completed_on, expires_on::text
      from required_of q left join standing using (person_id, module_slug)`)),
  ];
  await withRules([{ ...rule, titles: ['rektor'] }], async (db) => {
    const one = await hire(db, units.team, { title: 'rektor' });
    await complete(db, one, 'barn', '2026-01-15');
    await hire(db, units.team);
    const saved = await all(db);
    expect(saved).toMatchObject([{ person_id: one, completed_on: '2026-01-15', expires_on: '2027-01-15' }]);
    expect(await all(db, [rule])).toEqual(saved);
    expect(await all(db, [])).toEqual([]);
  });
});
