import { defineConfig } from '@playwright/test';
import { BROWSER_ARGUMENTS } from './support/browser.ts';

export default defineConfig({
  testDir: 'e2e',
  outputDir: '../test-results/e2e',
  globalSetup: './support/e2e-setup.ts',
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['./reporters/playwright.ts']],
  use: {
    // Set by globalSetup, before the workers read this.
    baseURL: process.env['E2E_URL'] ?? '',
    locale: 'sv-SE',
    timezoneId: 'Europe/Stockholm',
    actionTimeout: 15_000,
    screenshot: 'only-on-failure',
    // A film of every page would cost as much as the tests; its structure after each step is kept.
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: { executablePath: process.env['E2E_BROWSER'] ?? '', args: BROWSER_ARGUMENTS },
  },
});
