import type { Page } from '@playwright/test';
import { discardDraft, openDraft } from '#src/features/editorial/drafts.server.ts';
import { discardFacts } from '#src/features/facts-editor/save-fact.server.ts';
import { paths } from '#src/lib/paths.ts';
import { expect, expectNoFaults, test, type TestPerson } from '../support/e2e.ts';

const MODULE = 'bortforande-och-utreseforbud';

const asActor = (person: TestPerson) => ({
  ...person,
  role: 'redaktor' as const,
  isManager: false,
  isProtected: false,
});

/** Goes on with the keyboard until the control with the name has the focus. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const target = page.getByLabel(name).or(page.getByRole('button', { name })).first();
  for (let step = 0; step < 40; step += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}

test('A question is written by keyboard, and advice on it comes and goes', async ({
  page,
  addPerson,
  signIn,
}) => {
  const editor = await addPerson({ role: 'redaktor', name: 'Frida Frågvis' });
  await signIn(editor);
  const opened = await openDraft(asActor(editor), MODULE);
  if (opened.kind !== 'opened') throw new Error('the draft opens');
  await page.goto(`${paths.moduleDraft(MODULE)}/kunskapskontroll`);
  const add = page.getByRole('button', { name: 'Lägg till en fråga' });
  await expect(add).toBeEnabled();
  const before = await page.locator('.question-editor').count();
  await add.focus();
  await page.keyboard.press('Enter');
  const question = page.getByRole('group', { name: `Fråga ${before + 1}` });
  await expect(question.getByLabel('Frågan', { exact: true })).toBeFocused();
  await page.keyboard.type('En elev säger att hon inte får åka hem. Vad ska du inte göra?');
  const warning = question.getByText('Frågan söker det som inte stämmer.');
  await expect(warning).toBeVisible();
  await expect(question.getByLabel('Frågan', { exact: true })).toHaveAccessibleDescription(
    /söker det som inte stämmer/,
  );
  await expectNoFaults(page);
  for (let step = 0; step < ' ska du inte göra?'.length; step += 1) await page.keyboard.press('Backspace');
  await page.keyboard.type(' gör du först?');
  await expect(warning).toBeHidden();

  const answers = ['Ringer hem och frågar', 'Anmäler min oro genast', 'Väntar några dagar'];
  for (const [index, text] of answers.entries()) {
    await tabTo(page, `Svaret ${index + 1}`);
    await page.keyboard.insertText(text);
    await tabTo(page, `Återkoppling till svar ${index + 1}`);
    await page.keyboard.insertText(`Det leder till följd nummer ${index + 1} för eleven.`);
  }
  await question.getByLabel('Svar 1 är rätt').focus();
  await page.keyboard.press('ArrowDown');
  await expect(question.getByLabel('Svar 2 är rätt')).toBeChecked();
  await expect(question.getByText('Kvar att göra')).toBeHidden();

  // Moved up, the button that was pressed keeps the focus.
  const up = question.getByRole('button', { name: /^Flytta upp fråga/ });
  await up.focus();
  await page.keyboard.press('Enter');
  const moved = page.getByRole('group', { name: `Fråga ${before}`, exact: true });
  await expect(moved.getByRole('button', { name: `Flytta upp fråga ${before}` })).toBeFocused();
  await expect(page.getByText(/^Sparat kl\./)).toBeVisible();

  await page.reload();
  const summary = page.locator('.question-editor > summary').nth(before - 1);
  await expect(summary).toContainText('En elev säger att hon inte får åka hem. Vad gör du först?');
  await expect(summary).toContainText('Klar');
  await discardDraft(asActor(editor), opened.draftId);

  await page.goto(paths.fact('contacts', 'bris'));
  await expectNoFaults(page);
});

test.describe('Without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a fact is held against its source, and changed', async ({ page, addPerson, signIn }) => {
    const editor = await addPerson({ role: 'redaktor', name: 'Felix Fakta' });
    await signIn(editor);
    await page.goto(paths.facts);
    await page.getByLabel('Ord i texten').fill('kriscentrum boende för kvinnor');
    await page.getByRole('button', { name: 'Visa', exact: true }).click();
    await page.getByRole('link', { name: 'Kriscentrum boende', exact: true }).click();
    await page.getByRole('link', { name: 'Kontrollera mot källan' }).click();
    await expect(page.getByRole('heading', { name: 'Källan' })).toBeVisible();
    await page.getByRole('button', { name: 'Kontrollerad i dag' }).click();
    await expect(page.getByRole('status')).toHaveText(/Kontrollen är noterad/);

    await page.getByLabel('Telefonnummer').fill('ring oss');
    await page.getByRole('button', { name: 'Spara i utkastet' }).click();
    const phone = page.getByLabel('Telefonnummer');
    await expect(phone).toHaveAccessibleDescription(/Skriv numret med siffror/);
    await expect(phone).toHaveValue('ring oss');
    await phone.fill('040-12 34 56');
    await page.getByRole('button', { name: 'Spara i utkastet' }).click();
    await expect(page.getByRole('status')).toHaveText(/sparad i utkastet/);
    await expect(page.getByText('Ändrad i utkastet')).toBeVisible();
    await discardFacts(asActor(editor));
  });
});
