import type { Page } from '@playwright/test';
import type { Quiz } from '#src/features/quiz/quiz.schema.ts';
import { expect } from './e2e.ts';

/** Opens a knowledge check and waits until it takes one question at a time. */
export async function openStepwise(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await waitForSteps(page);
}

/** Waits until the island has taken over the form. */
export async function waitForSteps(page: Page): Promise<void> {
  await expect(page.locator('form.quiz[data-stepwise="true"]')).toBeVisible();
}

/** The ids to choose so that exactly the first `right` questions are right. */
export function choices(quiz: Quiz, right = quiz.questions.length): Map<string, string[]> {
  return new Map(
    quiz.questions.map(({ id, options }, index) => {
      const correct = options.filter((option) => option.correct).map((option) => option.id);
      const wrong = options.find((option) => !option.correct)!.id;
      return [id, index < right ? correct : [wrong]];
    }),
  );
}

/** Ticks answers in the whole form, as without JavaScript. */
export async function tick(page: Page, answers: Map<string, string[]>): Promise<void> {
  for (const [question, options] of answers) {
    for (const option of options) await optionOf(page, question, option).check();
  }
}

/** Answers question by question, up to the review. */
export async function answerStepwise(page: Page, answers: Map<string, string[]>): Promise<void> {
  for (const [question, options] of answers) {
    for (const option of options) await optionOf(page, question, option).check();
    await page.getByRole('button', { name: /^(Nästa|Se över svaren)$/ }).click();
  }
  await expect(page.getByRole('heading', { name: 'Se över dina svar' })).toBeFocused();
}

/** Answers in whichever way the browser allows, and hands in. */
export async function takeQuiz(
  page: Page,
  path: string,
  answers: Map<string, string[]>,
  javaScriptEnabled = true,
): Promise<void> {
  if (javaScriptEnabled) {
    await openStepwise(page, path);
    await answerStepwise(page, answers);
  } else {
    await page.goto(path);
    await tick(page, answers);
  }
  await handIn(page);
}

/** Presses the button that hands in. */
export async function handIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Rätta mina svar' }).click();
}

/** One option's control. */
export function optionOf(page: Page, question: string, option: string) {
  return page.locator(`input[name="${question}"][value="${option}"]`);
}

/** The form as a browser would send it. */
export function formOf(answers: Map<string, string[]>, head: Record<string, string> = {}): string {
  const form = new URLSearchParams(head);
  for (const [question, options] of answers) for (const option of options) form.append(question, option);
  return form.toString();
}
