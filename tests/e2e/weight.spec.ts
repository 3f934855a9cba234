import { expect, test, type Page } from '@playwright/test';

interface Weight {
  total: number;
  script: number;
}

/** Bytes over the network (headers and compressed bodies) for a first visit. */
async function weigh(page: Page, path: string): Promise<Weight> {
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  const scripts = new Set<string>();
  const weight: Weight = { total: 0, script: 0 };
  client.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId);
  });
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    weight.total += encodedDataLength;
    if (scripts.has(requestId)) weight.script += encodedDataLength;
  });
  await page.goto(path, { waitUntil: 'networkidle' });
  return weight;
}

const KB = 1000;

test.describe('A first visit', () => {
  for (const path of [
    '/',
    '/kurs/',
    '/kurs/del-1/vad-menas-med-heder/',
    '/kurs/del-4/nar-och-hur-gor-jag-en-orosanmalan/',
  ]) {
    test(`${path} weighs at most 30 kB, of which 5 kB JavaScript`, async ({ page }, testInfo) => {
      const { total, script } = await weigh(page, path);
      testInfo.annotations.push({ type: 'weight', description: `${path} ${total} B, script ${script} B` });
      expect(total).toBeGreaterThan(3 * KB);
      expect(total).toBeLessThanOrEqual(30 * KB);
      expect(script).toBeLessThanOrEqual(5 * KB);
    });
  }

  test('A knowledge check weighs at most 90 kB with everything', async ({ page }, testInfo) => {
    const { total, script } = await weigh(page, '/kurs/del-1/kunskapskontroll/');
    testInfo.annotations.push({ type: 'weight', description: `quiz ${total} B, script ${script} B` });
    expect(script).toBeGreaterThan(0);
    expect(total).toBeLessThanOrEqual(90 * KB);
  });
});
