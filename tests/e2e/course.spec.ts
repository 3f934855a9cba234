import { expect, test, type Locator } from '@playwright/test';

const RIGHT_OPTION = 'Hon kan ha valt, men jag vill veta vad ett ja hade kostat';

/** The heading of the examples for one kind of work. */
function workTitle(examples: Locator, work: string): Locator {
  return examples.getByRole('paragraph').filter({ hasText: new RegExp(`^${work}$`) });
}

test.describe('The course', () => {
  test('A reader goes from the start page through a part, section by section, to its knowledge check', async ({
    page,
  }) => {
    await page.goto('/');
    await page.getByRole('link', { name: 'Börja med del 1' }).click();
    await page.getByRole('link', { name: 'Börja läsa' }).click();
    for (let section = 1; section < 6; section += 1) {
      await expect(page.getByText(`Del 1 · avsnitt ${section} av 6`)).toBeVisible();
      await page.getByRole('link', { name: /^Nästa:/ }).click();
    }
    await expect(page.getByRole('heading', { name: 'Att ta med dig från delen' })).toBeVisible();
    await page.getByRole('link', { name: 'Till kunskapskontrollen' }).click();
    await expect(page).toHaveURL('/kurs/del-1/kunskapskontroll/');
  });

  test('The rail says which section is open and leads to the others', async ({ page }) => {
    await page.goto('/kurs/del-2/vems-beslut-ar-det/');
    const rail = page.getByRole('navigation', { name: 'Avsnitt i delen' });
    await expect(rail.getByRole('link', { name: 'Vems beslut är det?' })).toHaveAttribute(
      'aria-current',
      'page',
    );
    await rail.getByRole('link', { name: 'Hur ser en vanlig vecka ut?' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hur ser en vanlig vecka ut?');
  });

  test('A choice in a case opens what it leads to', async ({ page }) => {
    await page.goto('/kurs/del-2/vems-beslut-ar-det/');
    const check = page.getByRole('region', { name: /^Snabbfråga/ });
    await expect(check.getByText('Det stämmer', { exact: true })).toBeHidden();
    await check.getByText(RIGHT_OPTION, { exact: true }).click();
    await expect(check.getByText('Det stämmer', { exact: true })).toBeVisible();
  });

  test('The reader chooses a kind of work once and sees its examples on the next page too', async ({
    page,
  }) => {
    await page.goto('/kurs/del-2/hur-ser-en-vanlig-vecka-ut/');
    const examples = page.getByRole('region', { name: 'I ditt arbete' });
    await expect(workTitle(examples, 'Skola')).toBeVisible();
    await examples.getByLabel('Visa exempel för').selectOption('Förskola');
    await expect(workTitle(examples, 'Skola')).toBeHidden();
    await page.goto('/kurs/del-1/varfor-ska-jag-kunna-det-har/');
    const others = page.getByRole('region', { name: 'I ditt arbete' });
    await expect(workTitle(others, 'Förskola')).toBeVisible();
    await expect(workTitle(others, 'Socialtjänst')).toBeHidden();
  });

  test('What is written in a reflection is gone after a reload', async ({ page }) => {
    await page.goto('/kurs/del-2/hur-ser-en-vanlig-vecka-ut/');
    await page.getByText('Skriv för dig själv om du vill').click();
    await page.getByLabel('Skriv för dig själv om du vill').fill('Bara för mig');
    await page.reload();
    await page.getByText('Skriv för dig själv om du vill').click();
    await expect(page.getByLabel('Skriv för dig själv om du vill')).toHaveValue('');
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(
      'Bara för mig',
    );
  });
});

test.describe('Without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('All examples can be read, choices open, and the way on works', async ({ page }) => {
    await page.goto('/kurs/del-2/hur-ser-en-vanlig-vecka-ut/');
    const examples = page.getByRole('region', { name: 'I ditt arbete' });
    for (const work of [
      'Förskola',
      'Skola',
      'Socialtjänst',
      'Fritid och kultur',
      'Vård och omsorg',
      'Teknik och service',
    ]) {
      await expect(workTitle(examples, work)).toBeVisible();
    }
    await expect(examples.getByLabel('Visa exempel för')).toBeHidden();
    await page.getByRole('link', { name: /^Föregående:/ }).click();
    await page.getByText(RIGHT_OPTION, { exact: true }).click();
    await expect(page.getByText('Det stämmer', { exact: true })).toBeVisible();
  });

  test('Quick exit is a plain link to the neutral page', async ({ page }) => {
    await page.goto('/stod/');
    const exit = page.getByRole('link', { name: 'Lämna sidan snabbt' });
    await expect(exit).toHaveAttribute('href', 'https://www.smhi.se/vader');
    await expect(exit).toHaveAttribute('rel', /noreferrer/);
  });
});
