/**
 * Reads the many ways in which a log names where a connection goes: hosts of resolver requests,
 * stream keys, socket-pool groups, URLs, proxy chains.
 */
import { canonicalHost, parseEndpoint } from '../../address.ts';
import type { SocketRecord } from '../handlers/sockets.ts';
import type { Race } from '../race.ts';

export type Destination = NonNullable<Race['destination']>;

export interface HostSpec {
  readonly host: string;
  readonly scheme?: string;
  readonly port?: number;
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443 };

/** `https://a.test`, `http://[2001:db8::1]:8080`: an origin as Chromium logs it, without the port that the scheme implies. */
export function originText({ scheme, host, port }: Required<HostSpec>): string {
  const bracketed = host.includes(':') ? `[${host}]` : host;
  return `${scheme}://${bracketed}${port === DEFAULT_PORTS[scheme] ? '' : `:${port}`}`;
}

/** Characters among which scheme, host and port are: many things may be said to go to the same place, and each says its name. */
const LONGEST_ORIGIN = 2048;

/** `https://a.test`, `https://user:password@a.test/x`, `http://[2001:db8::1]:8080`, `a.test:443`, `a.test`; `undefined` for an empty text. */
export function parseHost(text = ''): HostSpec | undefined {
  const start = text.slice(0, LONGEST_ORIGIN);
  const match = /^(?:([a-z][a-z0-9+.-]*):\/\/(?:[^/?#]*@)?)?(\[[^\]]*\]|[^/:]*)(?::(\d{1,5}))?(?:[/?#]|$)/i.exec(start);
  const host = match?.[2];
  if (match === null || host === undefined || host === '') return undefined;
  // Cut off in the middle of the host or port.
  if (match[0].length === start.length && start.length < text.length) return undefined;
  const scheme = match[1]?.toLowerCase();
  const port = match[3] === undefined ? DEFAULT_PORTS[scheme ?? ''] : Number(match[3]);
  return {
    host: canonicalHost(host),
    ...(scheme === undefined ? {} : { scheme }),
    ...(port === undefined ? {} : { port }),
  };
}

/** A destination, where scheme and port are known or follow from one another. */
export function parseDestination(text: string | undefined): Destination | undefined {
  const spec = parseHost(text);
  if (spec?.scheme === undefined || spec.port === undefined) return undefined;
  // A WebSocket shares its connection's scheme.
  const scheme = spec.scheme === 'wss' ? 'https' : spec.scheme === 'ws' ? 'http' : spec.scheme;
  return { scheme, host: spec.host, port: spec.port };
}

/** The host that sockets name in their ClientHello, at the port they connect to: only for connections that go straight there. */
export function destinationOfSockets(sockets: readonly SocketRecord[]): Destination | undefined {
  const named = sockets.find((s) => s.serverName !== undefined);
  const endpoint = parseEndpoint(named?.remoteAddress ?? named?.connects.at(-1)?.address ?? '');
  if (named?.serverName === undefined || endpoint === undefined) return undefined;
  return { scheme: 'https', host: canonicalHost(named.serverName), port: endpoint.port };
}

export interface SocketGroup {
  readonly destination: Destination;
  readonly privacyMode: string;
  /** `undefined`: connections are not partitioned. */
  readonly networkKey?: string;
}

/**
 * A socket-pool group: `pm/https://a.test:8443 <network key>`; before about Chrome 100 `pm/ssl/a.test:443`.
 * Prefixes stand for privacy mode and DNS policy.
 */
export function parseGroup(group = ''): SocketGroup | undefined {
  const keyAt = group.indexOf('<');
  const hasKey = keyAt > 0 && group[keyAt - 1] === ' ' && group.endsWith('>');
  if (keyAt >= 0 && !hasKey) return undefined;
  const way = hasKey ? group.slice(0, keyAt - 1) : group;
  const prefixes = Array.from(way.matchAll(PREFIX), ([, prefix = '']) => prefix);
  const target = way.slice(prefixes.join('/').length + (prefixes.length > 0 ? 1 : 0));
  const destination = parseDestination(target.includes('://') ? target : `${prefixes.includes('ssl') ? 'https' : 'http'}://${target}`);
  if (destination === undefined) return undefined;
  return { destination, privacyMode: privacyModeOf(prefixes), ...(hasKey ? { networkKey: group.slice(keyAt + 1, -1) } : {}) };
}

/** One after the other from the start: a single expression for the whole group takes the square of its length. */
const PREFIX = /([\w-]+)\/(?!\/)/gy;

function privacyModeOf(prefixes: readonly string[]): string {
  if (prefixes.includes('pm')) return 'enabled';
  if (prefixes.includes('pmwocc')) return 'enabled without client certs';
  if (prefixes.includes('pmpsa')) return 'enabled partitioned state allowed';
  return 'disabled';
}

/** The first proxy of a chain as `scheme://host:port`; `undefined` where the connection is direct. */
export function proxyOf(chain: string | undefined): string | undefined {
  const first = chain?.replace(/^\[|\]$/g, '').split(', ')[0]?.trim() ?? '';
  if (first === '' || /^direct(:\/\/)?$/i.test(first)) return undefined;
  // `[proxy.test:3128]` and the older `PROXY proxy.test:3128` mean an HTTP proxy.
  const match = /^(?:([a-z0-9]+):\/\/|(PROXY|HTTPS|SOCKS5|SOCKS|QUIC) )?(.+)$/i.exec(first);
  const word = (match?.[1] ?? match?.[2] ?? 'http').toLowerCase();
  return `${word === 'proxy' ? 'http' : word}://${match?.[3] ?? first}`;
}

/** Connections and look-ups for a DNS-over-HTTPS server are partitioned under a key that says so. */
export function isForResolver(networkKey: string | undefined): boolean {
  return networkKey?.includes('(dns over https)') ?? false;
}

export function isSecure(scheme: string): boolean {
  return scheme === 'https' || scheme === 'wss';
}
