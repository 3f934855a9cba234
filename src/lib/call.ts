/** What a page that is shut in may do: be looked at, or run the scripts that it came with, too. */
export type Sandbox = 'still' | 'scripts';

/**
 * What our own server has found out about a request before the page sees it. The page's side fills in
 * what the server then logs.
 */
export interface Call {
  /** Where the request comes from: the socket's address, or what a trusted proxy says. */
  clientAddress: string;
  /** Whether the browser speaks https, with us or with a trusted proxy. */
  isSecure: boolean;
  /** The pattern of the page that answers, such as `/intyg/[code]`: never what stands in the address. */
  route?: string;
  /** What went wrong. */
  error?: unknown;
  /** The page shows what is not reviewed yet: it may stand in a frame of ours, and may do nothing else. */
  sandbox?: Sandbox;
  /** What becomes of the page's HTML before it is sent. */
  rewrite?: (html: string) => string;
  /** The reply is a file that anyone may have, also a page that is shut into a sandbox. */
  isPublicFile?: boolean;
}
