import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { session } from '#db/schema/access.ts';
import { attempt, completion } from '#db/schema/training.ts';
import { expect, expectNoFaults, expectNothingSideways, publishedQuiz, test } from '../support/e2e.ts';
import {
  answerStepwise,
  choices,
  formOf,
  handIn,
  openStepwise,
  optionOf,
  takeQuiz,
  tick,
  waitForSteps,
} from '../support/quiz-page.ts';

const PATH = '/kurs/del-1/kunskapskontroll/';
const RESULT = /\/kurs\/del-1\/kunskapskontroll\/resultat\?inlamning=[0-9a-f-]{36}$/;
const FORDJUPNING = 'barn-i-forskolealdern';
const MODULES = ['del-1', 'del-2', 'del-3', 'del-4', 'del-5'];

test.describe('Before answering', () => {
  for (const slug of MODULES) {
    test(`Nothing of the key of ${slug} is sent to the browser`, async ({ page, db }) => {
      const sent: string[] = [];
      page.on('response', async (response) => {
        if (new URL(response.url()).origin === new URL(page.url()).origin) sent.push(await response.text());
      });
      await page.goto(`/kurs/${slug}/kunskapskontroll/`, { waitUntil: 'networkidle' });
      await waitForSteps(page);
      const all = [...sent, await page.content()].join('\n').replaceAll('&quot;', '"');
      const { questions } = await publishedQuiz(db, slug);
      expect(all).toContain(questions[0]!.options[0]!.text);
      for (const { feedback } of questions.flatMap(({ options }) => options)) {
        expect(all).not.toContain(feedback.slice(0, 40));
      }
      expect(all).not.toMatch(/"correct"|"feedback"|passMark/);
    });
  }

  test('Anyone may read it, whole and in file order without JavaScript', async ({ request, db }) => {
    const html = await (await request.get(PATH)).text();
    expect(html.match(/<form[^>]*method="post"/g)).toHaveLength(1);
    const { questions } = await publishedQuiz(db, 'del-1');
    const expected = questions.flatMap(({ id, options }) => options.map((option) => `${id}=${option.id}`));
    const inputs = [...html.matchAll(/<input type="(?:radio|checkbox)" name="([^"]+)" value="([^"]+)"/g)];
    expect(inputs.map(([, name, value]) => `${name}=${value}`)).toEqual(expected);
    expect(html).toContain('Du kan läsa och svara nu');
  });

  test('An unknown part has none', async ({ request }) => {
    for (const path of ['/kurs/del-9/kunskapskontroll/', '/kurs/grundkurs/kunskapskontroll/']) {
      expect((await request.get(path)).status()).toBe(404);
    }
  });
});

test.describe('One question at a time', () => {
  test('The focus follows the question, and the review says what is missing', async ({ page, db }) => {
    const { questions } = await publishedQuiz(db, 'del-1');
    await openStepwise(page, PATH);
    await expect(page.getByRole('group')).toHaveCount(1);
    await expect(page.getByText(`Fråga 1 av ${questions.length}`)).toBeVisible();
    await page.getByRole('button', { name: 'Nästa' }).click();
    await expect(page.locator('legend', { hasText: questions[1]!.prompt })).toBeFocused();
    await page.getByRole('button', { name: 'Föregående' }).click();
    await expect(page.locator('legend', { hasText: questions[0]!.prompt })).toBeFocused();
    const { id, options } = questions[0]!;
    await optionOf(page, id, options[0]!.id).check();
    for (let step = 1; step < questions.length; step += 1) {
      await page.getByRole('button', { name: 'Nästa' }).click();
    }
    await page.getByRole('button', { name: 'Se över svaren' }).click();
    await expect(page.getByText('Inget svar än')).toHaveCount(questions.length - 1);
    await handIn(page);
    await expect(page).toHaveURL(PATH);
    await expect(page.getByText('Den här frågan saknar svar.').locator('visible=true')).toHaveCount(1);
    await expect(page.locator('legend', { hasText: questions[1]!.prompt })).toBeFocused();
  });

  test('The whole check can be done from the keyboard', async ({ page, db, addPerson, signIn }) => {
    const someone = await addPerson();
    await signIn(someone);
    const { questions } = await publishedQuiz(db, 'del-1');
    await openStepwise(page, PATH);
    await page.locator('legend').first().focus();
    for (const { id, prompt } of questions) {
      await expect(page.locator('legend', { hasText: prompt })).toBeFocused();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      await expect(page.locator(`input[name="${id}"]`).first()).toBeChecked();
      // Enter in an option never hands in too early.
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: /^(Nästa|Se över svaren)$/ }).focus();
      await page.keyboard.press('Enter');
    }
    await expect(page.getByRole('heading', { name: 'Se över dina svar' })).toBeFocused();
    expect(await db.select().from(attempt).where(eq(attempt.personId, someone.personId))).toEqual([]);
    await page.getByRole('button', { name: 'Rätta mina svar' }).focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(RESULT);
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  });

  test('A reload keeps answers, place and order; a new attempt starts empty in another order', async ({
    page,
    db,
    addPerson,
    signIn,
  }) => {
    await signIn(await addPerson());
    const quiz = await publishedQuiz(db, 'del-1');
    const answers = choices(quiz);
    const order = () =>
      page
        .locator('form.quiz input:not([type="hidden"])')
        .evaluateAll((inputs) =>
          inputs.map((input) => `${(input as HTMLInputElement).name}=${(input as HTMLInputElement).value}`),
        );
    await openStepwise(page, PATH);
    await answerStepwise(page, answers);
    await page.getByRole('button', { name: 'Föregående' }).click();
    const before = await order();
    await page.reload();
    await waitForSteps(page);
    await expect(page.getByText(`Fråga ${quiz.questions.length} av ${quiz.questions.length}`)).toBeVisible();
    expect(await order()).toEqual(before);
    for (const [question, options] of answers) {
      for (const option of options) await expect(optionOf(page, question, option)).toBeChecked();
    }
    await page.getByRole('button', { name: 'Se över svaren' }).click();
    await handIn(page);
    await expect(page).toHaveURL(RESULT);
    await openStepwise(page, PATH);
    await expect(page.getByText(`Fråga 1 av ${quiz.questions.length}`)).toBeVisible();
    expect(await page.locator('form.quiz input:checked').count()).toBe(0);
    expect(await order()).not.toEqual(before);
  });

  test('What was ticked before the script had loaded is kept', async ({ page, db }) => {
    const answers = choices(await publishedQuiz(db, 'del-1'));
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(/QuizIsland/, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(PATH, { waitUntil: 'commit' });
    await tick(page, answers);
    await expect(page.locator('form.quiz')).toHaveAttribute('data-stepwise', 'false');
    release();
    await waitForSteps(page);
    for (const [question, options] of answers) {
      for (const option of options) await expect(optionOf(page, question, option)).toBeChecked();
    }
  });
});

test.describe('Handing in once', () => {
  test('A double click is one attempt', async ({ page, db, addPerson, signIn }) => {
    const someone = await addPerson();
    await signIn(someone);
    await openStepwise(page, PATH);
    await answerStepwise(page, choices(await publishedQuiz(db, 'del-1')));
    await page.getByRole('button', { name: 'Rätta mina svar' }).dblclick();
    await expect(page).toHaveURL(RESULT);
    expect(await db.select().from(attempt).where(eq(attempt.personId, someone.personId))).toHaveLength(1);
  });

  test('Two tabs with the same answers are one attempt and show one result', async ({
    page,
    context,
    db,
    addPerson,
    signIn,
  }) => {
    const someone = await addPerson();
    await signIn(someone);
    await openStepwise(page, PATH);
    await answerStepwise(page, choices(await publishedQuiz(db, 'del-1')));
    // A duplicated tab starts with a copy of the first one's storage.
    const [kept] = await page.evaluate(() => Object.entries(sessionStorage));
    const other = await context.newPage();
    await other.goto('/stod/');
    await other.evaluate(([key, value]) => sessionStorage.setItem(key!, value!), kept!);
    await openStepwise(other, PATH);
    await expect(other.getByRole('heading', { name: 'Se över dina svar' })).toBeVisible();
    await Promise.all([handIn(page), handIn(other)]);
    await expect(page).toHaveURL(RESULT);
    await expect(other).toHaveURL(page.url());
    expect(await db.select().from(attempt).where(eq(attempt.personId, someone.personId))).toHaveLength(1);
  });

  test('Sent again it is the stored result; with other answers it is refused in words', async ({
    page,
    db,
    addPerson,
    signIn,
    baseURL,
  }) => {
    const someone = await addPerson();
    await signIn(someone);
    const quiz = await publishedQuiz(db, 'del-1');
    const _inlamning = randomUUID();
    const send = (right: number) =>
      page.request.post(PATH, {
        data: formOf(choices(quiz, right), { _inlamning }),
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: baseURL! },
        maxRedirects: 0,
      });
    const first = await send(quiz.questions.length);
    expect(first.status()).toBe(303);
    expect(first.headers()['location']).toBe(`${PATH}resultat?inlamning=${_inlamning}`);
    expect((await send(quiz.questions.length)).headers()['location']).toBe(first.headers()['location']);
    const refused = await send(0);
    expect(refused.status()).toBe(409);
    expect(await refused.text()).toContain('Svaren till den här inlämningen är redan rättade');
    expect(await db.select().from(attempt).where(eq(attempt.personId, someone.personId))).toHaveLength(1);
    expect(await db.select().from(completion).where(eq(completion.personId, someone.personId))).toHaveLength(
      1,
    );
  });

  test('A lost network loses nothing: the same submission goes through later', async ({
    page,
    context,
    db,
    addPerson,
    signIn,
  }) => {
    const someone = await addPerson();
    await signIn(someone);
    await openStepwise(page, PATH);
    await answerStepwise(page, choices(await publishedQuiz(db, 'del-1')));
    const id = await page.locator('input[name="_inlamning"]').inputValue();
    await context.setOffline(true);
    await handIn(page);
    await page.waitForURL('chrome-error://chromewebdata/');
    await context.setOffline(false);
    await openStepwise(page, PATH);
    await handIn(page);
    await expect(page).toHaveURL(RESULT);
    expect(await db.select().from(attempt).where(eq(attempt.personId, someone.personId))).toMatchObject([
      { id },
    ]);
  });
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'With JavaScript' : 'Without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('A session that ends in the middle costs no answers', async ({ page, db, addPerson, signIn }) => {
      const someone = await addPerson();
      await signIn(someone);
      const quiz = await publishedQuiz(db, 'del-1');
      if (javaScriptEnabled) await openStepwise(page, PATH);
      else await page.goto(PATH);
      const id = await page.locator('input[name="_inlamning"]').inputValue();
      await (javaScriptEnabled ? answerStepwise : tick)(page, choices(quiz));
      await db.delete(session).where(eq(session.accountId, someone.accountId));
      await handIn(page);
      await expect(page).toHaveURL(/\/logga-in\?till=%2Fkurs%2Fdel-1%2Fkunskapskontroll%2F/);
      expect(await db.select().from(attempt).where(eq(attempt.id, id))).toEqual([]);
      // What the form would do; the account of this test has no password.
      await signIn(someone);
      await page.goto(PATH);
      await expect(page.getByRole('heading', { name: 'Dina svar finns kvar' })).toBeVisible();
      await handIn(page);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Godkänt');
      expect(await db.select().from(attempt).where(eq(attempt.id, id))).toMatchObject([
        { personId: someone.personId, correct: quiz.questions.length },
      ]);
      await page.goto(PATH);
      await expect(page.getByRole('heading', { name: 'Dina svar finns kvar' })).toHaveCount(0);
    });

    test('The result explains, and gives the right answers only after passing', async ({
      page,
      db,
      addPerson,
      signIn,
    }) => {
      await signIn(await addPerson());
      const quiz = await publishedQuiz(db, 'del-2');
      const path = '/kurs/del-2/kunskapskontroll/';
      const first = quiz.questions[0]!;
      const right = first.options.find(({ correct }) => correct)!;
      const wrong = first.options.find(({ correct }) => !correct)!;
      await takeQuiz(page, path, choices(quiz, 0), javaScriptEnabled);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Inte godkänt än');
      await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
      await expect(page.getByText(`Du hade rätt på 0 av ${quiz.questions.length} frågor.`)).toBeVisible();
      await expect(page.getByText(wrong.feedback)).toBeVisible();
      await expect(page.getByText(right.feedback)).toHaveCount(0);
      const failed = page.url();
      const answers = choices(quiz);
      answers.set(first.id, [wrong.id]);
      await page.getByRole('link', { name: 'Försök igen' }).click();
      await takeQuiz(page, path, answers, javaScriptEnabled);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Godkänt');
      await expect(page.getByText(right.feedback)).toBeVisible();
      await page.goto(failed);
      await expect(page.getByText(right.feedback)).toHaveCount(0);
    });
  });
}

test.describe('Without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('Unanswered questions are named and linked, the others are kept, nothing is stored', async ({
    page,
    db,
    addPerson,
    signIn,
  }) => {
    const someone = await addPerson();
    await signIn(someone);
    const quiz = await publishedQuiz(db, 'del-1');
    const answers = choices(quiz);
    const left = [quiz.questions[2]!, quiz.questions[6]!];
    for (const { id } of left) answers.delete(id);
    await page.goto(PATH);
    await tick(page, answers);
    const id = await page.locator('input[name="_inlamning"]').inputValue();
    const [reply] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === 'POST'),
      handIn(page),
    ]);
    expect(reply.status()).toBe(422);
    await expect(page.getByRole('alert')).toContainText('Du har inte svarat på fråga 3 och 7.');
    await expect(page.getByRole('alert')).toBeFocused();
    for (const [question, options] of answers) {
      for (const option of options) await expect(optionOf(page, question, option)).toBeChecked();
    }
    expect(await page.locator('input[name="_inlamning"]').inputValue()).toBe(id);
    expect(await db.select().from(attempt).where(eq(attempt.personId, someone.personId))).toEqual([]);
    await page.getByRole('link', { name: 'Till fråga 7' }).click();
    await expect(page).toHaveURL(`${PATH}#fraga-${left[1]!.id}`);
    await tick(page, choices({ ...quiz, questions: left }));
    await handIn(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Godkänt');
  });
});

test('A result is shown to its owner only', async ({ page, browser, db, addPerson, signIn }) => {
  const owner = await addPerson();
  await signIn(owner);
  await takeQuiz(page, PATH, choices(await publishedQuiz(db, 'del-1')));
  await expect(page).toHaveURL(RESULT);
  const context = await browser.newContext();
  const other = await context.newPage();
  await signIn(await addPerson(), context);
  expect((await other.goto(page.url()))?.status()).toBe(404);
  await context.clearCookies();
  await other.goto(page.url());
  await expect(other).toHaveURL(/\/logga-in\?till=/);
  await context.close();
});

test('The check of a fördjupning is closed until the grundkurs is completed', async ({
  page,
  db,
  addPerson,
  signIn,
}) => {
  const path = `/fordjupning/${FORDJUPNING}/kunskapskontroll/`;
  await page.goto(path);
  await expect(page).toHaveURL(/\/logga-in\?till=/);
  const someone = await addPerson();
  await signIn(someone);
  expect((await page.goto(path))?.status()).toBe(403);
  await db.insert(completion).values({
    personId: someone.personId,
    moduleSlug: 'grundkurs',
    method: 'import',
    rule: 'import-1',
    completedAt: new Date('2022-05-02T10:00:00Z'),
    completedOn: '2022-05-02',
  });
  await takeQuiz(page, path, choices(await publishedQuiz(db, FORDJUPNING)));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Godkänt');
});

test.describe('Leaving quickly', () => {
  test.beforeEach(async ({ page }) => {
    await page.route('https://www.smhi.se/**', (route) => route.fulfill({ body: 'Väder' }));
  });

  test('leaves no answers in the tab', async ({ page, db }) => {
    await openStepwise(page, PATH);
    await answerStepwise(page, choices(await publishedQuiz(db, 'del-1')));
    await page.getByRole('link', { name: 'Lämna sidan snabbt' }).click();
    await expect(page).toHaveURL(/smhi/);
    await openStepwise(page, PATH);
    await expect(page.getByText('Fråga 1 av')).toBeVisible();
    expect(await page.locator('form.quiz input:checked').count()).toBe(0);
  });

  test('leaves none that wait for signing in', async ({ page, context, db }) => {
    await takeQuiz(page, PATH, choices(await publishedQuiz(db, 'del-1')));
    // Loaded, not merely on its way: until the script of the exit has come, its link does no more than lead away.
    await page.waitForURL(/logga-in/);
    const waiting = async () => (await context.cookies()).map(({ name }) => name);
    expect(await waiting()).toContain('vantande-svar');
    await page.getByRole('link', { name: 'Lämna sidan snabbt' }).click();
    await expect.poll(waiting).toEqual([]);
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [360, 1280]) {
    test(`axe finds nothing in any state of the check, ${colorScheme}, ${width} pixels wide`, async ({
      page,
      db,
      addPerson,
      signIn,
    }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 800 });
      const quiz = await publishedQuiz(db, 'del-3');
      const path = '/kurs/del-3/kunskapskontroll/';
      await openStepwise(page, path);
      await expectNoFaults(page);
      await answerStepwise(page, choices(quiz));
      await expectNoFaults(page);
      await handIn(page);
      await expect(page).toHaveURL(/logga-in/);
      await signIn(await addPerson());
      await openStepwise(page, path);
      await expect(page.getByRole('heading', { name: 'Dina svar finns kvar' })).toBeVisible();
      await expectNoFaults(page);
      await handIn(page);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Godkänt');
      await expectNoFaults(page);
      await takeQuiz(page, path, choices(quiz, 1));
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Inte godkänt än');
      await expectNoFaults(page);
      await expectNothingSideways(page);
    });
  }
}
