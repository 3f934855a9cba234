import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localPath, modulePath, paths, quizPath, sectionPath } from '#src/lib/paths.ts';

describe('Addresses', () => {
  test('of modules, sections and checks follow the contract', () => {
    expect(modulePath('del-3')).toBe('/kurs/del-3/');
    expect(modulePath('barn-i-forskolealdern')).toBe('/fordjupning/barn-i-forskolealdern/');
    expect(sectionPath('del-3', 'forskolan')).toBe('/kurs/del-3/forskolan/');
    expect(quizPath('del-3')).toBe('/kurs/del-3/kunskapskontroll/');
    expect(paths.signInThen('/chef?sida=2')).toBe('/logga-in?till=%2Fchef%3Fsida%3D2');
  });
});

describe('Where signing in leads', () => {
  test.each(['/min-sida', '/kurs/del-1/kunskapskontroll/', '/chef?sida=2'])(
    'is %s when that is asked for',
    (path) => {
      expect(localPath(path, '/x')).toBe(path);
    },
  );

  test.each([
    'https://evil.test/',
    '//evil.test',
    '/\\evil.test',
    '/\t/evil.test',
    '\\\\evil.test',
    'javascript:alert(1)',
    '/%0d%0aLocation: x y',
    '/å',
    '',
    null,
  ])('is the fallback for %j', (path) => {
    expect(localPath(path, '/min-sida')).toBe('/min-sida');
  });

  test('is always on this site', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (candidate) => {
        const path = localPath(candidate, '/min-sida');
        expect(new URL(path, 'https://here.test').origin).toBe('https://here.test');
      }),
    );
    fc.assert(
      fc.property(fc.webUrl(), (url) => {
        expect(localPath(url, '/min-sida')).toBe('/min-sida');
      }),
    );
  });
});
