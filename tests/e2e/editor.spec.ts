import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { Database } from '#db/client.ts';
import { findPart } from '#db/queries/draft-parts.ts';
import type { Actor } from '#src/features/auth/auth.ts';
import type { SectionPart } from '#src/features/documents/parts.ts';
import { discardDraft } from '#src/features/editorial/drafts.server.ts';
import { createModule } from '#src/features/editorial/new-module.server.ts';
import { addSection } from '#src/features/editorial/sections.server.ts';
import { expect, expectNoFaults, test as base, type TestPerson } from '../support/e2e.ts';

interface Section {
  path: string;
  /** What the server has of it. */
  stored(): Promise<SectionPart>;
}

const actorOf = ({ accountId, personId, name }: TestPerson): Actor => ({
  accountId,
  personId,
  name,
  role: 'redaktor',
  isManager: false,
  isProtected: false,
});

/** A new module with one section and its editor, signed in. */
const test = base.extend<{ editor: TestPerson; section: Section }>({
  editor: async ({ addPerson, signIn }, use) => {
    const editor = await addPerson({ role: 'redaktor', name: 'Rut Redaktör' });
    await signIn(editor);
    await use(editor);
  },
  section: async ({ db, editor }, use) => {
    const actor = actorOf(editor);
    const made = await createModule(actor, { titel: `Prov ${randomUUID()}`, malgrupp: 'För alla.' });
    if (made.kind !== 'created') throw new Error('the module is created');
    await addSection(actor, made.draftId, { rubrik: 'Det första' });
    await use({
      path: `/redaktor/moduler/${made.slug}/avsnitt/det-forsta`,
      stored: () => readSection(db, made.draftId),
    });
    await discardDraft(actor, made.draftId);
  },
});

async function readSection(db: Database, draftId: number): Promise<SectionPart> {
  return (await findPart(db, draftId, 'avsnitt/det-forsta'))!.content as SectionPart;
}

const textOf = (page: Page) => page.getByRole('textbox', { name: 'Texten' });
/** Opens the section, ready to write in. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(textOf(page)).toHaveAttribute('contenteditable', 'true');
}
const saved = (page: Page) => page.getByText(/^Sparat kl\./);

test('A section is written by keyboard only, with a case and a law, and stands as it was written', async ({
  page,
  section,
}) => {
  // Many keys, one after the other.
  test.slow();
  const { keyboard } = page;
  await open(page, section.path);
  await page.getByLabel('Ingress').focus();
  await keyboard.type('Om att fråga.');
  await textOf(page).focus();
  await keyboard.type('## Vad du kan göra');
  await keyboard.press('Enter');
  await keyboard.type('Lyssna ');
  await keyboard.press('Control+B');
  await keyboard.type('först');
  await keyboard.press('Control+B');
  await keyboard.press('Enter');
  await keyboard.press('/');
  await expect(page.getByRole('menuitem', { name: 'Faktaruta' })).toBeFocused();
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await expect(page.getByLabel('Rubrik på fallet')).toBeFocused();
  await keyboard.type('Lina är borta');
  await keyboard.press('Enter');
  await keyboard.type('Hon kommer inte.');
  await keyboard.press('Tab');
  await keyboard.type('Fråga henne');
  await keyboard.press('Enter');
  await keyboard.type('Hon berättar.');
  await keyboard.press('Tab');
  await keyboard.type('Ring hem');
  await keyboard.press('Tab');
  await keyboard.press('End');
  await keyboard.press('Shift+Tab');
  await keyboard.press('Enter');
  await keyboard.type('Det kan göra skada.');
  await keyboard.press('Control+Enter');
  await keyboard.type('Efter fallet.');
  await keyboard.press('Alt+F10');
  await page.getByRole('button', { name: 'Lägg till', exact: true }).focus();
  await keyboard.press('Enter');
  await keyboard.press('l');
  await keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Välj lagrum' }).getByLabel('Sök').focus();
  await keyboard.type('19 kap. 1');
  await keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Byt lagrum' })).toBeFocused();
  await keyboard.press('Alt+ArrowUp');
  await keyboard.press('Escape');
  await expect(page.getByText('Du har lämnat texten.')).toBeFocused();
  await keyboard.press('Tab');
  await expect(textOf(page)).not.toBeFocused();
  await expect(saved(page)).toBeVisible();
  await expectNoFaults(page);

  const { meta, body } = await section.stored();
  expect(meta.lead).toBe('Om att fråga.');
  expect(body.content).toMatchObject([
    { type: 'heading', attrs: { level: 2 }, content: [{ text: 'Vad du kan göra' }] },
    { content: [{ text: 'Lyssna ' }, { text: 'först', marks: [{ type: 'bold' }] }] },
    {
      type: 'case',
      attrs: { title: 'Lina är borta' },
      content: [
        { type: 'paragraph' },
        {
          attrs: { text: 'Fråga henne', verdict: 'good' },
          content: [{ content: [{ text: 'Hon berättar.' }] }],
        },
        {
          attrs: { text: 'Ring hem', verdict: 'harmful' },
          content: [{ content: [{ text: 'Det kan göra skada.' }] }],
        },
      ],
    },
    { type: 'law' },
    { type: 'paragraph', content: [{ text: 'Efter fallet.' }] },
  ]);

  await page.goto(`${section.path}?block=2#block-2`);
  await expect(page.getByText('Du är i: Fall')).toBeVisible();
});

test('What is typed without contact is there after a reload, and is saved when contact is back', async ({
  page,
  context,
  section,
}) => {
  await open(page, section.path);
  await textOf(page).fill('Sparat med kontakt.');
  await expect(saved(page)).toBeVisible();
  await context.route('**/redaktor/{spara,hall}', (route) => route.abort());
  await textOf(page).focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' Och utan.');
  await expect(page.getByText('Ingen kontakt just nu.')).toBeVisible();
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await expect(textOf(page)).toContainText('Sparat med kontakt. Och utan.');
  await expect(page.getByText('Vi hittade text som inte hann sparas')).toBeVisible();
  await context.unroute('**/redaktor/{spara,hall}');
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect(saved(page)).toBeVisible();
  expect(JSON.stringify((await section.stored()).body)).toContain('Sparat med kontakt. Och utan.');
});

test('Of two in the same section one writes and the other may take over, and nothing is lost', async ({
  page,
  section,
  browser,
  addPerson,
  signIn,
  baseURL,
}) => {
  await open(page, section.path);
  await textOf(page).fill('Ruts text.');
  await expect(saved(page)).toBeVisible();

  const context = await browser.newContext({ baseURL: baseURL! });
  await signIn(await addPerson({ role: 'redaktor', name: 'Bo Redaktör' }), context);
  const other = await context.newPage();
  await other.goto(section.path);
  await expect(other.getByText('Rut Redaktör skriver här.')).toBeVisible();
  await expect(textOf(other)).toHaveAttribute('contenteditable', 'false');
  await other.getByRole('button', { name: 'Ta över' }).click();
  await expect(textOf(other)).toHaveAttribute('contenteditable', 'true');
  await textOf(other).fill('Bos text.');
  await expect(saved(other)).toBeVisible();

  await textOf(page).fill('Ruts nya text.');
  await expect(page.getByText(/Bo Redaktör sparade en annan text/)).toBeVisible();
  expect(JSON.stringify((await section.stored()).body)).toContain('Bos text.');
  await page.getByRole('button', { name: 'Behåll min text' }).click();
  await expect(textOf(page)).toHaveText('Ruts nya text.');
  await expect(saved(page)).toBeVisible();
  expect(JSON.stringify((await section.stored()).body)).toContain('Ruts nya text.');
  await page.goto(section.path.replace(/avsnitt.*/, 'historik?del=avsnitt/det-forsta'));
  await expect(page.getByRole('table').first()).toContainText('Bo Redaktör');
  await context.close();
});

test('Text from Word keeps its headings, lists and table, and loses its looks', async ({ page, section }) => {
  const html = readFileSync(new URL('../fixtures/paste/word.html', import.meta.url), 'utf8');
  await open(page, section.path);
  await textOf(page).focus();
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData('text/html', text);
    data.setData('text/plain', 'text');
    document.activeElement!.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, html);
  await expect(textOf(page).getByRole('heading')).toHaveText(['Rutin vid oro', 'Så gör du', 'Fler råd']);
  await expect(textOf(page).getByRole('cell', { name: 'Anmäler oro samma dag' })).toBeVisible();
  await expect(textOf(page).getByRole('link')).toHaveAttribute('href', 'https://example.se/stod?id=7');
  await expect(saved(page)).toBeVisible();
  const { body } = await section.stored();
  expect(body.content.map(({ type }) => type)).toEqual([
    'heading',
    'heading',
    'paragraph',
    'heading',
    'bulletList',
    'orderedList',
    'table',
    'paragraph',
  ]);
});
