/**
 * One request as an entry of a HAR file. Headers, cookies and bodies are left out: a report has none, and
 * a HAR file is made to be handed on.
 */
import { parseEndpoint } from '../../address.ts';
import type { Request } from '../../model/request.ts';
import type { Report } from '../report.ts';
import type { HarEntry, HarNameValue } from './har.ts';
import { harTimings } from './har-timings.ts';

/** As Chromium's own HAR files name them. */
const HTTP_VERSIONS: Readonly<Record<string, string>> = { 'http/1.1': 'HTTP/1.1', h2: 'http/2.0', h3: 'h3' };

/** The address that each attempt and session went to, by source id. */
export type PeerAddresses = ReadonlyMap<number, string>;

export function peerAddresses({ races, sessions }: Pick<Report, 'races' | 'sessions'>): PeerAddresses {
  const addresses = new Map<number, string>();
  const add = (id: number, ipEndpoint: string | undefined): void => {
    const address = ipEndpoint === undefined ? undefined : parseEndpoint(ipEndpoint)?.address;
    if (address !== undefined) addresses.set(id, address);
  };
  for (const { attempts } of races) for (const { id, ipEndpoint } of attempts) add(id, ipEndpoint);
  for (const { id, ipEndpoint } of sessions) add(id, ipEndpoint);
  return addresses;
}

/** `undefined` for a request whose URL is lost: a HAR entry cannot be without. */
export function harEntry(request: Request, originUnixMs: number, peers: PeerAddresses): HarEntry | undefined {
  const { id, url, method = 'GET', startMs, endMs, raceId, attemptId, sessionId, connection, alpn, status = 0, netError } = request;
  if (url === undefined) return undefined;
  const httpVersion = alpn === undefined ? '' : (HTTP_VERSIONS[alpn] ?? alpn);
  const carrier = sessionId ?? attemptId;
  const address = [sessionId, attemptId].flatMap((peer) => (peer === undefined ? [] : (peers.get(peer) ?? [])))[0];
  const { time, timings } = harTimings(request);
  return {
    startedDateTime: isoTime(originUnixMs + startMs),
    time,
    request: { method, url, httpVersion, cookies: [], headers: [], queryString: queryOf(url), headersSize: -1, bodySize: -1 },
    response: {
      status,
      statusText: '',
      httpVersion,
      cookies: [],
      headers: [],
      content: { size: 0, mimeType: '' },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
      ...(netError === undefined ? {} : { _error: `net::${netError.name}` }),
    },
    cache: {},
    timings,
    ...(address === undefined ? {} : { serverIPAddress: address }),
    ...(carrier === undefined ? {} : { connection: String(carrier) }),
    _netlogId: id,
    ...(raceId === undefined ? {} : { _raceId: raceId }),
    ...(connection === undefined ? {} : { _connection: connection }),
    ...(connection === 'cache' ? { _fromCache: 'disk' as const } : {}),
    ...(endMs === undefined ? { _unfinished: true as const } : {}),
  };
}

/** ECMA-262 section 21.4.1.1: no date lies further from 1970. */
const LAST_DATE_MS = 8.64e15;

/** A log may claim any time; one that no calendar has is told as the nearest that it has. */
function isoTime(unixMs: number): string {
  return new Date(Math.max(-LAST_DATE_MS, Math.min(LAST_DATE_MS, unixMs))).toISOString();
}

function queryOf(url: string): HarNameValue[] {
  if (!URL.canParse(url)) return [];
  return Array.from(new URL(url).searchParams, ([name, value]) => ({ name, value }));
}
