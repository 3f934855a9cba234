import { expect, test, type Page } from '@playwright/test';
import { expectNoFaults } from '../support/e2e.ts';

const PASSWORD = 'demo-trygg-grund';
const FORDJUPNING = '/fordjupning/barn-i-forskolealdern/';

async function fillIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-post i arbetet').fill(email);
  await page.getByLabel('Lösenord', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Logga in', exact: true }).click();
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'With JavaScript' : 'Without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('A person signs in, is known, and signs out again', async ({ page, context }) => {
      await page.goto('/logga-in');
      await fillIn(page, 'samordnare@demo.test', PASSWORD);
      await expect(page).toHaveURL('/min-sida');
      const [cookie] = (await context.cookies()).filter(({ name }) => name === 'session');
      expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/', expires: -1 });

      await page.goto('/logga-in');
      await expect(page).toHaveURL('/min-sida');

      await page.goto('/logga-ut');
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Vill du logga ut?');
      await page.getByRole('main').getByRole('button', { name: 'Logga ut' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Du är utloggad');
      expect((await context.cookies()).filter(({ name }) => name === 'session')).toEqual([]);

      // The server has ended it too: putting the cookie back does not help.
      await context.addCookies([cookie!]);
      await page.goto('/logga-ut');
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Du är utloggad');
    });

    test('A wrong password is told in words beside the form, which keeps the e-mail', async ({ page }) => {
      await page.goto('/logga-in');
      await fillIn(page, 'redaktor@demo.test', 'inte rätt lösenord');
      await expect(page).toHaveURL('/logga-in');
      await expect(page).toHaveTitle(/^Fel: Logga in/);
      await expect(page.getByRole('alert')).toContainText('E-posten eller lösenordet stämmer inte');
      await expect(page.getByLabel('E-post i arbetet')).toHaveValue('redaktor@demo.test');
      const password = page.getByLabel('Lösenord', { exact: true });
      await expect(password).toHaveValue('');
      await expect(password).toBeFocused();
      await expect(password).toHaveAccessibleDescription(/E-posten eller lösenordet stämmer inte/);
      await fillIn(page, 'redaktor@demo.test', PASSWORD);
      await expect(page).toHaveURL('/min-sida');
    });

    test('A link to a page that needs signing in leads there afterwards', async ({ page }) => {
      await page.goto(FORDJUPNING);
      await expect(page).toHaveURL(`/logga-in?till=${encodeURIComponent(FORDJUPNING)}`);
      await fillIn(page, 'admin@demo.test', 'fel');
      await fillIn(page, 'admin@demo.test', PASSWORD);
      await expect(page).toHaveURL(FORDJUPNING);
    });

    test('The demo accounts are one press away', async ({ page }) => {
      await page.goto('/logga-in?till=/kurs/');
      await page.getByRole('button', { name: 'Logga in som chef' }).click();
      await expect(page).toHaveURL('/kurs/');
    });
  });
}

test.describe('The sign-in pages', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`have no accessibility faults (${colorScheme})`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width: 360, height: 740 });
      await page.goto('/logga-in');
      await expectNoFaults(page);
      await fillIn(page, 'finns.inte@demo.test', 'fel');
      await expect(page.getByRole('alert')).toBeVisible();
      await expectNoFaults(page);
      await page.getByRole('button', { name: 'Logga in som samordnare' }).click();
      await expect(page).toHaveURL('/min-sida');
      await page.goto('/logga-ut');
      await expectNoFaults(page);
      await page.getByRole('main').getByRole('button', { name: 'Logga ut' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Du är utloggad');
      await expectNoFaults(page);
    });
  }

  test('never lead to another site', async ({ request }) => {
    for (const till of [
      'https://evil.test',
      '//evil.test',
      '/\\evil.test',
      'javascript:alert(1)',
      '/%0d%0ax',
    ]) {
      const response = await request.post('/logga-in', {
        form: { epost: 'chef@demo.test', losenord: PASSWORD, till },
        maxRedirects: 0,
      });
      expect(response.status()).toBe(303);
      expect(response.headers()['location']).toMatch(/^\/(?![/\\])/);
      expect(response.headers()['location']).not.toContain('evil');
    }
  });
});

test.describe('The contract of POST /logga-in', () => {
  test('303 to /min-sida or till, 401 with the same page whether or not the account exists', async ({
    request,
  }) => {
    const post = (form: Record<string, string>) => request.post('/logga-in', { form, maxRedirects: 0 });
    const right = { epost: 'samordnare@demo.test', losenord: PASSWORD };
    const signedIn = await post(right);
    expect([signedIn.status(), signedIn.headers()['location']]).toEqual([303, '/min-sida']);
    const onward = await post({ ...right, till: '/indikator?datum=2021-12-31' });
    expect(onward.headers()['location']).toBe('/indikator?datum=2021-12-31');

    const pages = [];
    for (const epost of ['samordnare@demo.test', 'finns.inte@demo.test']) {
      const response = await post({ epost, losenord: 'fel' });
      expect(response.status()).toBe(401);
      expect(response.headers()['cache-control']).toBe('no-store');
      pages.push((await response.text()).replaceAll(epost, 'E-POST'));
    }
    // The list of demo accounts names one of the two.
    const words = pages.map((page) => page.replace(/<section class="notice care demo".*?<\/section>/s, ''));
    expect(words[0]).toBe(words[1]);
  });

  test('Every sign-in gives another session and ends the one before', async ({ playwright, baseURL }) => {
    const browser = await playwright.request.newContext({ baseURL: baseURL! });
    const form = { epost: 'samordnare@demo.test', losenord: PASSWORD };
    const tokens = [];
    for (let round = 0; round < 2; round += 1) {
      await browser.post('/logga-in', { form, maxRedirects: 0 });
      const { cookies } = await browser.storageState();
      tokens.push(cookies.find(({ name }) => name === 'session')!.value);
    }
    expect(tokens[0]).not.toBe(tokens[1]);
    const old = await playwright.request.newContext({
      baseURL: baseURL!,
      extraHTTPHeaders: { cookie: `session=${tokens[0]}` },
    });
    expect(await (await old.get('/logga-ut')).text()).toContain('Du är utloggad');
    await Promise.all([browser.dispose(), old.dispose()]);
  });
});

test.describe('Other sites', () => {
  const unsafe = [
    '/logga-in',
    '/logga-ut',
    '/kurs/del-1/kunskapskontroll/',
    `${FORDJUPNING}kunskapskontroll/`,
    '/min-sida',
    '/chef',
    '/samordnare',
    '/redaktor',
    '/admin',
    '/indikator',
    '/api/health',
    '/api/framsteg',
  ];
  const others: Record<string, string>[] = [
    { origin: 'https://evil.test' },
    { origin: 'null' },
    { origin: 'http://localhost' },
    { origin: 'https://localhost:4321' },
    { origin: 'http://localhost.evil.test' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { referer: 'https://evil.test/' },
  ];

  test('can change nothing, on any page, in any format', async ({ request }) => {
    for (const path of unsafe) {
      for (const headers of others) {
        for (const type of ['application/x-www-form-urlencoded', 'application/json', 'text/plain']) {
          const response = await request.post(path, {
            headers: { ...headers, 'content-type': type },
            data: 'epost=chef%40demo.test',
            maxRedirects: 0,
          });
          expect(response.status(), `${path} ${JSON.stringify(headers)} ${type}`).toBe(403);
        }
      }
    }
  });

  test('cannot sign a person out, but her own quick exit does', async ({
    page,
    context,
    playwright,
    baseURL,
  }) => {
    await page.route('https://www.smhi.se/**', (route) => route.fulfill({ body: 'Väder' }));
    await page.goto('/logga-in');
    await fillIn(page, 'samordnare@demo.test', PASSWORD);
    await expect(page).toHaveURL('/min-sida');
    const [cookie] = (await context.cookies()).filter(({ name }) => name === 'session');
    const elsewhere = await playwright.request.newContext({
      baseURL: baseURL!,
      extraHTTPHeaders: { cookie: `session=${cookie!.value}` },
    });
    const heading = async () => /<h1>([^<]*)/.exec(await (await elsewhere.get('/logga-ut')).text())?.[1];

    await elsewhere.post('/logga-ut', { headers: { origin: 'https://evil.test' } });
    expect(await heading()).toBe('Vill du logga ut?');

    await page.getByRole('link', { name: 'Lämna sidan snabbt' }).click();
    await expect(page).toHaveURL(/smhi/);
    await expect.poll(heading).toBe('Du är utloggad');
    await elsewhere.dispose();
  });
});
