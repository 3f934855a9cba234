import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeKillSite, killRound, openKillSite, type KillSite, type Round } from './rounds.ts';

let place: KillSite;

beforeAll(async () => {
  place = await openKillSite();
});
afterAll(() => closeKillSite(place));

function expectNothingLost(round: Round) {
  expect(round).toMatchObject({ lost: 0, duplicated: 0, halfDone: 0, replayedWrong: 0 });
  expect(round.sent).toBeGreaterThan(0);
}

test.each([1, 2, 3])(
  'Killing the app in the middle of submissions loses and doubles nothing, round %i',
  async () => {
    expectNothingLost(await killRound(place, 'app'));
  },
);

test.skipIf(process.platform !== 'linux')(
  'Killing the whole database in the middle of submissions loses and doubles nothing',
  async () => {
    expectNothingLost(await killRound(place, 'database'));
  },
);
