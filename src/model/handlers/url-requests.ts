/**
 * URL requests (source URL_REQUEST) and the requests that carry DNS over HTTPS (DNS_OVER_HTTPS).
 *
 * One source makes several requests in turn when it is redirected: each URL_REQUEST_START_JOB begins
 * one, with its own stream, connection and response.
 */
import type { EventParams, NetLogEvent } from '../../netlog/event.ts';
import type { Request } from '../request.ts';
import { type Handler, type Moment, momentOf, startOf } from './handler.ts';
import { dependency, netError, text, texts } from './params.ts';

export interface UrlRequestRecord {
  readonly id: number;
  readonly type: string;
  /** 0 for the first, counted up at each redirect. */
  readonly part: number;
  readonly start: Moment;
  url?: string | undefined;
  method?: string | undefined;
  end?: Moment | undefined;
  netError?: number | undefined;
  stream?: { readonly begin: Moment; end?: Moment | undefined } | undefined;
  controllerId?: number | undefined;
  managerId?: number | undefined;
  jobId?: number | undefined;
  /** A session that the request itself was bound to. */
  sessionId?: number | undefined;
  readonly send: Partial<Record<'begin' | 'end', Moment>>;
  readonly headers: Partial<Record<'begin' | 'end', Moment>>;
  /** HTTP/1.1: the socket that the headers were written to. */
  socketId?: number | undefined;
  /** The protocol whose send-headers event was logged. */
  sentAs?: 'http/1.1' | 'h2' | 'h3' | undefined;
  status?: number | undefined;
  madeFor?: Request['madeFor'];
  /** The browser made the redirect up itself. */
  upgradedBy?: Request['upgradedBy'];
  cacheRead: boolean;
}

export interface UrlRequestHandler extends Handler {
  readonly requests: readonly UrlRequestRecord[];
}

export function createUrlRequestHandler(): UrlRequestHandler {
  const requests: UrlRequestRecord[] = [];
  const current = new Map<number, UrlRequestRecord>();
  let writing: { readonly request: UrlRequestRecord; readonly index: number } | undefined;
  const isRequest = (event: NetLogEvent): boolean => event.source.type === 'URL_REQUEST' || event.source.type === 'DNS_OVER_HTTPS';

  function open(event: NetLogEvent, part: number): UrlRequestRecord {
    const request: UrlRequestRecord = {
      id: event.source.id,
      type: event.source.type,
      part,
      start: part === 0 ? startOf(event) : momentOf(event),
      send: {},
      headers: {},
      cacheRead: false,
    };
    requests.push(request);
    current.set(event.source.id, request);
    return request;
  }

  const onRequest = (handle: (request: UrlRequestRecord, event: NetLogEvent) => void) => (event: NetLogEvent) => {
    if (isRequest(event)) handle(current.get(event.source.id) ?? open(event, 0), event);
  };

  function bound(key: 'controllerId' | 'managerId' | 'jobId' | 'sessionId'): (event: NetLogEvent) => void {
    return onRequest((request, event) => {
      request[key] = dependency(event.params) ?? request[key];
    });
  }

  function sentAs(protocol: NonNullable<UrlRequestRecord['sentAs']>): (event: NetLogEvent) => void {
    return onRequest((request) => {
      request.sentAs = protocol;
    });
  }

  return {
    requests,
    headersOnly: [
      'HTTP_STREAM_REQUEST',
      'HTTP_TRANSACTION_SEND_REQUEST',
      'HTTP_TRANSACTION_READ_HEADERS',
      'HTTP_TRANSACTION_SEND_REQUEST_HEADERS',
      'HTTP_TRANSACTION_HTTP2_SEND_REQUEST_HEADERS',
      'HTTP_TRANSACTION_QUIC_SEND_REQUEST_HEADERS',
      'HTTP_CACHE_READ_INFO',
      'SOCKET_BYTES_SENT',
    ],
    on: {
      REQUEST_ALIVE: onRequest((request, event) => {
        if (event.phase === 'END') {
          request.end = momentOf(event);
          request.netError ??= netError(event.params);
        } else request.url ??= text(event.params, 'url');
      }),
      CANCELLED: onRequest((request, event) => {
        request.netError ??= netError(event.params) ?? ABORTED;
      }),
      URL_REQUEST_START_JOB: onRequest((request, event) => {
        if (event.phase === 'END') {
          request.netError ??= netError(event.params);
          return;
        }
        // A second job on the same source follows a redirect.
        const job = request.method === undefined ? request : open(event, request.part + 1);
        if (job !== request) request.end ??= momentOf(event);
        job.method = text(event.params, 'method') ?? '';
        job.url = text(event.params, 'url') ?? job.url;
        job.madeFor = purposeOf(event.params);
      }),
      HTTP_STREAM_REQUEST: onRequest((request, event) => {
        // A retry on a new stream replaces the lost one: the connection that served counts.
        if (event.phase === 'BEGIN') request.stream = { begin: request.stream?.begin ?? momentOf(event) };
        else if (request.stream !== undefined) request.stream.end = momentOf(event);
      }),
      HTTP_STREAM_JOB_CONTROLLER_BOUND: bound('controllerId'),
      HTTP_STREAM_POOL_ATTEMPT_MANAGER_JOB_BOUND: bound('managerId'),
      HTTP_STREAM_REQUEST_BOUND_TO_JOB: bound('jobId'),
      HTTP_STREAM_REQUEST_BOUND_TO_QUIC_SESSION: bound('sessionId'),
      HTTP2_SESSION_POOL_FOUND_EXISTING_SESSION: bound('sessionId'),
      HTTP_TRANSACTION_SEND_REQUEST: onRequest(({ send }, event) => edge(send, event)),
      HTTP_TRANSACTION_READ_HEADERS: onRequest(({ headers }, event) => edge(headers, event)),
      HTTP_TRANSACTION_SEND_REQUEST_HEADERS: onRequest((request, event) => {
        request.sentAs = 'http/1.1';
        writing = { request, index: event.index };
      }),
      SOCKET_BYTES_SENT(event) {
        // No event links an HTTP/1.1 request to its socket; the write of its headers follows in the same step.
        if (writing !== undefined && writing.index + 1 === event.index) writing.request.socketId = event.source.id;
        writing = undefined;
      },
      HTTP_TRANSACTION_HTTP2_SEND_REQUEST_HEADERS: sentAs('h2'),
      HTTP_TRANSACTION_QUIC_SEND_REQUEST_HEADERS: sentAs('h3'),
      HTTP_TRANSACTION_READ_RESPONSE_HEADERS: onRequest((request, event) => {
        request.status = statusOf(texts(event.params, 'headers')[0]);
      }),
      URL_REQUEST_FAKE_RESPONSE_HEADERS_CREATED: onRequest((request, event) => {
        const reason = texts(event.params, 'headers').find((header) => header.startsWith(REASON))?.slice(REASON.length);
        request.upgradedBy = UPGRADES.get(reason ?? '');
      }),
      HTTP_CACHE_READ_INFO: onRequest((request) => {
        request.cacheRead = true;
      }),
    },
  };
}

/** `request_type` is that of the document that the request is for; `initiator` the page that made it. */
function purposeOf(params: EventParams | undefined): Request['madeFor'] {
  const type = text(params, 'request_type');
  if (type === 'main frame' || type === 'subframe') return 'navigation';
  const initiator = text(params, 'initiator');
  if (initiator === undefined) return undefined;
  return initiator === 'not an origin' ? 'browser' : 'page';
}

const REASON = 'Non-Authoritative-Reason: ';
const UPGRADES: ReadonlyMap<string, Request['upgradedBy']> = new Map([['DNS', 'https-record'], ['HSTS', 'hsts']]);

/** What a request that was cancelled without a word of why ends with. */
const ABORTED = -3;

function edge(span: Partial<Record<'begin' | 'end', Moment>>, event: NetLogEvent): void {
  if (event.phase === 'BEGIN') span.begin = momentOf(event);
  else if (event.phase === 'END') span.end = momentOf(event);
}

/** `HTTP/1.1 200 OK`, or `HTTP/1.1 200` as logged for HTTP/2 and HTTP/3. */
function statusOf(line: string | undefined): number | undefined {
  const digits = /^HTTP\/\S+ (\d{3})/.exec(line ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}
