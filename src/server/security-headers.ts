import type { OutgoingHttpHeaders } from 'node:http';

/** For whatever is not a page: nothing may be loaded. */
const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'";

/**
 * The headers that every response carries, whatever it is. `policy` is what the page may load, as Astro
 * wrote it with the hashes of its scripts and styles.
 */
export function securityHeaders(isSecure: boolean, policy: string = NOTHING): OutgoingHttpHeaders {
  return {
    'content-security-policy': `${policy.replace(/[;\s]+$/, '')}; frame-ancestors 'none'`,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    // Nothing to other sites; to ourselves, so that browsers name our origin when a form is sent.
    'referrer-policy': 'same-origin',
    'permissions-policy':
      'camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=(), browsing-topics=()',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-permitted-cross-domain-policies': 'none',
    ...(isSecure ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  };
}

const META = /<meta http-equiv="content-security-policy" content="([^"]*)">/i;

/**
 * Takes Astro's policy out of a static page, to be sent as a header instead: `frame-ancestors` does not
 * work in a `<meta>`. A page without one may load nothing.
 */
export function extractPolicy(html: string): { html: string; policy: string | undefined } {
  const [tag, policy] = META.exec(html) ?? [];
  if (tag === undefined || policy === undefined) return { html, policy: undefined };
  return {
    html: html.replace(tag, () => ''),
    policy: policy.replaceAll('&#39;', "'").replaceAll('&amp;', '&'),
  };
}
