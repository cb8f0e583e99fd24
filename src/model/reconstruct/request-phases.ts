/**
 * Where a request's time went. The phases do not overlap: resolving, the transport handshake and TLS
 * count as far as the request waited for them; the rest of the wait for a stream is `blocked`.
 */
import type { UrlRequestRecord } from '../handlers/url-requests.ts';
import type { Attempt, Race } from '../race.ts';
import type { Request } from '../request.ts';
import { wholeMicros } from '../../units.ts';
import type { Context } from './context.ts';

/** `race` and `attempt`: those that made the request's connection while it waited; absent for any other. */
export function phasesOf(record: UrlRequestRecord, race: Race | undefined, attempt: Attempt | undefined, context: Context): Request['phases'] {
  const startMs = context.at(record.start);
  const streamMs = record.stream && context.at(record.stream.begin);
  const readyMs = record.stream?.end && context.at(record.stream.end);
  const connecting = streamMs === undefined || readyMs === undefined ? {} : connectPhases(streamMs, readyMs, race, attempt);
  const spent = Object.values(connecting).reduce<number>((sum, ms) => sum + (ms ?? 0), 0);
  const { send, headers } = record;
  return {
    blockedMs: readyMs === undefined ? undefined : wholeMicros(Math.max(0, readyMs - startMs - spent)),
    ...connecting,
    sendMs: send.begin && send.end && context.between(send.begin, send.end),
    waitMs: send.end && headers.end && context.between(send.end, headers.end),
    receiveMs: headers.end && record.end && context.between(headers.end, record.end),
  };
}

type ConnectPhases = Pick<Request['phases'], 'dnsMs' | 'connectMs' | 'sslMs'>;

function connectPhases(fromMs: number, toMs: number, race: Race | undefined, attempt: Attempt | undefined): ConnectPhases {
  if (race === undefined || attempt === undefined) return {};
  const within = (begin: number | undefined, end: number | undefined): number | undefined =>
    begin === undefined || end === undefined ? undefined : wholeMicros(Math.max(0, Math.min(end, toMs) - Math.max(begin, fromMs)));
  const transportEnd = attempt.transport === 'quic' ? attempt.endMs : (attempt.connectedMs ?? attempt.endMs);
  return {
    dnsMs: within(race.dns.startMs, race.dns.firstEndpointsMs),
    connectMs: within(attempt.startMs, transportEnd),
    // QUIC's handshake is transport and TLS in one.
    sslMs: attempt.secureStartMs === undefined ? undefined : within(attempt.secureStartMs, attempt.endMs),
  };
}
