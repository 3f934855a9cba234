import type { OutgoingHttpHeaders } from 'node:http';
import type { Sandbox } from '#src/lib/call.ts';

/** For whatever is not a page: nothing may be loaded. */
const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'";

/** How a response differs from the others. */
export interface ResponseUse {
  /** Stands in a frame of ours, in an origin of its own: no cookies, no forms, nobody else's window. */
  sandbox?: Sandbox | undefined;
  /** A file that anyone may have. A page in a sandbox is another origin, and asks for its files as one. */
  isPublicFile?: boolean | undefined;
}

/**
 * The headers that every response carries, whatever it is. `policy` is what the page may load, as Astro
 * wrote it with the hashes of its scripts and styles.
 */
export function securityHeaders(
  isSecure: boolean,
  policy: string = NOTHING,
  { sandbox, isPublicFile = false }: ResponseUse = {},
): OutgoingHttpHeaders {
  return {
    'content-security-policy': `${policy.replace(/[;\s]+$/, '')}; ${framing(sandbox)}`,
    'x-content-type-options': 'nosniff',
    'x-frame-options': sandbox ? 'SAMEORIGIN' : 'DENY',
    // Nothing to other sites; to ourselves, so that browsers name our origin when a form is sent.
    'referrer-policy': 'same-origin',
    'permissions-policy':
      'camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=(), browsing-topics=()',
    // Browsers show no page that is both in a sandbox and alone with its openers; there it has none anyway.
    'cross-origin-opener-policy': sandbox ? 'unsafe-none' : 'same-origin',
    'cross-origin-resource-policy': isPublicFile ? 'cross-origin' : 'same-origin',
    ...(isPublicFile ? { 'access-control-allow-origin': '*' } : {}),
    'x-permitted-cross-domain-policies': 'none',
    ...(isSecure ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  };
}

function framing(sandbox: Sandbox | undefined): string {
  if (!sandbox) return "frame-ancestors 'none'";
  return `sandbox${sandbox === 'scripts' ? ' allow-scripts' : ''}; frame-ancestors 'self'`;
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
