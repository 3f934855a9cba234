import { randomUUID } from 'node:crypto';
import { globSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { findCurrentVersion } from '#db/queries/modules.ts';
import { attempt } from '#db/schema/training.ts';
import { sessionCookieName } from '#src/features/auth/session-cookie.ts';
import { startSession } from '#src/features/auth/session.server.ts';
import { stockholmToday } from '#src/lib/clock.ts';
import { expect, test } from '../support/e2e.ts';
import { ROLES, routeMatrix, type Facts, type RoleName } from '../support/route-matrix.ts';

const files = globSync('**/*.{astro,ts}', { cwd: 'src/pages' })
  .map((file) => file.replaceAll('\\', '/'))
  .sort();

test('Every page has its place in the table of who may ask for it, and nothing else does', () => {
  const listed = routeMatrix({
    ownUnit: '',
    otherUnit: '',
    submission: '',
    certificate: '',
    event: '',
    graduates: [],
  });
  expect(Object.keys(listed).sort()).toEqual(files);
});

test('Every role gets on every route what the table says, of what is its own and of what is not', async ({
  db,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const cookies = await signInAll(db);
  const facts = await readFacts(db);
  let asked = 0;
  for (const [file, cases] of Object.entries(routeMatrix(facts))) {
    await test.step(file, async () => {
      for (const { name, path, expected } of cases) {
        const answers = await Promise.all(
          ROLES.map(async (role) => {
            const headers: Record<string, string> = {};
            if (cookies[role]) headers['cookie'] = cookies[role];
            const response = await fetch(`${baseURL}${path}`, { headers, redirect: 'manual' });
            const body = await response.text();
            if (response.status === 303 && role === 'anonymous') {
              expect(response.headers.get('location'), path).toBe(
                `/logga-in?till=${encodeURIComponent(path)}`,
              );
            }
            if (response.status >= 400 && !path.includes('.')) expect(body, path).toContain('<h1>');
            asked += 1;
            return [role, response.status];
          }),
        );
        const wanted = ROLES.map((role) => [role, typeof expected === 'number' ? expected : expected[role]]);
        expect({ file, name, path, ...Object.fromEntries(answers) }).toEqual({
          file,
          name,
          path,
          ...Object.fromEntries(wanted),
        });
      }
    });
  }
  expect(asked).toBeGreaterThan(250);
});

async function signInAll(db: Database): Promise<Partial<Record<RoleName, string>>> {
  const rows = await db.execute<{ id: string; email: string }>(sql`
    select id, email from account where email like '%@demo.test'`);
  const entries = await Promise.all(
    ROLES.filter((role) => role !== 'anonymous').map(async (role) => {
      const account = rows.find(({ email }) => email === `${role}@demo.test`);
      expect(account, `${role}@demo.test`).toBeDefined();
      return [role, `${sessionCookieName(false)}=${await startSession(account!.id)}`] as const;
    }),
  );
  return Object.fromEntries(entries);
}

/** What chef has of her own, made where it is missing. */
async function readFacts(db: Database): Promise<Facts> {
  const today = stockholmToday();
  const people = await db.execute<{
    role: RoleName;
    personId: string;
    hasCourse: boolean;
    unit: string | null;
  }>(sql`
    select split_part(a.email, '@', 1) as role, a.person_id as "personId",
      exists (select from completion c where c.person_id = a.person_id and c.module_slug = 'grundkurs'
        and not exists (select from completion_correction k where k.completion_id = c.id)) as "hasCourse",
      (select u.code from employment e join unit u on u.id = e.unit_id
        where e.person_id = a.person_id and e.is_manager and e.valid @> ${today}::date) as unit
    from account a where a.email like '%@demo.test'`);
  const chef = people.find(({ role }) => role === 'chef');
  if (!chef?.unit) throw new Error('chef@demo.test manages no unit');
  const [other] = await db.execute<{ code: string }>(sql`
    select u.code from unit u join unit_period p on p.unit_id = u.id and p.valid @> ${today}::date
    where p.kind = 'team' and u.code <> ${chef.unit} order by u.code limit 1`);
  const [certificate] = await db.execute<{ code: string }>(sql`
    insert into certificate (code, completion_id)
    select ${randomUUID()}, c.id from completion c
    where c.person_id = ${chef.personId} and c.module_slug = 'grundkurs' order by c.completed_at limit 1
    on conflict (completion_id) do update set code = certificate.code returning code`);
  const [event] = await db.execute<{ id: string }>(sql`
    select id from session_event order by starts_at desc limit 1`);
  return {
    event: event!.id,
    ownUnit: chef.unit,
    otherUnit: other!.code,
    submission: await addSubmission(db, chef.personId),
    certificate: certificate!.code,
    graduates: people.filter(({ hasCourse }) => hasCourse).map(({ role }) => role),
  };
}

async function addSubmission(db: Database, personId: string): Promise<string> {
  const version = await findCurrentVersion(db, 'del-1');
  const id = randomUUID();
  await db.insert(attempt).values({
    id,
    personId,
    moduleVersionId: version!.id,
    answers: {},
    answersHash: Buffer.alloc(32),
    correct: 0,
    questions: 8,
    passed: false,
    submittedAt: new Date(),
  });
  return id;
}
