/** HTTP/2 sessions: their socket, their requests, their end. */
import type { NetLogEvent } from '../../netlog/event.ts';
import { type Handler, type Moment, momentOf, recordOf, startOf } from './handler.ts';
import { dependency, netError, text } from './params.ts';

export interface Http2SessionRecord {
  readonly id: number;
  readonly start: Moment;
  begun: boolean;
  /** `host:port` of the first request's origin. */
  host?: string | undefined;
  socketId?: number | undefined;
  requestCount: number;
  /** GOAWAY: no new requests from then on. */
  goAway?: Moment | undefined;
  closed?: { readonly at: Moment; readonly netError: number | undefined; readonly description: string | undefined } | undefined;
  end?: Moment | undefined;
}

export interface Http2SessionHandler extends Handler {
  readonly sessions: ReadonlyMap<number, Http2SessionRecord>;
  /** The session that sent headers for a URL request, or for the stream job that served one. */
  carrierOf(requesterId: number | undefined): number | undefined;
}

export function createHttp2SessionHandler(): Http2SessionHandler {
  const sessions = new Map<number, Http2SessionRecord>();
  const carriers = new Map<number, number>();
  const sessionOf = (event: NetLogEvent): Http2SessionRecord =>
    recordOf(sessions, event, (e) => ({ id: e.source.id, start: startOf(e), begun: false, requestCount: 0 }));

  return {
    sessions,
    carrierOf: (requesterId) => (requesterId === undefined ? undefined : carriers.get(requesterId)),
    headersOnly: ['HTTP2_SESSION_RECV_GOAWAY'],
    on: {
      HTTP2_SESSION(event) {
        const session = sessionOf(event);
        if (event.phase === 'END') {
          session.end = momentOf(event);
          return;
        }
        session.begun = true;
        session.host = text(event.params, 'host');
      },
      HTTP2_SESSION_INITIALIZED(event) {
        sessionOf(event).socketId = dependency(event.params);
      },
      HTTP2_SESSION_SEND_HEADERS(event) {
        sessionOf(event).requestCount += 1;
        const requesterId = dependency(event.params);
        if (requesterId !== undefined) carriers.set(requesterId, event.source.id);
      },
      HTTP2_SESSION_RECV_GOAWAY(event) {
        sessionOf(event).goAway ??= momentOf(event);
      },
      HTTP2_SESSION_CLOSE(event) {
        sessionOf(event).closed ??= {
          at: momentOf(event),
          netError: netError(event.params),
          description: text(event.params, 'description'),
        };
      },
    },
  };
}
