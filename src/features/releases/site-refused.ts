/** Content that cannot become a site. The message is for an editor; `detail` for those who look after the server. */
export class SiteRefused extends Error {
  readonly detail: string | null;

  constructor(message: string, detail: string | null = null) {
    super(message);
    this.name = 'SiteRefused';
    this.detail = detail;
  }
}
