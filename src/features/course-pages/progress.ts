/**
 * Fills in what the signed-in reader has completed on a static page. Without JavaScript, or without a
 * session, the page stays as it is and `/min-sida` shows the same.
 */
import { progress } from '#src/i18n/progress.ts';
import { paths } from '#src/lib/paths.ts';

interface Progress {
  signedIn: boolean;
  completed: string[];
  renewing?: true;
}

async function showProgress(): Promise<void> {
  const response = await fetch(paths.progress, { headers: { accept: 'application/json' } });
  if (!response.ok) return;
  const { signedIn, completed, renewing } = (await response.json()) as Progress;
  if (!signedIn) return;
  for (const place of document.querySelectorAll<HTMLElement>('[data-part]')) {
    if (!completed.includes(place.dataset['part'] ?? '')) continue;
    if (place.classList.contains('stone')) place.dataset['done'] = '';
    for (const word of place.querySelectorAll<HTMLElement>('[data-done], [data-done-word]'))
      word.hidden = false;
  }
  const parts = completed.filter((slug) => slug.startsWith('del-')).length;
  for (const summary of document.querySelectorAll('[data-progress-summary]')) {
    summary.textContent = renewing
      ? progress.renewing(parts)
      : completed.includes('grundkurs')
        ? progress.doneAll
        : progress.doneParts(parts);
  }
}

// A lost network only means that the stones stay unmarked.
showProgress().catch(() => undefined);
