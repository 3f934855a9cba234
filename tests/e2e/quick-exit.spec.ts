import { expect, test, type Page } from '@playwright/test';

const NEUTRAL = 'https://www.smhi.se/vader';

/** The neutral page is another site: tests answer in its place. */
async function answerForNeutralPage(page: Page): Promise<void> {
  await page.route('https://www.smhi.se/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: 'Väder' }),
  );
}

test.describe('Quick exit', () => {
  test.beforeEach(async ({ page }) => answerForNeutralPage(page));

  test('The button replaces the page, so that going back does not return to it', async ({ page }) => {
    await page.goto('/kurs/');
    await page.goto('/kurs/del-1/');
    await page.getByRole('link', { name: 'Lämna sidan snabbt' }).click();
    await expect(page).toHaveURL(NEUTRAL);
    await page.goBack();
    await expect(page).not.toHaveURL(/del-1/);
  });

  test('Shift three times leaves at once, on every kind of page', async ({ page }) => {
    for (const path of [
      '/',
      '/kurs/del-3/forskolan/',
      '/stod/',
      '/kurs/del-1/kunskapskontroll/',
      '/indikator',
      '/logga-in',
    ]) {
      await page.goto(path);
      for (let press = 0; press < 3; press += 1) await page.keyboard.press('Shift');
      await expect(page).toHaveURL(NEUTRAL);
    }
  });

  test('Two presses, or writing with capital letters, do not leave', async ({ page }) => {
    await page.goto('/logga-in');
    await page.keyboard.press('Shift');
    await page.keyboard.press('Shift');
    await page.getByLabel('E-post').pressSequentially('AbC');
    await expect(page).toHaveURL('/logga-in');
  });

  test('No page asks another site for anything', async ({ page, baseURL }) => {
    const foreign: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(baseURL ?? '')) foreign.push(request.url());
    });
    for (const path of [
      '/',
      '/kurs/',
      '/kurs/del-1/',
      '/kurs/del-1/vad-menas-med-heder/',
      '/stod/',
      '/indikator',
      '/logga-in',
    ]) {
      await page.goto(path, { waitUntil: 'networkidle' });
    }
    expect(foreign).toEqual([]);
  });
});
