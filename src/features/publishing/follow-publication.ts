/**
 * Keeps the page of a publication where the publication is: asks now and then, moves the steps on, says
 * each aloud, and loads the page anew when it is over. Without JavaScript there is a link that does the same.
 */
import { progressWords as words } from '#src/i18n/publishing.ts';
import { isOver, stepsOf, type PublicationState } from './publication.ts';

interface Progress {
  state: PublicationState;
  step: string | null;
}

const EVERY_MS = 1_000;
const place = document.querySelector<HTMLElement>('#folj');
const list = document.querySelector<HTMLElement>('#steg-lista');
const heading = document.querySelector<HTMLElement>('#lage');

function show({ state, step }: Progress): void {
  for (const one of stepsOf(state, step)) {
    const item = list?.querySelector<HTMLElement>(`[data-step="${one.step}"]`);
    if (!item || item.dataset['state'] === one.state) continue;
    item.dataset['state'] = one.state;
    if (one.state === 'active') item.setAttribute('aria-current', 'step');
    else item.removeAttribute('aria-current');
    const note = item.querySelector('.kicker');
    if (note) note.textContent = words.stepStates[one.state];
    if (one.state === 'active' && heading)
      heading.textContent = `${words.states[state]}: ${words.steps[one.step]}`;
  }
}

async function follow(address: string): Promise<void> {
  const response = await fetch(address, { headers: { accept: 'application/json' } });
  // Signed out, or gone: the page itself says so.
  if (!response.ok || response.redirected) return location.reload();
  const progress = (await response.json()) as Progress;
  // A publication that was set for later and has begun shows its steps.
  if (isOver(progress.state) || (progress.state === 'building' && !list)) return location.reload();
  show(progress);
}

const address = place?.dataset['state'];
if (address) {
  setInterval(() => {
    // A lost network only means that the page stays where it is. A page that nobody looks at waits.
    if (document.visibilityState === 'visible') follow(address).catch(() => undefined);
  }, EVERY_MS);
}
