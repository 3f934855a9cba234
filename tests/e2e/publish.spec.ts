import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { sql } from 'drizzle-orm';
import { expect, expectNoFaults, expectNothingSideways, test } from '../support/e2e.ts';

const MODULE = 'pojkar-man-och-hbtqi-personer';
const TITLE = 'Pojkar, män och hbtqi-personer';
const PASSWORD = 'demo-trygg-grund';
const PICTURES = join('test-results', 'unpractised-editor');

/** Says what a person does and counts it, with a picture of what she sees afterwards. */
class Steps {
  readonly done: string[] = [];

  async take(page: Page, what: string, action: () => Promise<unknown>): Promise<void> {
    await test.step(what, action);
    this.done.push(what);
    const number = String(this.done.length).padStart(2, '0');
    await page.screenshot({ path: join(PICTURES, `${number}.png`), fullPage: true });
  }
}

async function openBrowser(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto('/logga-in');
  return page;
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-post').first().fill(email);
  await page.getByLabel('Lösenord').first().fill(PASSWORD);
  await page.getByRole('button', { name: 'Logga in', exact: true }).click();
  await page.waitForURL('**/min-sida');
}

async function expectFits(page: Page): Promise<void> {
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNothingSideways(page);
    await expectNoFaults(page);
  }
}

test('An unpractised editor gets from signing in to a published text, with a colleague who approves', async ({
  browser,
  page: reader,
  db,
}, testInfo) => {
  test.setTimeout(180_000);
  mkdirSync(PICTURES, { recursive: true });
  const steps = new Steps();
  const sentence = `Den här meningen är ny sedan ${new Date().toISOString().slice(11, 19)}.`;
  const before = (await (await reader.request.get('/api/release')).json()) as Release;

  const editor = await openBrowser(browser);
  const reviewer = await openBrowser(browser);
  await steps.take(editor, 'Logga in', () => signIn(editor, 'redaktor@demo.test'));
  await steps.take(editor, 'Gå till innehållet', () => editor.goto('/redaktor'));
  await steps.take(editor, 'Välj modulen', async () => {
    await editor
      .getByRole('row', { name: new RegExp(TITLE) })
      .getByRole('link')
      .first()
      .click();
    await editor.waitForURL(`**/redaktor/moduler/${MODULE}`);
  });
  await steps.take(editor, 'Öppna ett utkast', async () => {
    await editor.getByRole('button', { name: 'Öppna ett utkast' }).click();
    await expect(editor.getByRole('status')).toContainText('Utkastet är öppnat');
  });
  await steps.take(editor, 'Välj inledningen', () =>
    editor.getByRole('link', { name: 'Skriv i Inledningen' }).click(),
  );
  await steps.take(editor, 'Skriv en mening', async () => {
    const text = editor.getByRole('textbox', { name: 'Inledningen', exact: true });
    await expect(text).toHaveAttribute('contenteditable', 'true');
    await text.locator('p').first().click();
    await editor.keyboard.press('End');
    await editor.keyboard.press('Enter');
    await editor.keyboard.type(sentence);
    await expect(editor.getByText(/^Sparat kl\./)).toBeVisible();
  });
  await steps.take(editor, 'Gå tillbaka till modulen', () =>
    editor.getByRole('navigation', { name: 'Här är du' }).getByRole('link').last().click(),
  );
  await steps.take(editor, 'Gå till granskningen', async () => {
    await editor.getByRole('link', { name: 'Granskning' }).first().click();
    await expect(editor.getByRole('heading', { name: 'Det här är ändrat' })).toBeVisible();
  });
  await expect(editor.locator('ins')).toContainText(sentence);
  await expectFits(editor);
  await steps.take(editor, 'Lämna in', async () => {
    // The check renders every page of the module in a process of its own.
    await editor.getByRole('button', { name: 'Kontrollera och lämna in' }).click({ timeout: 60_000 });
    await expect(editor.getByRole('status')).toContainText('inlämnat');
  });
  await expect(editor.getByText('Du lämnade in utkastet. Någon annan')).toBeVisible();

  await steps.take(reviewer, 'Kollegan loggar in', () => signIn(reviewer, 'granskare@demo.test'));
  await steps.take(reviewer, 'Kollegan går till innehållet', () => reviewer.goto('/redaktor'));
  await steps.take(reviewer, 'Kollegan väljer uppgiften att granska', async () => {
    await reviewer.getByRole('link', { name: `Granska ”${TITLE}”` }).click();
    await expect(reviewer.locator('ins')).toContainText(sentence);
  });
  await steps.take(reviewer, 'Kollegan godkänner', async () => {
    await reviewer.getByRole('button', { name: 'Godkänn' }).click();
    await expect(reviewer.getByRole('status')).toContainText('godkänt');
  });

  await steps.take(editor, 'Se att det är godkänt', () => editor.reload());
  await steps.take(editor, 'Säg vad det är för ändring och varför', async () => {
    await editor.getByLabel('Värt att läsa om').check();
    await editor.getByLabel('Vad är ändrat, och varför?').fill('En ny mening.');
    await editor.getByRole('button', { name: 'Se vad det betyder' }).click({ timeout: 30_000 });
    await expect(editor.getByText('Ingen förlorar sitt genomförande.')).toBeVisible();
  });
  await expectFits(editor);
  await steps.take(editor, 'Publicera', async () => {
    await editor.getByRole('button', { name: 'Publicera nu' }).click();
    await editor.waitForURL(/\/redaktor\/publicering\/\d+$/);
  });
  await steps.take(editor, 'Vänta på att sidorna byggs', () =>
    expect(editor.getByRole('link', { name: 'Se sidan som läsarna ser den' })).toBeVisible({
      timeout: 120_000,
    }),
  );
  await expectFits(editor);
  await steps.take(editor, 'Se den publicerade sidan', () =>
    editor.getByRole('link', { name: 'Se sidan som läsarna ser den' }).click(),
  );

  await expect(editor.getByRole('main')).toContainText(sentence);
  const release = (await (await reader.request.get('/api/release')).json()) as Release;
  expect(release.id).toBeGreaterThan(before.id);
  expect(release.modules[MODULE]).toBe((before.modules[MODULE] ?? 0) + 1);
  await editor.goto(`/redaktor/moduler/${MODULE}`);
  await expect(editor.getByRole('heading', { name: 'Ingen ändrar modulen just nu' })).toBeVisible();
  const row = editor.getByRole('row', { name: new RegExp(`^${release.id} `) });
  await editor.goto('/redaktor/publicering');
  await expect(row).toContainText('Läsarna ser den här');
  await expect(row).toContainText(/Inlämnat av .+, godkänt av .+, publicering begärd av .+/);
  await expectFits(editor);
  // As it is listed when it was a new requirement: nobody who takes other tests is to be asked for it.
  await db.execute(sql`
    update publication set change = 'requirement', older_count_until = '2099-12-31'
    where id = (select publication_id from release where id = ${release.id})`);
  await editor.reload();
  await expect(row).toContainText('Äldre genomföranden räknas till och med 31 december 2099');
  const summary = `Från inloggning till publicerad sida: ${steps.done.length} steg`;
  testInfo.annotations.push({ type: 'steps', description: summary });
  console.log([summary, ...steps.done.map((what, index) => `  ${index + 1}. ${what}`)].join('\n'));
});

interface Release {
  id: number;
  modules: Record<string, number>;
}
