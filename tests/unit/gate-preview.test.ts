import { describe, expect, test } from 'vitest';
import { keepInPreview, previewQuery } from '#src/features/gate/preview.ts';
import { aModule } from '../support/gate.ts';

const keep = (html: string, query = '?js=med&nyckel=k') => keepInPreview(html, aModule(), query);

describe('Links in a preview', () => {
  test.each([
    ['/fordjupning/en-modul/', '/redaktor/forhandsvisning/en-modul?js=med&amp;nyckel=k'],
    ['/fordjupning/en-modul', '/redaktor/forhandsvisning/en-modul?js=med&amp;nyckel=k'],
    [
      '/fordjupning/en-modul/ett-avsnitt/#mer',
      '/redaktor/forhandsvisning/en-modul/avsnitt/ett-avsnitt?js=med&amp;nyckel=k#mer',
    ],
    [
      '/fordjupning/en-modul/kunskapskontroll/',
      '/redaktor/forhandsvisning/en-modul/kunskapskontroll?js=med&amp;nyckel=k',
    ],
  ])('to %s stay in it', (href, kept) => {
    expect(keep(`<a class="x" href="${href}">y</a>`)).toBe(
      `<a class="x" href="${kept}" target="_self">y</a>`,
    );
  });

  test('to a place on the page stay as they are', () => {
    expect(keep('<a href="#mer">y</a>')).toBe('<a href="#mer" target="_self">y</a>');
  });

  test.each([
    '/kurs/del-1/',
    '/fordjupning/en-modul-till/',
    '//evil.test/',
    'https://exempel.se/',
    'javascript:alert(1)',
  ])('to %s want a new window, which a sandbox does not give', (href) => {
    const html = `<head></head><a href="${href}">y</a>`;
    expect(keep(html)).toBe(`<head><base target="_blank"></head><a href="${href}">y</a>`);
  });

  test('written as text are text', () => {
    const html = '<p>&lt;a href=&quot;/fordjupning/en-modul/&quot;&gt;</p>';
    expect(keep(html)).toBe(html);
  });

  test('to pictures are fetched with the key', () => {
    expect(keep('<img class="picture" src="/bilder/0123456789abcdef-8x6.webp" alt="">')).toBe(
      '<img class="picture" src="/redaktor/forhandsvisning/en-modul/bilder/0123456789abcdef-8x6.webp?js=med&amp;nyckel=k" alt="">',
    );
  });
});

test('An address without scripts and key ends with nothing', () => {
  expect(previewQuery(null, false)).toBe('');
  expect(previewQuery('a.b', false)).toBe('?nyckel=a.b');
  expect(previewQuery('a.b', true)).toBe('?js=med&nyckel=a.b');
});
