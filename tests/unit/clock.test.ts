import { afterEach, describe, expect, test } from 'vitest';
import {
  addDays,
  isCalendarDay,
  setClock,
  startOfDayStockholm,
  stockholmDate,
  stockholmToday,
} from '#src/lib/clock.ts';

afterEach(() => setClock(null));

describe('days in Stockholm', () => {
  test.each([
    ['2026-03-28', '2026-03-27T23:00:00.000Z'],
    ['2026-03-29', '2026-03-28T23:00:00.000Z'],
    ['2026-10-25', '2026-10-24T22:00:00.000Z'],
    ['2021-12-31', '2021-12-30T23:00:00.000Z'],
  ])('%s begins %s, also when the clock is moved', (day, first) => {
    expect(startOfDayStockholm(day).toISOString()).toBe(first);
    expect(stockholmDate(startOfDayStockholm(day))).toBe(day);
  });

  test('today is that of Stockholm, not of UTC', () => {
    setClock(() => new Date('2026-06-30T22:30:00Z'));
    expect(stockholmToday()).toBe('2026-07-01');
  });

  test('days are counted over months, leap days and years', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2023-12-31', 1)).toBe('2024-01-01');
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29');
  });

  test.each([
    '2023-02-29',
    '2024-13-01',
    '2024-2-1',
    '24-02-01',
    '2024-02-01 ',
    '1899-12-31',
    '2200-01-01',
    '',
  ])('%j is no calendar day', (text) => expect(isCalendarDay(text)).toBe(false));

  test('the last of February in a leap year is a calendar day', () => {
    expect(isCalendarDay('2024-02-29')).toBe(true);
  });
});
