import { afterAll, beforeAll, expect, test } from 'vitest';
import { killMailWorker, openMailPlace, type MailPlace } from './mail-rounds.ts';

let place: MailPlace;

beforeAll(async () => {
  place = await openMailPlace();
});
afterAll(() => place.close());

test.each([1, 2])(
  'Killing the mail worker while it sends loses nothing and repeats at most one mail, %i at work',
  async (workers) => {
    const round = await killMailWorker(place, workers);
    expect(round).toMatchObject({ missing: 0, renamed: 0, unsettled: 0 });
    expect(round.repeated).toBeLessThanOrEqual(1);
  },
);
