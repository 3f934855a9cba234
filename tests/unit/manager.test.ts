import { describe, expect, test } from 'vitest';
import { listQuery, pageOf, parseListChoice, sortChange, totalsOf } from '#src/features/manager/manager.ts';

const parse = (query: string) => parseListChoice(new URLSearchParams(query));

describe('The choices in the address', () => {
  test('fall back one by one when they are not understood', () => {
    expect(parse('')).toEqual({
      visa: 'alla',
      sok: '',
      sortera: 'namn',
      ordning: 'stigande',
      antal: 50,
      sida: 1,
    });
    expect(parse('visa=hemligt&sortera=datum&sida=-4&ordning=upp')).toMatchObject({
      visa: 'alla',
      sortera: 'datum',
      ordning: 'stigande',
      sida: 1,
    });
    expect(parse(`sok=${'x'.repeat(5000)}`).sok).toHaveLength(100);
    expect(parse('sok=%20%20Maja%20').sok).toBe('Maja');
    expect(parse('visa=saknas&visa=genomford').visa).toBe('saknas');
  });

  test('are kept in links, except the page when anything else changes', () => {
    const choice = parse('enhet=A-1&visa=saknas&sok=Ma+j&sortera=datum&ordning=fallande&sida=3');
    expect(listQuery(choice, { sida: 4 })).toBe(
      '?enhet=A-1&visa=saknas&sok=Ma+j&sortera=datum&ordning=fallande&sida=4',
    );
    expect(listQuery(choice, { visa: 'alla', sok: '' })).toBe('?enhet=A-1&sortera=datum&ordning=fallande');
    expect(listQuery(parse(''))).toBe('');
    expect(listQuery(parse('visa=gar-ut&antal=200&sida=2'))).toBe('?visa=gar-ut&antal=200');
    expect(parse('antal=27000').antal).toBe(50);
  });

  test('turn the order round when the same column is chosen again', () => {
    expect(sortChange(parse(''), 'namn')).toEqual({ sortera: 'namn', ordning: 'fallande' });
    expect(sortChange(parse('ordning=fallande'), 'namn')).toEqual({ sortera: 'namn', ordning: 'stigande' });
    expect(sortChange(parse('ordning=fallande'), 'datum')).toEqual({ sortera: 'datum', ordning: 'stigande' });
  });
});

test('A page past the end is the last one', () => {
  expect(pageOf(0, { sida: 1, antal: 50 })).toEqual({ number: 1, pages: 1 });
  expect(pageOf(50, { sida: 2, antal: 50 })).toEqual({ number: 1, pages: 1 });
  expect(pageOf(51, { sida: 9, antal: 50 })).toEqual({ number: 2, pages: 2 });
  expect(pageOf(401, { sida: 2, antal: 200 })).toEqual({ number: 2, pages: 3 });
});

describe("The manager's total", () => {
  const counts = { people: 12, completed: 5, protectedPeople: 1, namedCompleted: 4 };

  test('leaves protected people out, since beside the names it would tell their status', () => {
    expect(totalsOf(counts)).toEqual({ people: 11, completed: 4, leavesProtectedOut: true });
  });

  test('leaves them out however many they are: two totals must not differ by one of them', () => {
    const [above, below] = [11, 10].map((protectedPeople) =>
      totalsOf({ people: 300, completed: 105, protectedPeople, namedCompleted: 100 }),
    );
    expect(above).toEqual({ people: 289, completed: 100, leavesProtectedOut: true });
    expect(below).toEqual({ people: 290, completed: 100, leavesProtectedOut: true });
  });

  test('counts everyone in a small group without protected people', () => {
    const small = { people: 4, completed: 2, protectedPeople: 0, namedCompleted: 2 };
    expect(totalsOf(small)).toEqual({ people: 4, completed: 2, leavesProtectedOut: false });
  });
});
