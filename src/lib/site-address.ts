/** The address that a file of the static site answers to: `kurs/index.html` to `/kurs/`, `om.html` to `/om`. */
export function addressOf(name: string): string {
  return `/${name}`.replace(/\/index\.html$/, '/').replace(/\.html$/, '');
}
