import { createTransport } from 'nodemailer';
import type { MailSettings } from './mail-settings.ts';

/** A mail on its way. The same Message-ID in every try. */
export interface OutgoingMail {
  address: string;
  messageId: string;
  subject: string;
  text: string;
  html: string;
  date: Date;
}

/**
 * What the mail server made of it: took it; refused it for good; or could not take it now. `isServer`:
 * the fault is the connection or our account, so the next mail would fare the same.
 */
export type Delivery =
  { kind: 'sent' } | { kind: 'refused'; error: string } | { kind: 'later'; error: string; isServer: boolean };

export interface MailSender {
  send(mail: OutgoingMail): Promise<Delivery>;
  close(): void;
}

/** Below the time that the database lets a transaction stand idle. */
const LONGEST_MS = 45_000;

/** A connection to the mail server that is kept between mails. Expected faults are returned. */
export function openSender({ smtpUrl, from }: MailSettings): MailSender {
  const open = () =>
    createTransport({
      url: smtpUrl,
      pool: true,
      maxConnections: 1,
      // The pool would send again a mail whose answer it did not get to hear. That is for the outbox to decide.
      maxRequeues: 0,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  let transport = open();
  return {
    send: async ({ address, messageId, subject, text, html, date }) => {
      try {
        const sending = transport.sendMail({
          from,
          to: { name: '', address },
          messageId,
          subject,
          text,
          html,
          date,
          xMailer: false,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        });
        await withinTime(sending);
        return { kind: 'sent' };
      } catch (error) {
        const delivery = deliveryOf(error as SmtpError);
        if (delivery.kind === 'later' && delivery.isServer) {
          transport.close();
          transport = open();
        }
        return delivery;
      }
    },
    close: () => transport.close(),
  };
}

interface SmtpError extends Error {
  code?: string;
  /** The answer of the server; it often repeats the address. */
  response?: string;
  responseCode?: number;
  command?: string;
}

async function withinTime(sending: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('too slow'), { code: 'ETIMEDOUT' })), LONGEST_MS);
  });
  try {
    await Promise.race([sending, tooLate]);
  } finally {
    clearTimeout(timer);
    sending.catch(() => undefined);
  }
}

/** Who is refused is told by code and never in the server's words, which hold the address. */
function deliveryOf({ code = 'EUNKNOWN', response = '', responseCode, command }: SmtpError): Delivery {
  if (responseCode === undefined) return { kind: 'later', error: code, isServer: true };
  const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})/.exec(response)?.[1];
  const error = [String(responseCode), enhanced, command === 'API' ? undefined : command]
    .filter((part) => part !== undefined)
    .join(' ');
  // Refused before there was a recipient: our account or our sender, not this mail.
  const isAboutMail = command === 'RCPT TO' || command === 'DATA';
  if (responseCode >= 500 && isAboutMail) return { kind: 'refused', error };
  return { kind: 'later', error, isServer: !isAboutMail || responseCode === 421 };
}
