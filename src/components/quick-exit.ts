/**
 * Quick exit: the link in the header, or Shift three times within five seconds. Covers the screen at
 * once, asks the server to end the session, and replaces the page so that "back" does not return to it.
 * Without JavaScript the link still leads to the neutral page.
 */
import { paths } from '#src/lib/paths.ts';

const PRESSES = 3;
const WITHIN_MS = 5000;

const link = document.querySelector<HTMLAnchorElement>('[data-exit]');
let presses: number[] = [];

function leave(): void {
  if (!link) return;
  document.documentElement.hidden = true;
  document.title = ' ';
  navigator.sendBeacon(paths.signOut);
  forgetAnswers();
  location.replace(link.href);
}

/** Answers to a knowledge check that were not handed in. */
function forgetAnswers(): void {
  try {
    sessionStorage.clear();
  } catch {
    // Storage is turned off: nothing was kept.
  }
}

link?.addEventListener('click', (event) => {
  event.preventDefault();
  leave();
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Shift') {
    presses = [];
    return;
  }
  if (event.repeat) return;
  presses = [...presses.filter((at) => event.timeStamp - at < WITHIN_MS), event.timeStamp];
  if (presses.length >= PRESSES) leave();
});
