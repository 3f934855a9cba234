/** Which addresses a text may lead to or show. Used on the server and in the editor alike. */

const PICTURE = /^\/bilder\/[0-9a-f]{16}-(\d{1,4})x(\d{1,4})\.webp$/;

/**
 * Whether a link may stand in a text: `https:` with a host, `mailto:`, `tel:`, or a page of this site (`/…`,
 * never `//…`). Read as a browser would: characters that browsers skip or turn are refused.
 */
export function isSafeHref(href: string): boolean {
  if (href.length === 0 || href.length > 1_000 || /[\p{Cc}\u0020\u00a0\\<>"'`{}|^\u2028\u2029]/u.test(href)) {
    return false;
  }
  if (href.startsWith('#')) return /^#[A-Za-z0-9_-]+$/.test(href);
  if (href.startsWith('/')) {
    if (href.startsWith('//') || !URL.canParse(href, 'https://local.invalid')) return false;
    return new URL(href, 'https://local.invalid').host === 'local.invalid';
  }
  if (!/^(https|mailto|tel):/.test(href) || !URL.canParse(href)) return false;
  const url = new URL(href);
  if (url.protocol !== 'https:') return true;
  return href.startsWith('https://') && url.host !== '' && url.username === '' && url.password === '';
}

/** Whether an address is that of a picture that was made here. */
export function isPictureAddress(src: string): boolean {
  return PICTURE.test(src);
}

/** The size that the address of a picture tells. */
export function pictureSize(src: string): { width: number; height: number } | null {
  const [, width, height] = PICTURE.exec(src) ?? [];
  return width && height ? { width: Number(width), height: Number(height) } : null;
}

/** Whether a source may be linked to: `https:` or `http:` with a host, without a name or password in it. */
export function isWebAddress(address: string): boolean {
  if (!/^https?:\/\//.test(address)) return false;
  return isSafeHref(address.replace(/^http:/, 'https:'));
}

/** Whether a number may be rung by a press: `tel:` and digits. */
export function isTelephoneAddress(address: string): boolean {
  return /^tel:\+?[0-9]{2,20}$/.test(address);
}
