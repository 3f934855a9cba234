/** How mails leave the installation. */
export interface MailSettings {
  /** The mail server, with account, password and TLS as the address says. */
  smtpUrl: string;
  /** The sender: an address, or `Name <address>`. */
  from: string;
  /** The site's public address, which every link in a mail begins with: never what a request says. */
  origin: string;
}

const ADDRESS = /^[\w!#$%&'*+/=?^`{|}~.-]{1,64}@[a-z\d](?:[a-z\d.-]{0,250}[a-z\d])?$/i;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * Reads `SMTP_URL`, `MAIL_FROM` and `PUBLIC_ORIGIN`. Null: no mail server is set, so no mail is sent.
 *
 * @throws Error, in words for whoever starts the server, when a mail server is set and the rest is
 *   missing or cannot be understood.
 */
export function readMailSettings(env: NodeJS.ProcessEnv): MailSettings | null {
  const smtp = env['SMTP_URL']?.trim();
  if (!smtp) return null;
  const from = env['MAIL_FROM']?.trim() ?? '';
  if (from === '')
    throw new Error('SMTP_URL är satt: då behövs också MAIL_FROM, adressen som mejlen kommer från');
  const address = /^[^\r\n<>]*<([^<>]*)>$/.exec(from)?.[1] ?? from;
  if (!isMailAddress(address) || /[\r\n]/.test(from)) {
    throw new Error('MAIL_FROM ska vara en e-postadress, eller ett namn följt av <adressen>');
  }
  const origin = env['PUBLIC_ORIGIN']?.trim() ?? '';
  if (!URL.canParse(origin)) {
    throw new Error(
      'SMTP_URL är satt: då behövs också PUBLIC_ORIGIN, webbplatsens adress som mejlen länkar till',
    );
  }
  return { smtpUrl: readSmtpUrl(smtp), from, origin: new URL(origin).origin };
}

/** An address that can be written into a mail's envelope and header as it is. */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && ADDRESS.test(text);
}

/** Over the network the connection must be encrypted, unless the address says `requireTLS=false`. Passwords are never named. */
function readSmtpUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === '') {
    throw new Error('SMTP_URL ska se ut som smtp://konto:losenord@mejl.exempel.se:587 eller smtps://…');
  }
  if (url.protocol === 'smtp:' && !LOOPBACK.test(url.hostname) && !url.searchParams.has('requireTLS')) {
    url.searchParams.set('requireTLS', 'true');
  }
  return url.href;
}

/** The settings of this process; null where no mails are sent. */
export function mailSettings(): MailSettings | null {
  return readMailSettings(process.env);
}

/** Whether mails leave this installation. Where they do not, none are written either. */
export function isMailOn(): boolean {
  return mailSettings() !== null;
}
