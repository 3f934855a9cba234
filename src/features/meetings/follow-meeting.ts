/**
 * Keeps an open page where the group is: asks now and then, and loads the page anew when the leader has
 * gone on or ended the meeting. Without JavaScript there is a link that does the same.
 */
import { participantsWord } from '#src/i18n/meetings.ts';

interface State {
  step: number;
  participants: number;
  isOver: boolean;
}

const EVERY_MS = 5_000;
const place = document.querySelector<HTMLElement>('#folj');

async function follow(address: string, step: number): Promise<void> {
  const response = await fetch(address, { headers: { accept: 'application/json' } });
  // Signed out, or the meeting is gone: the page itself says so.
  if (!response.ok || response.redirected) return location.reload();
  const state = (await response.json()) as State;
  if (state.isOver || state.step !== step) return location.reload();
  const count = document.querySelector('#antal');
  if (count) count.textContent = participantsWord(state.participants);
}

const address = place?.dataset['state'];
if (place && address) {
  const step = Number(place.dataset['step']);
  setInterval(() => {
    // A lost network only means that the page stays where it is. A page that nobody looks at waits.
    if (document.visibilityState === 'visible') follow(address, step).catch(() => undefined);
  }, EVERY_MS);
}
