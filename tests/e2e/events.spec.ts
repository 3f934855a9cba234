import { eq } from 'drizzle-orm';
import type { Browser, Page } from '@playwright/test';
import type { Database } from '#db/client.ts';
import { sessionEvent } from '#db/schema/events.ts';
import {
  expect,
  expectNoFaults,
  expectNothingSideways,
  expectSound,
  test,
  type TestPerson,
} from '../support/e2e.ts';

const HOUR = 3_600_000;
const PHONE = { width: 360, height: 780 };

async function addEvent(db: Database, createdBy: string, title: string): Promise<string> {
  const [row] = await db
    .insert(sessionEvent)
    .values({
      moduleSlug: 'del-2',
      title,
      startsAt: new Date(Date.now() + HOUR),
      endsAt: new Date(Date.now() + 2 * HOUR),
      place: 'Sal 3',
      places: 1,
      createdBy,
      attendanceCode: 'ACDEFG',
    })
    .returning({ id: sessionEvent.id });
  return row!.id;
}

/** Lets the occasion have begun a moment ago. */
async function begin(db: Database, id: string): Promise<void> {
  await db
    .update(sessionEvent)
    .set({ startsAt: new Date(Date.now() - 1000) })
    .where(eq(sessionEvent.id, id));
}

async function open(
  browser: Browser,
  signIn: (someone: TestPerson, context: Awaited<ReturnType<Browser['newContext']>>) => Promise<void>,
  someone: TestPerson,
  javaScriptEnabled = false,
): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled, viewport: PHONE });
  await signIn(someone, context);
  return context.newPage();
}

test('Without JavaScript: one signs up, another waits and moves up, a phone ticks, and Min sida shows it', async ({
  browser,
  db,
  addPerson,
  signIn,
}) => {
  const coordinator = await addPerson({ name: 'Sam Ordnare', role: 'samordnare' });
  const id = await addEvent(db, coordinator.personId, 'Kvällens samtal');
  const first = await open(browser, signIn, await addPerson({ name: 'Frida Först' }));
  const second = await open(browser, signIn, await addPerson({ name: 'Annika Andra' }));

  await first.goto('/utbildningstillfallen');
  await expect(first.getByText('Den som leder tillfället ser ditt namn')).toBeVisible();
  await first.getByRole('button', { name: /Anmäl mig ?: Kvällens samtal/ }).click();
  await expect(first).toHaveURL('/utbildningstillfallen?klart=anmald');
  await second.goto(`/utbildningstillfallen/${id}`);
  await second.getByRole('button', { name: /Ställ mig i kö/ }).click();
  await expect(second.getByText('Du står på plats 1 i kön')).toBeVisible();
  await first.goto('/min-sida');
  const own = first.getByRole('region', { name: 'Dina utbildningstillfällen' });
  await expect(own.getByText('Du har en plats')).toBeVisible();
  await own.getByRole('button', { name: /Ta tillbaka/ }).click();
  await expect(first).toHaveURL('/min-sida?klart=avanmald');
  await expect(own.getByText('Du är inte anmäld')).toBeVisible();
  await second.reload();
  await expect(second.getByText('Du har en plats')).toBeVisible();

  await begin(db, id);
  const leader = await open(browser, signIn, coordinator);
  await leader.goto(`/utbildningstillfallen/${id}/narvaro`);
  await expect(leader.getByText('0 av 1 är registrerade')).toBeVisible();
  const row = leader.getByRole('button', { name: /Annika Andra/ });
  const box = await row.boundingBox();
  expect(box!.height).toBeGreaterThanOrEqual(48);
  await row.click();
  await expect(leader.getByText('1 av 1 är registrerade')).toBeVisible();
  await expect(row).toHaveAttribute('aria-pressed', 'true');
  await second.goto('/min-sida');
  const completed = second.getByRole('region', { name: 'Det du har genomfört' });
  await expect(completed.getByRole('row', { name: /Del 2/ })).toContainText('Utbildningstillfälle');
  await row.click();
  await expect(leader.getByText('0 av 1 är registrerade')).toBeVisible();
  await second.reload();
  await expect(completed.getByRole('row', { name: /Del 2/ })).toContainText('Närvaron togs tillbaka');
  for (const page of [first, second, leader]) await page.context().close();
});

test('A form with faults keeps what was typed and says at each field what to do', async ({
  page,
  addPerson,
  signIn,
}) => {
  await signIn(await addPerson({ role: 'redaktor' }));
  await page.goto('/utbildningstillfallen/nytt');
  await page.getByLabel('Namn på tillfället').fill('Samtal i sal 3');
  await page.getByLabel('Länk till mötet').fill('http://exempel.se');
  const [response] = await Promise.all([
    page.waitForResponse((answer) => answer.request().method() === 'POST'),
    page.getByRole('button', { name: 'Lägg in tillfället' }).click(),
  ]);
  expect(response.status()).toBe(422);
  await expect(page.getByLabel('Namn på tillfället')).toHaveValue('Samtal i sal 3');
  await expect(page.getByLabel('Länk till mötet')).toHaveAccessibleDescription(
    /Länken måste börja med https/,
  );
  await expectNoFaults(page);
});

test('A workplace meeting goes on for everyone; without JavaScript by a link', async ({
  browser,
  addPerson,
  signIn,
}) => {
  const leader = await open(browser, signIn, await addPerson({ name: 'Lena Ledare' }));
  await leader.goto('/apt');
  await leader.getByLabel('Vad ni ska gå igenom').selectOption({ label: 'Del 3: Vilka tecken kan jag se?' });
  await leader.getByRole('button', { name: 'Starta träffen' }).click();
  await expect(leader).toHaveURL(/\/apt\/[A-Z]{6}$/);
  const code = new URL(leader.url()).pathname.slice('/apt/'.length);

  const lively = await open(browser, signIn, await addPerson({ name: 'Livia' }), true);
  const plain = await open(browser, signIn, await addPerson({ name: 'Per' }));
  for (const page of [lively, plain]) {
    await page.goto('/apt');
    await page.getByLabel('Kod från den som leder').fill(code.toLowerCase());
    await page.getByRole('button', { name: 'Gå med' }).click();
    await expect(page.getByRole('heading', { name: 'Innan ni börjar' })).toBeVisible();
  }
  await leader.getByRole('link', { name: 'Visa var ni är nu' }).click();
  await expect(leader.getByText('2 har gått med')).toBeVisible();
  expect(await leader.content()).not.toMatch(/Livia|\bPer\b/);
  await leader.getByRole('button', { name: 'Nästa steg' }).click();
  const heading = 'När blir ett tecken ett mönster?';
  await expect(lively.getByRole('heading', { name: heading })).toBeVisible();
  await plain.getByRole('link', { name: 'Visa var ni är nu' }).click();
  await expect(plain.getByRole('heading', { name: heading })).toBeVisible();
  for (let step = 1; step < 7; step += 1) await leader.getByRole('button', { name: 'Nästa steg' }).click();
  await expect(lively.getByRole('link', { name: 'Öppna kunskapskontrollen' })).toHaveAttribute(
    'href',
    '/kurs/del-3/kunskapskontroll/',
  );
  await leader.getByRole('button', { name: 'Avsluta träffen' }).click();
  await expect(lively.getByRole('heading', { name: 'Träffen är slut' })).toBeVisible();
  for (const page of [leader, lively, plain]) await page.context().close();
});

for (const view of [
  { viewport: PHONE, colorScheme: 'light' },
  { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
] as const) {
  test(`axe finds nothing on the pages of occasions and meetings, ${view.colorScheme}`, async ({
    browser,
    db,
    addPerson,
    signIn,
  }) => {
    const context = await browser.newContext(view);
    const creator = await addPerson({ name: 'Ada Adminsson', role: 'admin' });
    await signIn(creator, context);
    const page = await context.newPage();
    const coming = await addEvent(db, creator.personId, 'Nästa samtal');
    const open = await addEvent(db, creator.personId, 'Pågående samtal');
    await page.goto(`/utbildningstillfallen/${open}`);
    await page.getByRole('button', { name: /Anmäl mig/ }).click();
    await begin(db, open);
    for (const path of [
      '/utbildningstillfallen',
      '/utbildningstillfallen/nytt',
      `/utbildningstillfallen/${coming}`,
      `/utbildningstillfallen/${coming}/andra`,
      `/utbildningstillfallen/${open}`,
      `/utbildningstillfallen/${open}/narvaro`,
      '/apt',
      '/apt/AAAAAA',
      '/apt/handledning/del-1',
    ]) {
      await expectSound(page, path);
    }
    await page.goto('/apt');
    await page.getByLabel('Vad ni ska gå igenom').selectOption('del-4');
    await page.getByRole('button', { name: 'Starta träffen' }).click();
    await page.getByRole('button', { name: 'Nästa steg' }).click();
    await expect(page.getByText('Avsnitt 1 av')).toBeVisible();
    await expectNoFaults(page);
    await expectNothingSideways(page);
    await context.close();
  });
}
