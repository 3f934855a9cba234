import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { identifyClient } from '#src/server/client.ts';
import { readSettings } from '#src/server/settings.ts';

const LOCAL = readSettings({});
const PROXIED = readSettings({
  PUBLIC_ORIGIN: 'https://kurs.example.se',
  TRUSTED_PROXIES: '10.0.0.5, 10.1.0.0/16 fd00::/8',
});

function ask(headers: Record<string, string>, settings = LOCAL, peer = '192.0.2.7') {
  const req = { headers: { ...headers }, socket: { remoteAddress: peer } } as unknown as IncomingMessage;
  return { client: identifyClient(req, settings), left: req.headers };
}

describe('The host', () => {
  test.each(['localhost', 'localhost:4321', 'LOCALHOST:80', '127.0.0.1:4321', '[::1]:4321'])(
    '%s is this machine',
    (host) => expect(ask({ host }).client.origin).toBe(`http://${host.toLowerCase().replace(':80', '')}`),
  );

  test.each([
    '',
    'evil.test',
    'localhost.evil.test',
    'evil.test:80',
    'localhost@evil.test',
    'localhost/evil',
    'localhost evil.test',
    'localhost,evil.test',
    '127.0.0.1.evil.test',
    '[::1',
    'localhost:99999',
  ])('%j is none of ours', (host) =>
    expect(ask({ host }).client).toMatchObject({ host: null, origin: null }),
  );

  test('is the public one and no other, once the site has a public address', () => {
    const answer = (host: string) => ask({ host }, PROXIED).client.origin;
    expect(answer('kurs.example.se')).toBe('https://kurs.example.se');
    expect(answer('kurs.example.se:443')).toBe('https://kurs.example.se');
    for (const host of ['localhost', '127.0.0.1', 'kurs.example.se:8443', 'x.kurs.example.se', 'evil.test']) {
      expect(answer(host)).toBeNull();
    }
  });

  test('given by the proxy counts when the proxy is trusted, and only then', () => {
    const headers = { host: 'app.internal:4321', 'x-forwarded-host': 'kurs.example.se' };
    expect(ask(headers, PROXIED, '10.0.0.5').client.host).toBe('kurs.example.se');
    expect(ask(headers, PROXIED, '10.0.0.6').client.host).toBeNull();
  });
});

describe('The client address', () => {
  test.each([
    ['X-Forwarded-For', { 'x-forwarded-for': '6.6.6.6' }],
    ['Forwarded', { forwarded: 'for=6.6.6.6' }],
    ['X-Real-IP', { 'x-real-ip': '6.6.6.6' }],
    [
      'with a host to make it look right',
      { 'x-forwarded-host': 'kurs.example.se', 'x-forwarded-for': '6.6.6.6' },
    ],
  ])('is the socket’s, whatever an outsider says: %s', (_name, headers) => {
    const { client, left } = ask({ host: 'kurs.example.se', ...headers }, PROXIED);
    expect(client.address).toBe('192.0.2.7');
    expect(Object.keys(left)).toEqual(['host']);
  });

  test.each([
    ['one proxy', '203.0.113.9', '203.0.113.9'],
    ['what the client wrote itself stands to the left', '6.6.6.6, 203.0.113.9', '203.0.113.9'],
    ['two proxies', '6.6.6.6, 203.0.113.9, 10.1.2.3', '203.0.113.9'],
    ['IPv6', '2001:db8::9', '2001:db8::9'],
    ['IPv4 in IPv6', '::ffff:203.0.113.9', '203.0.113.9'],
    ['nothing', '', '10.0.0.5'],
    ['rubbish', 'unknown', '10.0.0.5'],
    ['rubbish before a proxy', 'evil, 10.1.2.3', '10.1.2.3'],
    ['only proxies', '10.1.2.3', '10.1.2.3'],
  ])('behind trusted proxies is the nearest that is none of them: %s', (_name, chain, address) => {
    const headers = { host: 'kurs.example.se', 'x-forwarded-for': chain };
    expect(ask(headers, PROXIED, '::ffff:10.0.0.5').client.address).toBe(address);
  });
});

describe('https', () => {
  test('is believed from a trusted proxy only', () => {
    const settings = readSettings({ TRUSTED_PROXIES: '10.0.0.5' });
    const headers = { host: 'localhost', 'x-forwarded-proto': 'https' };
    expect(ask(headers, settings, '10.0.0.5').client).toMatchObject({
      isSecure: true,
      origin: 'https://localhost',
    });
    expect(ask(headers, settings, '10.0.0.6').client).toMatchObject({
      isSecure: false,
      origin: 'http://localhost',
    });
  });

  test('is a matter of the public address, when there is one', () => {
    expect(ask({ host: 'kurs.example.se' }, PROXIED).client.isSecure).toBe(true);
  });
});

describe('Settings', () => {
  test.each([
    'example.se',
    'ftp://example.se',
    'https://example.se/kurs',
    'https://u@example.se',
    'https://example.se?x',
  ])('PUBLIC_ORIGIN=%s stops the start', (text) =>
    expect(() => readSettings({ PUBLIC_ORIGIN: text })).toThrow('PUBLIC_ORIGIN'),
  );

  test.each(['proxy', '10.0.0', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/x', '::/129'])(
    'TRUSTED_PROXIES=%s stops the start',
    (text) => expect(() => readSettings({ TRUSTED_PROXIES: text })).toThrow('TRUSTED_PROXIES'),
  );
});
