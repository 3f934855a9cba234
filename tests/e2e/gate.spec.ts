import type { Frame, Page } from '@playwright/test';
import type { Database } from '#db/client.ts';
import { partsOf } from '#src/features/documents/parts.ts';
import { storeDraft } from '#src/features/editorial/drafts.server.ts';
import { paths } from '#src/lib/paths.ts';
import { expect, expectNoFaults, expectNothingSideways, test } from '../support/e2e.ts';
import { heading, link, p, withBlocks } from '../support/gate.ts';

/** A draft that somebody hostile got past every check, straight into the database. */
async function storeHostileDraft(db: Database, slug: string, savedBy: string): Promise<void> {
  const script = "javascript:parent.document.title='taget';alert(1)";
  const module = {
    ...withBlocks(
      p("<script>document.title='taget'</script><img src=x onerror=alert(1)>"),
      link(script, 'ett skript'),
      link('https://exempel.se/', 'en annan plats'),
      heading(3, '<b onclick=alert(1)>Rubrik</b>'),
      p('Vi ser.'),
    ),
    slug,
  };
  await db.transaction((tx) =>
    storeDraft(tx, { subject: slug, createdBy: savedBy, parts: partsOf(module) }, savedBy),
  );
}

const VIEWS = [
  { width: 360, height: 780 },
  { width: 1280, height: 900 },
];

async function expectSoundInViews(page: Page): Promise<void> {
  for (const size of VIEWS) {
    await page.setViewportSize(size);
    await expectNoFaults(page);
    await expectNothingSideways(page);
  }
}

async function firstFrame(page: Page): Promise<Frame> {
  const frame = await (await page.locator('iframe').first().elementHandle())!.contentFrame();
  return frame!;
}

test.setTimeout(150_000);

test('An editor has a draft checked, and sees it without it being able to do anything', async ({
  page,
  db,
  addPerson,
  signIn,
}) => {
  const editor = await addPerson({ role: 'redaktor' });
  await signIn(editor);
  const slug = 'fientligt-utkast';
  await storeHostileDraft(db, slug, editor.personId);
  const dialogs: string[] = [];
  page.on('dialog', async (dialog) => {
    dialogs.push(dialog.message());
    await dialog.dismiss();
  });

  await test.step('the check lists what is wrong, with a link to each place', async () => {
    await page.goto(paths.draftCheck(slug));
    await page.getByRole('link', { name: 'Kontrollera nu' }).click({ timeout: 60_000 });
    await expect(page.getByText(/^\d+ fel och \d+ råd$/)).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText(/Länken javascript:.* är inte en adress/)).toBeVisible();
    const place = page.getByRole('link', { name: /^Visa stället: Länken javascript/ }).first();
    await expect(place).toHaveAttribute(
      'href',
      `/redaktor/moduler/${slug}/avsnitt/ett-avsnitt?block=1#block-1`,
    );
    await expectSoundInViews(page);
  });

  await test.step('the link puts the caret in the text', async () => {
    await page
      .getByRole('link', { name: /^Visa stället: Länken javascript/ })
      .first()
      .click();
    await expect(page.getByRole('textbox', { name: 'Texten' })).toBeFocused();
  });

  await test.step('with JavaScript the frame is alone in an origin of its own', async () => {
    await page.goto(`${paths.draftPreview(slug)}?del=kunskapskontroll`);
    await expect(page.frameLocator('iframe').first().getByText('Fråga 1 av 1')).toBeVisible();
    const frame = await firstFrame(page);
    const reached = await frame.evaluate(async () => {
      const attempt = async (act: () => unknown) => {
        try {
          return String(await act());
        } catch {
          return 'closed';
        }
      };
      return {
        origin: window.origin,
        cookie: await attempt(() => document.cookie),
        storage: await attempt(() => localStorage.length),
        parent: await attempt(() => parent.document.title),
        site: await attempt(async () => (await fetch('/min-sida', { credentials: 'include' })).status),
      };
    });
    expect(reached).toEqual({
      origin: 'null',
      cookie: 'closed',
      storage: 'closed',
      parent: 'closed',
      site: 'closed',
    });
    expect(await frame.content()).not.toContain('Så får hon berätta själv');
    await expectSoundInViews(page);
  });

  await test.step('without JavaScript nothing runs', async () => {
    await page.getByLabel('JavaScript').selectOption('Utan JavaScript');
    await page.getByRole('button', { name: 'Visa' }).click();
    await expect(page.frameLocator('iframe').first().getByText('Vad gör du först?')).toBeVisible();
    await expect(page.frameLocator('iframe').first().getByText('Fråga 1 av 1')).toHaveCount(0);
  });

  await test.step('links between its pages stay in the preview, others lead nowhere', async () => {
    await page.goto(`${paths.draftPreview(slug)}?del=modul`);
    const inFrame = page.frameLocator('iframe').first();
    await inFrame.getByRole('link', { name: 'Ett avsnitt' }).first().click();
    await expect(inFrame.getByRole('heading', { level: 1, name: 'Ett avsnitt' })).toBeVisible();
    const frame = await firstFrame(page);
    const address = frame.url();
    expect(address).toContain('/redaktor/forhandsvisning/');
    const title = await page.title();
    for (const name of ['en annan plats', 'Till sidan Stöd', 'Min sida']) {
      await inFrame.getByRole('link', { name }).first().click();
    }
    const hostile = inFrame.getByText('ett skript');
    await hostile.click();
    await expect(inFrame.getByText('<script>document.title')).toBeVisible();
    expect(frame.url()).toBe(address);
    expect(await page.title()).toBe(title);
    expect(page.context().pages()).toHaveLength(1);
    expect(dialogs).toEqual([]);
  });

  await test.step('the framed page is shut in by its own headers, wherever it is opened', async () => {
    const frame = await firstFrame(page);
    const headers = (await page.request.get(frame.url())).headers();
    expect(headers['content-security-policy']).toMatch(/; sandbox allow-scripts; frame-ancestors 'self'$/);
    const outer = (await page.request.get(paths.draftPreview(slug))).headers();
    expect(outer['content-security-policy']).toMatch(/frame-src 'self'.*; frame-ancestors 'none'$/);
    const stranger = await page.context().browser()!.newContext();
    const opened = await stranger.request.get(frame.url().replace(/nyckel=[^&]*/, 'nyckel=fel'));
    expect(opened.url()).toContain('/logga-in');
    await stranger.close();
  });
});
