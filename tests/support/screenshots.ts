/** `npm run screenshots`: makes the README's pictures from a running site (`npm start`), at PORT or 4321. */
import { mkdirSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { BROWSER_ARGUMENTS, findBrowser } from './browser.ts';

const baseURL = `http://localhost:${process.env['PORT'] ?? '4321'}`;
const PICTURES = [
  { path: '/', file: 'docs/start.png' },
  { path: '/indikator', file: 'docs/indikator.png' },
];

mkdirSync('docs', { recursive: true });
const browser = await chromium.launch({ executablePath: await findBrowser(), args: BROWSER_ARGUMENTS });
try {
  const page = await browser.newPage({ baseURL, locale: 'sv-SE', viewport: { width: 1280, height: 960 } });
  for (const { path, file } of PICTURES) {
    await page.goto(path, { waitUntil: 'networkidle' });
    await page.screenshot({ path: file });
    console.log(`${file} visar ${path}`);
  }
} catch (error) {
  console.error(`Webbplatsen svarar inte på ${baseURL}. Starta den först med npm start.`);
  throw error;
} finally {
  await browser.close();
}
