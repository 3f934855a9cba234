import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodePath, readRequestPath } from '#src/server/request-path.ts';

describe('A request path', () => {
  test.each([
    ['/', '/', ''],
    ['/kurs/del-1/', '/kurs/del-1/', ''],
    ['/%6burs/del%2D1/', '/kurs/del-1/', ''],
    ['/indikator?datum=2021-12-31', '/indikator', '?datum=2021-12-31'],
    ['/s%C3%B6k', '/sök', ''],
    ['/logga-in?till=%2F..%2F%5C', '/logga-in', '?till=%2F..%2F%5C'],
    ['/.well-known/security.txt', '/.well-known/security.txt', ''],
  ])('%s is read as %s', (target, path, search) => {
    expect(readRequestPath(target)).toEqual({ path, search });
  });

  test.each([
    undefined,
    '',
    '*',
    'kurs/',
    'http://localhost/kurs/',
    '//kurs/',
    '/kurs//del-1/',
    '/kurs/./del-1/',
    '/kurs/../fordjupning/',
    '/kurs/..',
    '/kurs/%2e%2e/',
    '/kurs/.%2E/',
    '/kurs%2fdel-1/',
    '/kurs%2Fdel-1/',
    '/kurs%5cdel-1/',
    '/kurs\\del-1/',
    '/kurs/%00',
    '/kurs/%0a',
    '/kurs/%7f',
    '/%256burs/',
    '/%25',
    '/%',
    '/%E0%A4%A',
    '/%ff',
    '/kurs/#del',
  ])('%j is refused', (target) => expect(readRequestPath(target)).toBeNull());

  test('has one spelling: what is read and written again is read the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const read = readRequestPath(`/${text}`);
        if (read) expect(readRequestPath(encodePath(read.path))?.path).toBe(read.path);
      }),
      { numRuns: 2000 },
    );
  });
});
