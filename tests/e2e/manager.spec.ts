import { parse } from 'csv-parse/sync';
import { sql } from 'drizzle-orm';
import readSheet from 'read-excel-file/node';
import { expect, expectSound, findDemoPerson, test, type TestPerson } from '../support/e2e.ts';
import type { Database } from '#db/client.ts';
import { stockholmToday } from '#src/lib/clock.ts';

// Links and forms are all there is: nothing here may need JavaScript.
test.use({ javaScriptEnabled: false });

/** Someone who leads a whole department, with an account made for the test. */
async function findDepartmentManager(db: Database): Promise<TestPerson & { unit: string; people: number }> {
  const day = stockholmToday();
  const [row] = await db.execute<{ personId: string; name: string; unit: string; people: number }>(sql`
    select e.person_id as "personId", m.name, p.name as unit, (
      select count(distinct w.person_id)::int from employment w
      join unit_period team on team.unit_id = w.unit_id and team.valid @> ${day}::date
      left join unit_period above on above.unit_id = team.parent_id and above.valid @> ${day}::date
      where w.valid @> ${day}::date and p.unit_id in (team.unit_id, team.parent_id, above.parent_id)) as people
    from employment e
    join unit_period p on p.unit_id = e.unit_id and p.valid @> ${day}::date and p.kind = 'department'
    join person m on m.id = e.person_id
    where e.is_manager and e.valid @> ${day}::date
    order by p.name limit 1`);
  const email = `${row!.personId}@exempel.test`;
  const [account] = await db.execute<{ id: string }>(sql`
    insert into account (person_id, email) values (${row!.personId}, ${email})
    on conflict (person_id) do update set email = excluded.email returning id`);
  return { ...row!, accountId: account!.id, email };
}

test('A manager finds who lacks the course, by filter, by name and by order', async ({
  page,
  db,
  signIn,
}) => {
  await signIn(await findDemoPerson(db, 'chef'));
  await page.goto('/chef');
  const rows = page.locator('table.staff tbody tr:not(.protected)');
  const all = await rows.count();
  // Read with each list: a colleague may complete the course in another test meanwhile.
  const readFigure = async () => {
    const text = (await page.locator('.headline').textContent())!;
    const [, completed, people] = text.match(/har (\d+) av (\d+) genomfört/)!;
    return { completed: Number(completed), people: Number(people) };
  };
  const hidden = page.locator('table.staff tr.protected');
  await expect(hidden).toContainText(/^\s*\d+ person(er)? med skyddade uppgifter/);
  // Whoever is protected is left out of the figure: beside the names it would tell what they have done.
  expect((await readFigure()).people).toBe(all);
  await expect(page.locator('table.staff caption')).toHaveText(`${all} personer`);

  await page.getByLabel('Visa', { exact: true }).selectOption('De som saknar något');
  await page.getByRole('button', { name: 'Visa listan' }).click();
  await expect(page).toHaveURL('/chef?visa=saknas&sok=&antal=50');
  const missing = await rows.count();
  expect(await rows.getByText(/^(Inte påbörjad|Påbörjad|Har gått ut)$/).count()).toBe(missing);
  await expect(hidden).toHaveCount(1);
  const before = await readFigure();
  expect(before.people - before.completed).toBe(missing);

  await page.getByLabel('Visa', { exact: true }).selectOption('De som har genomfört allt');
  await page.getByRole('button', { name: 'Visa listan' }).click();
  expect(await rows.count()).toBe((await readFigure()).completed);
  await page.getByRole('columnheader', { name: 'Genomförd den' }).getByRole('link').click();
  const dates = await rows
    .locator('time')
    .evaluateAll((times) => times.map((time) => time.getAttribute('datetime')));
  expect(dates).toEqual([...dates].sort());

  await page.getByRole('link', { name: 'Rensa valen' }).click();
  await page.getByLabel('Del av namn').fill('daggPÄRLA');
  await page.getByRole('button', { name: 'Visa listan' }).click();
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('Maja Daggpärla');
  await page.getByLabel('Del av namn').fill('finns nog inte');
  await page.getByRole('button', { name: 'Visa listan' }).click();
  await expect(page.locator('.empty')).toContainText('Ingen i listan har ”finns nog inte” i namnet.');
  await expect(hidden).toHaveCount(1);
});

test('An employee on the list can see who looked, and the manager sees no more than status and date', async ({
  page,
  browser,
  db,
  signIn,
}) => {
  const manager = await findDemoPerson(db, 'chef');
  const employee = await findDemoPerson(db, 'medarbetare');
  const looks = async () => {
    const [row] = await db.execute<{ looks: number }>(sql`
      select count(*)::int as looks from list_look_person s join list_look l on l.id = s.look_id
      where s.person_id = ${employee.personId} and l.viewer_id = ${manager.personId}
        -- Other tests look at the whole list meanwhile; this one searches for her alone.
        and (select count(*) from list_look_person o where o.look_id = l.id) = 1`);
    return row!.looks;
  };
  const before = await looks();
  await signIn(manager);
  await page.goto('/chef?sok=Daggpärla');
  const headings = await page.locator('table.staff').getByRole('columnheader').allTextContents();
  expect(headings.map((text) => text.trim())).toEqual([
    'Namn',
    'Befattning',
    'Enhet',
    'Status',
    'Genomförd den',
  ]);
  expect(await looks()).toBe(before + 1);
  await page.goto('/chef?sok=Klöverklang');
  expect(await looks()).toBe(before + 1);

  const context = await browser.newContext({ javaScriptEnabled: false });
  await signIn(employee, context);
  const ownPage = await context.newPage();
  await ownPage.goto('/min-sida');
  await expect(ownPage.getByRole('main')).toContainText(manager.name);
  await context.close();
});

test("A protected person's name and id are nowhere on the manager's pages", async ({ page, db, signIn }) => {
  const manager = await findDemoPerson(db, 'chef');
  const hidden = await db.execute<{ id: string; name: string }>(sql`
    select p.id, p.name from person p join employment e on e.person_id = p.id
    where p.is_protected and e.unit_id in (
      select unit_id from employment where person_id = ${manager.personId} and is_manager)`);
  expect(hidden.length).toBeGreaterThan(0);
  await signIn(manager);
  for (const { id, name } of hidden) {
    for (const query of ['', '?visa=genomford', '?visa=saknas', `?sok=${encodeURIComponent(name)}`]) {
      await page.goto(`/chef${query}`);
      const shown = (await page.content()).replaceAll(/value="[^"]*"|”[^”]*”/g, '');
      expect(shown).not.toContain(name);
      expect(shown).not.toContain(id);
      await expect(page.locator('tr.protected')).toHaveCount(1);
    }
  }
});

test('A department is read fifty at a time, and one of its units can be chosen', async ({
  page,
  db,
  signIn,
}) => {
  const manager = await findDepartmentManager(db);
  await signIn(manager);
  await page.goto('/chef');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(manager.unit);
  const rows = page.locator('table.staff tbody tr:not(.protected)');
  await expect(rows).toHaveCount(50);
  const first = await rows.first().textContent();
  const pager = page.getByRole('navigation', { name: 'Sidor', exact: true });
  await expect(pager).toContainText(/Sida 1 av \d+/);
  await pager.getByRole('link', { name: 'Nästa sida' }).click();
  await expect(page).toHaveURL(/[?&]sida=2$/);
  await expect(pager).toContainText(/Sida 2 av \d+/);
  expect(await rows.first().textContent()).not.toBe(first);
  await pager.getByRole('link', { name: 'Föregående sida' }).click();
  expect(await rows.first().textContent()).toBe(first);

  const chooser = page.getByLabel('Enhet', { exact: true });
  const options = await chooser.getByRole('option').all();
  expect(options.length).toBeGreaterThan(5);
  const team = options.at(-1)!;
  const name = (await team.textContent())!.trim();
  await chooser.selectOption((await team.getAttribute('value'))!);
  await page.getByRole('button', { name: 'Visa listan' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
});

test('Whoever leads no unit gets a designed refusal; a unit of someone else does not exist here', async ({
  page,
  db,
  addPerson,
  signIn,
}) => {
  await signIn(await addPerson());
  expect((await page.goto('/chef'))?.status()).toBe(403);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Den här sidan är inte öppen för dig');
  await signIn(await findDemoPerson(db, 'chef'));
  expect((await page.goto('/chef?enhet=SK'))?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sidan finns inte');
});

test('The screen, the CSV file and the Excel file say the same, cell by cell', async ({
  page,
  db,
  signIn,
}) => {
  await signIn(await findDemoPerson(db, 'chef'));
  for (const query of ['', '?visa=saknas&sok=a&sortera=namn&ordning=fallande', '?sortera=datum']) {
    // Somebody may complete something between the three: then they are asked once more.
    await expect(async () => {
      await page.goto(`/chef${query}`);
      const link = (name: string) => page.getByRole('link', { name, exact: true }).getAttribute('href');
      const csv = await page.request.get((await link('CSV'))!);
      const excel = await page.request.get((await link('Excel'))!);
      expect(csv.headers()['content-disposition']).toMatch(
        /^attachment; filename="medarbetare-\d{4}-\d\d-\d\d\.csv"$/,
      );
      const lines = parse(await csv.body(), { bom: true, delimiter: ';' }) as string[][];
      const sheets = await readSheet(await excel.body());
      const cells = sheets[0]!.data.map((cellsOfRow) =>
        cellsOfRow.map((cell) => (cell === null ? '' : String(cell))),
      );
      const onScreen = await page.locator('table.staff tbody tr:not(.protected)').evaluateAll((rows) =>
        rows.map((row) => {
          const text = (one: Element | null) => one?.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '';
          const linesOf = (index: number) =>
            [...row.children[index]!.querySelectorAll('.line')].map((line) => text(line)).join(' / ');
          const day = (name: string) => row.querySelector(`time.${name}`)?.getAttribute('datetime') ?? '';
          const status = text(row.querySelector('.status'));
          return [
            text(row.children[0]!),
            linesOf(1),
            linesOf(2),
            status,
            day('on'),
            day('until'),
            day('waived'),
          ];
        }),
      );
      expect(onScreen.length).toBeGreaterThan(3);
      expect(lines.slice(1)).toEqual(onScreen);
      expect(cells).toEqual(lines);
      expect(lines[0]?.slice(0, 3)).toEqual(['Namn', 'Befattning', 'Enhet']);
    }).toPass({ timeout: 30_000 });
  }
});

test('A manager names a deputy, who sees the list under her own name until it is ended', async ({
  page,
  browser,
  db,
  signIn,
}) => {
  const manager = await findDemoPerson(db, 'chef');
  const [other] = await db.execute<TestPerson & { number: string } & Record<string, unknown>>(sql`
    select p.id as "personId", p.name, p.employee_number as number from person p
    join employment e on e.person_id = p.id and e.valid @> ${stockholmToday()}::date
    where not p.is_protected and p.employee_number is not null and not exists (
      select from employment m where m.person_id = p.id and m.is_manager)
      and not exists (select from account a where a.person_id = p.id)
    order by p.employee_number limit 1`);
  const [account] = await db.execute<{ id: string }>(sql`
    insert into account (person_id, email) values (${other!.personId}, ${`${other!.personId}@exempel.test`})
    returning id`);
  await signIn(manager);
  await page.goto('/chef/ersattare');
  await page.getByRole('button', { name: 'Granska' }).click();
  await expect(page.getByRole('alert')).toContainText(
    'Skriv personens e-postadress eller anställningsnummer.',
  );
  await page.getByLabel('E-post eller anställningsnummer').fill(other!.number);
  await page.getByLabel('Till och med').fill(stockholmToday());
  await page.getByRole('button', { name: 'Granska' }).click();
  await expect(page.getByRole('main')).toContainText(`${other!.name} blir ersättare för`);
  await page.getByRole('button', { name: 'Utse ersättaren' }).click();
  await expect(page.getByText('Ersättaren är utsedd.')).toBeVisible();

  const context = await browser.newContext({ javaScriptEnabled: false });
  await signIn({ accountId: account!.id }, context);
  const deputy = await context.newPage();
  await deputy.goto('/chef');
  await expect(deputy.getByText(/Du ser enheten som ersättare till och med/)).toBeVisible();
  expect(await deputy.locator('table.staff tbody tr').count()).toBeGreaterThan(3);
  await deputy.goto('/chef/ersattare');
  await expect(
    deputy.getByText('Du är ersättare, och en ersättare kan inte utse någon annan.'),
  ).toBeVisible();
  await page.getByRole('button', { name: `Avsluta nu ersättaren ${other!.name}` }).click();
  await expect(page.getByText('Ersättaren har inte längre tillgång till enheten.')).toBeVisible();
  expect((await deputy.goto('/chef'))?.status()).toBe(403);
  await context.close();
});

test('Who lacks a course is shown without anything to press where no mail is sent', async ({
  page,
  db,
  signIn,
}) => {
  await signIn(await findDemoPerson(db, 'chef'));
  await page.goto('/chef/paminn');
  await expect(page.getByText('Härifrån skickas inga mejl')).toBeVisible();
  expect(await page.locator('table.staff tbody tr').count()).toBeGreaterThan(0);
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(0);
});

test('axe finds nothing on the pages of a department, also on a phone, and on paper there are no controls', async ({
  browser,
  db,
  signIn,
}) => {
  test.slow();
  const manager = await findDepartmentManager(db);
  for (const viewport of [
    { width: 1280, height: 900 },
    { width: 360, height: 780 },
  ]) {
    const context = await browser.newContext({ viewport, javaScriptEnabled: true });
    await signIn(manager, context);
    const page = await context.newPage();
    for (const path of ['/chef?sortera=datum&ordning=fallande', '/chef/paminn', '/chef/ersattare']) {
      await expectSound(page, path);
    }
    await page.goto('/chef');
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('table.staff')).toBeVisible();
    for (const control of ['main form', 'main .subnav', 'main .pager', 'main .button', '.sort-links']) {
      for (const one of await page.locator(control).all()) await expect(one).toBeHidden();
    }
    await context.close();
  }
});
