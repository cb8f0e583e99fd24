/**
 * Alternative services that are marked broken. No event tells the moment of marking; requests that meet one do
 * (HTTP_STREAM_JOB_CONTROLLER_ALT_SVC_FOUND), and so do the snapshots of what the browser remembers of servers
 * (HTTP_SERVER_PROPERTIES_UPDATE_PREFS: once a minute at most, and when it shuts down).
 */
import { canonicalHost } from '../../address.ts';
import type { EventParams, NetLogEvent } from '../../netlog/event.ts';
import { type Handler, type Moment, momentOf } from './handler.ts';
import { flag, integer, number, objects, text } from './params.ts';

export interface BrokenService {
  readonly at: Moment;
  readonly host: string;
  readonly port: number;
  readonly sourceId: number;
  /** Of a snapshot. */
  readonly untilUnixSeconds?: number | undefined;
  readonly timesBroken?: number | undefined;
}

export interface AlternativeServiceHandler extends Handler {
  /** Of snapshots, as often as they repeat it. */
  readonly remembered: readonly BrokenService[];
  /** By stream job controllers. */
  readonly met: readonly BrokenService[];
}

export function createAlternativeServiceHandler(): AlternativeServiceHandler {
  const remembered: BrokenService[] = [];
  const met: BrokenService[] = [];

  return {
    remembered,
    met,
    on: {
      HTTP_STREAM_JOB_CONTROLLER_ALT_SVC_FOUND(event) {
        const service = flag(event.params, 'is_broken') === true ? serviceIn(text(event.params, 'alt_svc') ?? '') : undefined;
        if (service !== undefined) met.push({ at: momentOf(event), sourceId: event.source.id, ...service });
      },
      HTTP_SERVER_PROPERTIES_UPDATE_PREFS(event) {
        for (const entry of objects(event.params, 'broken_alternative_services')) {
          const service = rememberedIn(entry, event);
          if (service !== undefined) remembered.push(service);
        }
      },
    },
  };
}

/** `quic www.example:443, expires 2026-12-20 16:34:16` */
function serviceIn(altSvc: string): { readonly host: string; readonly port: number } | undefined {
  const [, host, port] = /^quic (\S+):(\d{1,5})(?:,|$)/.exec(altSvc) ?? [];
  return host === undefined ? undefined : { host: canonicalHost(host), port: Number(port) };
}

function rememberedIn(entry: EventParams, event: NetLogEvent): BrokenService | undefined {
  const [host, port] = [text(entry, 'host'), integer(entry, 'port')];
  if (host === undefined || port === undefined || text(entry, 'protocol_str') !== 'quic') return undefined;
  return {
    at: momentOf(event),
    sourceId: event.source.id,
    host: canonicalHost(host),
    port,
    untilUnixSeconds: number(entry, 'broken_until'),
    timesBroken: integer(entry, 'broken_count'),
  };
}
