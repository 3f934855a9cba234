/**
 * Shows the examples for the reader's own kind of work. The choice is made once and kept in this
 * browser only; a group without an example for it shows all, and so does a page without JavaScript.
 */
const KEY = 'verksamhet';
const groups = document.querySelectorAll<HTMLElement>('[data-work-variants]');

function remembered(): string {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

function show(kind: string): void {
  for (const group of groups) {
    const variants = [...group.querySelectorAll<HTMLElement>('[data-work]')];
    const fits = variants.some((variant) => variant.dataset['work'] === kind);
    for (const variant of variants) variant.hidden = fits && variant.dataset['work'] !== kind;
    const select = group.querySelector('select');
    if (select) select.value = kind;
  }
}

for (const group of groups) {
  const chooser = group.querySelector<HTMLElement>('[data-work-chooser]');
  if (chooser) chooser.hidden = false;
  group.querySelector('select')?.addEventListener('change', (event) => {
    const kind = (event.currentTarget as HTMLSelectElement).value;
    try {
      localStorage.setItem(KEY, kind);
    } catch {
      // Storage may be closed; the choice then lasts for this page.
    }
    show(kind);
  });
}
show(remembered());
