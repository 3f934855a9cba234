import { expect, test } from 'vitest';
import { publicationFormSchema } from '#src/features/publishing/publication.schema.ts';

const NOW = new Date('2026-11-22T08:00:00Z');
const read = (fields: Record<string, string>, canRequire: boolean) =>
  publicationFormSchema(NOW, canRequire).safeParse(fields);

test('A new module and facts are published by a form that does not ask what the change is', () => {
  const wanted = { change: 'refresh', reason: 'Allt är nytt', dueAt: null, until: null };
  expect(read({ skal: 'Allt är nytt', nar: 'nu' }, false).data).toEqual(wanted);
  // Nor does a form that says so all the same make it a new requirement.
  expect(read({ skal: 'Allt är nytt', nar: 'nu', andring: 'requirement' }, false).data).toEqual(wanted);
});

test('A module that readers know is not published without saying what the change is', () => {
  expect(read({ skal: 'Ett stavfel', nar: 'nu' }, true).error?.issues).toMatchObject([{ path: ['andring'] }]);
});

const refused = (fields: Record<string, string>) =>
  read({ skal: 'En ny lag', ...fields }, true).error?.issues.map(({ path }) => path[0]);

test('What was written beside another choice is not left out in silence', () => {
  expect(refused({ andring: 'minor', nar: 'nu', dag: '2026-12-01', tid: '06:30' })).toEqual(['dag']);
  expect(refused({ andring: 'minor', nar: 'nu', tid: '06:30' })).toEqual(['dag']);
  expect(refused({ andring: 'refresh', nar: 'nu', manader: '3' })).toEqual(['manader']);
  expect(refused({ andring: 'refresh', nar: 'nu', till: '2027-01-01' })).toEqual(['manader']);
  expect(refused({ andring: 'refresh', nar: 'nu', manader: '', till: '', dag: '', tid: '' })).toBeUndefined();
});

test('A publication is set to a time that the day has', () => {
  const due = (dag: string, tid: string) =>
    read({ andring: 'minor', skal: 'Ett stavfel', nar: 'senare', dag, tid }, true);
  expect(due('2027-03-28', '01:59').data?.dueAt).toEqual(new Date('2027-03-28T00:59:00Z'));
  expect(due('2027-03-28', '02:30').error?.issues).toMatchObject([{ path: ['tid'] }]);
  expect(due('2027-03-28', '03:00').data?.dueAt).toEqual(new Date('2027-03-28T01:00:00Z'));
  expect(due('2026-11-22', '08:59').error?.issues).toMatchObject([{ path: ['dag'] }]);
  expect(due('2027-11-23', '06:30').data?.dueAt).toEqual(new Date('2027-11-23T05:30:00Z'));
  expect(due('2027-11-24', '06:30').error?.issues).toMatchObject([{ path: ['dag'] }]);
});
