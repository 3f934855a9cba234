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
