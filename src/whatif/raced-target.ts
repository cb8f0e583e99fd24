/** What a race connects to: its destination itself, or the proxy that is to make a tunnel there. */
import { canonicalAddress } from '../address.ts';
import type { Race } from '../model/race.ts';
import type { Origin, Unusable } from './inferred-race.ts';

/** What comes after a TCP connection, all in one, before a request can be sent; `tunnel`: all that a proxy is for, TLS within it too. */
export type AfterTcp = 'nothing' | 'secure' | 'tunnel';

export interface RacedTarget {
  readonly host: string;
  readonly port: number;
  readonly after: AfterTcp;
  /** Through a proxy: what it was asked for. */
  readonly tunnelTo?: Origin;
}

/** The destination counts where the log names it; a proxy that speaks QUIC is no TCP connection and then a tunnel. */
export function racedTarget({ destination, proxy }: Race): RacedTarget | Unusable {
  if (destination === undefined) return 'unknown-destination';
  const { host, port } = destination;
  const scheme = destination.scheme === 'http' ? 'http' : 'https';
  if (proxy === undefined) return { host, port, after: scheme === 'https' ? 'secure' : 'nothing' };
  const [, kind = '', name = '', proxyPort = ''] = PROXY.exec(proxy) ?? [];
  if (!TUNNELLING.has(kind)) return 'proxy';
  const literal = canonicalAddress(name.replace(/^\[(.*)\]$/, '$1'));
  // An HTTP proxy takes requests for http URLs as they are.
  const isBare = kind === 'http' && scheme === 'http';
  return { host: literal ?? name.toLowerCase(), port: Number(proxyPort), after: isBare ? 'nothing' : 'tunnel', tunnelTo: { scheme, host, port } };
}

const PROXY = /^([a-z0-9]+):\/\/(.+):(\d{1,5})$/i;
const TUNNELLING: ReadonlySet<string> = new Set(['http', 'https', 'socks', 'socks4', 'socks5']);
