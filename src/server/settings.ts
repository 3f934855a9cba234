import { BlockList, isIP } from 'node:net';

/** How the server is reached, read once at the start. */
export interface ServerSettings {
  /** The site's public address, when it has one; else it answers on this machine only. */
  publicOrigin: URL | null;
  /** Names besides localhost that the site answers to while it has no public address. */
  ownNames: string[];
  /** Proxies whose word counts for who the client is. */
  trustedProxies: BlockList;
}

/**
 * Reads `PUBLIC_ORIGIN`, `HOST` and `TRUSTED_PROXIES`.
 *
 * @throws Error, in words for whoever starts the server, when one of them cannot be understood.
 */
export function readSettings(env: NodeJS.ProcessEnv): ServerSettings {
  const host = env['HOST'];
  return {
    publicOrigin: env['PUBLIC_ORIGIN'] ? readOrigin(env['PUBLIC_ORIGIN']) : null,
    ownNames: host ? [host.includes(':') ? `[${host}]` : host.toLowerCase()] : [],
    trustedProxies: readProxies(env['TRUSTED_PROXIES'] ?? ''),
  };
}

function readOrigin(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isBare = url?.pathname === '/' && !url.search && !url.hash && !url.username;
  if (!url || !isBare || !/^https?:$/.test(url.protocol)) {
    throw new Error(`PUBLIC_ORIGIN ska vara en adress som https://exempel.se, utan något efter: ${text}`);
  }
  return url;
}

/** Addresses and networks, separated by commas or spaces: `10.0.0.5, 10.1.0.0/16`. */
function readProxies(text: string): BlockList {
  const list = new BlockList();
  for (const entry of text.split(/[\s,]+/).filter(Boolean)) {
    const [address = '', prefix] = entry.split('/');
    const version = isIP(address);
    const longest = version === 6 ? 128 : 32;
    const bits = prefix === undefined ? longest : Number(prefix);
    if (!version || !Number.isInteger(bits) || bits < 0 || bits > longest || prefix === '') {
      throw new Error(`TRUSTED_PROXIES: ${entry} är varken en IP-adress eller ett nät som 10.0.0.0/8`);
    }
    list.addSubnet(address, bits, version === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}
