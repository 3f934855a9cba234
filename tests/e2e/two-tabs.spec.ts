import { eq } from 'drizzle-orm';
import { attempt } from '#db/schema/training.ts';
import { expect, publishedQuiz, test } from '../support/e2e.ts';

const PATH = '/kurs/del-2/kunskapskontroll/';

test.describe('Without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('A check opened and handed in from two tabs is one attempt, and the next one is another', async ({
    page,
    context,
    db,
    addPerson,
    signIn,
  }) => {
    const someone = await addPerson();
    await signIn(someone);
    const quiz = await publishedQuiz(db, 'del-2');
    const tabs = [page, await context.newPage()];
    for (const tab of tabs) await tab.goto(PATH);
    for (const tab of tabs) {
      for (const question of quiz.questions) {
        for (const option of question.options.filter(({ correct }) => correct)) {
          await tab.locator(`input[name="${question.id}"][value="${option.id}"]`).check();
        }
      }
      await tab.getByRole('button', { name: 'Rätta mina svar' }).click();
      await expect(tab.getByRole('heading', { level: 1 })).toHaveText('Godkänt');
    }
    expect(tabs[1]!.url()).toBe(tabs[0]!.url());
    const attempts = await db.select().from(attempt).where(eq(attempt.personId, someone.personId));
    expect(attempts).toHaveLength(1);

    await page.goto(PATH);
    await expect(page.locator('input[name="_inlamning"]')).not.toHaveValue(attempts[0]!.id);
  });
});
