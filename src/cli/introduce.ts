import type { Settings } from './settings.ts';

const DEMO_ACCOUNTS = ['medarbetare', 'chef', 'samordnare', 'redaktor', 'granskare', 'admin'];
const LOOPBACK = /^(localhost|127\.[\d.]+|::1)$/;

/** What whoever started the site needs to know now that it answers. */
export function introduce(url: string, { host, isDemo }: Settings, duration: string): void {
  console.log(`\nTrygg grund svarar på ${url} (efter ${duration})\n`);
  if (isDemo) {
    const accounts = DEMO_ACCOUNTS.map((name) => `${name}@demo.test`).join(', ');
    console.log(`Demo med påhittade personer. Logga in som ${accounts}`);
    console.log('med lösenordet demo-trygg-grund.\n');
    if (!LOOPBACK.test(host)) {
      console.warn(`Andra datorer når demon genom HOST=${host}, och alla känner till dess konton.\n`);
    }
  }
  console.log('Stoppa med Ctrl-C.');
}
