import type { Settings } from './settings.ts';

const DEMO_ACCOUNTS = ['medarbetare', 'chef', 'samordnare', 'redaktor', 'admin'];

/** What whoever started the site needs to know now that it answers. */
export function introduce(url: string, { isDemo }: Settings, duration: string): void {
  console.log(`\nTrygg grund svarar på ${url} (efter ${duration})\n`);
  if (isDemo) {
    const accounts = DEMO_ACCOUNTS.map((name) => `${name}@demo.test`).join(', ');
    console.log(`Demo med påhittade personer. Logga in som ${accounts}`);
    console.log('med lösenordet demo-trygg-grund.\n');
  }
  console.log('Stoppa med Ctrl-C.');
}
