import { describe, expect, test } from 'vitest';
import { isFromOurPages } from '#src/server/origin-check.ts';

const OURS = 'https://kurs.example.se';
const ask = (headers: Record<string, string>, method = 'POST') => isFromOurPages(method, headers, OURS);

describe('A request that may change something', () => {
  test.each([
    ['a form on our page', { origin: OURS, 'sec-fetch-site': 'same-origin' }],
    ['an older browser', { origin: OURS }],
    ['a form sent again by reload', { origin: OURS, 'sec-fetch-site': 'none' }],
    ['a browser that leaves Origin out', { 'sec-fetch-site': 'same-origin' }],
    ['a program that is no browser', { 'user-agent': 'curl/8.5.0', cookie: 'session=x' }],
    ['Node’s fetch, which names a mode but no site', { 'user-agent': 'node', 'sec-fetch-mode': 'cors' }],
  ])('is let through from %s', (_name, headers) => expect(ask(headers)).toBe(true));

  test.each([
    ['another site', { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' }],
    ['another site, older browser', { origin: 'https://evil.test' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['a sandboxed frame that claims more', { origin: 'null', 'sec-fetch-site': 'same-origin' }],
    ['another subdomain', { origin: 'https://annat.example.se', 'sec-fetch-site': 'same-site' }],
    ['our host over http', { origin: 'http://kurs.example.se' }],
    ['our host on another port', { origin: 'https://kurs.example.se:8443' }],
    ['a host that begins like ours', { origin: 'https://kurs.example.se.evil.test' }],
    ['an origin with a path', { origin: `${OURS}/` }],
    ['two origins', { origin: `${OURS}, https://evil.test` }],
    ['an empty origin', { origin: '' }],
    ['another site, Origin left out', { 'sec-fetch-site': 'cross-site' }],
    ['the address bar', { 'sec-fetch-site': 'none' }],
    ['our origin but said to be another site', { origin: OURS, 'sec-fetch-site': 'cross-site' }],
    ['a browser, by its referrer', { referer: 'https://evil.test/' }],
  ])('is refused from %s', (_name, headers) => expect(ask(headers)).toBe(false));

  test('is any method but GET and HEAD', () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY']) {
      expect(ask({ origin: 'https://evil.test' }, method)).toBe(false);
    }
    for (const method of ['GET', 'HEAD']) expect(ask({ origin: 'https://evil.test' }, method)).toBe(true);
  });
});
