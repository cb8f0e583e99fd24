/** The requests that each session carried: for whom, when they were sent, and when their answers began. */
import type { Moment } from '../handlers/handler.ts';
import type { UrlRequestHandler } from '../handlers/url-requests.ts';
import { type Destination, parseDestination } from './destination.ts';
import { addTo } from '../grouping.ts';
import { type ConnectionParts, createConnectionOf } from './request-connection.ts';

export interface SessionRequest {
  readonly destination: Destination;
  /** Its headers were written; `undefined` where the log ends before. */
  readonly sent: Moment | undefined;
  /** The first of the answer was read. */
  readonly firstByte: Moment | undefined;
}

export interface SessionRequestParts extends ConnectionParts {
  readonly urlRequests: UrlRequestHandler;
}

/** By session id, in log order. */
export function requestsBySession(parts: SessionRequestParts): ReadonlyMap<number, readonly SessionRequest[]> {
  const connectionOf = createConnectionOf(parts);
  const bySession = new Map<number, SessionRequest[]>();
  for (const record of parts.urlRequests.requests) {
    const { sessionId } = connectionOf(record);
    const destination = parseDestination(record.url);
    if (sessionId === undefined || destination === undefined || record.sentAs === undefined) continue;
    addTo(bySession, sessionId, { destination, sent: record.send.end, firstByte: record.headers.end });
  }
  return bySession;
}
