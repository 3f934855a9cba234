import type { IncomingMessage } from 'node:http';
import { isIP, type BlockList } from 'node:net';
import type { ServerSettings } from './settings.ts';

/** Who asks and under which address, as far as it can be believed. */
export interface Client {
  address: string;
  isSecure: boolean;
  /** The host asked for, or null when it is none of ours. */
  host: string | null;
  /** The origin our own pages have in the client's browser; null when the host is none of ours. */
  origin: string | null;
}

const FORWARDED = /^(forwarded|x-forwarded-.*|x-real-ip|x-client-ip|true-client-ip|cf-connecting-ip)$/;

/**
 * Finds out who asks, and takes every forwarding header out of the request: whatever comes after sees
 * none. The headers count only when the socket belongs to a trusted proxy, and then the part that the
 * nearest proxies wrote themselves: from the right.
 */
export function identifyClient(req: IncomingMessage, settings: ServerSettings): Client {
  const peer = plainAddress(req.socket.remoteAddress ?? '');
  const isTrusted = isListed(peer, settings.trustedProxies);
  const forwarded = (name: string): string | undefined => {
    const value = isTrusted ? req.headers[name] : undefined;
    return String(value ?? '')
      .split(',')
      .at(-1)
      ?.trim();
  };
  const asked = forwarded('x-forwarded-host') || req.headers.host;
  const isSecure =
    settings.publicOrigin?.protocol === 'https:' || forwarded('x-forwarded-proto')?.toLowerCase() === 'https';
  const address = isTrusted ? firstUntrusted(req.headers['x-forwarded-for'], peer, settings) : peer;
  for (const name of Object.keys(req.headers)) if (FORWARDED.test(name)) delete req.headers[name];

  const host = ownHost(asked, isSecure, settings);
  if (host !== null) req.headers.host = host;
  const origin = settings.publicOrigin?.origin ?? new URL(`${isSecure ? 'https' : 'http'}://${host}`).origin;
  return { address, isSecure, host, origin: host === null ? null : origin };
}

/** The host that was asked for, when it is ours: the public one, or without one any name of this machine. */
function ownHost(asked: string | undefined, isSecure: boolean, settings: ServerSettings): string | null {
  if (!asked || !/^[\w.:[\]-]+$/.test(asked)) return null;
  const { publicOrigin } = settings;
  const address = `${publicOrigin?.protocol ?? (isSecure ? 'https:' : 'http:')}//${asked}`;
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (publicOrigin) return url.host === publicOrigin.host ? url.host : null;
  const names = ['localhost', '127.0.0.1', '[::1]', ...settings.ownNames];
  return names.includes(url.hostname) ? url.host : null;
}

function firstUntrusted(
  header: string | string[] | undefined,
  peer: string,
  { trustedProxies }: ServerSettings,
): string {
  const chain = String(header ?? '')
    .split(',')
    .map((entry) => plainAddress(entry.trim()));
  let nearest = peer;
  for (const address of chain.reverse()) {
    // What is no address was not written by a proxy of ours.
    if (!isIP(address)) return nearest;
    nearest = address;
    if (!isListed(address, trustedProxies)) return address;
  }
  return nearest;
}

function isListed(address: string, list: BlockList): boolean {
  const version = isIP(address);
  return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

/** An IPv4 address that arrived on an IPv6 socket, without its prefix. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
}
