import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as a mail server got it. */
export interface ReceivedMail {
  /** Of the envelope. */
  from: string;
  to: string[];
  raw: string;
  parsed: Email;
  /** Over TLS. */
  isSecure: boolean;
}

export interface Mailbox {
  port: number;
  received: ReceivedMail[];
  close(): Promise<void>;
}

interface MailboxOptions extends SMTPServerOptions {
  /** Decides about a mail that has come: throw `smtpError` to refuse it. What it resolves to is waited for. */
  judge?: (mail: ReceivedMail) => unknown;
}

/** A real mail server on a free port of this machine, without accounts, and without TLS unless `secure` is given: true from the start, false by STARTTLS. */
export async function openMailbox({ judge, ...options }: MailboxOptions = {}): Promise<Mailbox> {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: options.onAuth === undefined,
    // Its own certificate is of nobody's authority.
    disabledCommands: options.secure === undefined ? ['STARTTLS'] : [],
    disableReverseLookup: true,
    logger: false,
    ...options,
    onData: (stream, session, callback) => {
      const take = async () => {
        const raw = await buffer(stream);
        const mail: ReceivedMail = {
          from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
          to: session.envelope.rcptTo.map(({ address }) => address),
          raw: raw.toString('utf8'),
          parsed: await PostalMime.parse(raw),
          isSecure: session.secure,
        };
        await judge?.(mail);
        received.push(mail);
      };
      take().then(
        () => callback(),
        (error: Error) => callback(error),
      );
    },
  });
  // A client that is killed breaks its connection off.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** An error with the code that the server is to answer with. It names the address, as real ones do. */
export function smtpError(responseCode: number, address: string): Error {
  return Object.assign(new Error(`<${address}>: not now`), { responseCode });
}
