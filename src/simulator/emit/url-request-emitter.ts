/** Requests from the URL to the response: URL_REQUEST, without the way to its stream. Preconnects have none. */
import type { Millis } from '../../units.ts';
import type { ClientDecision, RequestId } from '../../engine/client/client-output.ts';
import type { Destination } from '../../engine/client/destination.ts';
import type { EventParams } from '../../netlog/event.ts';
import type { SimulatedSource, SourceLog } from '../log/source-log.ts';
import { NET_ERRORS } from '../log/net-errors.ts';
import type { HttpResponse } from '../network/network-event.ts';
import { REQUEST_ERRORS } from './failure-errors.ts';
import { ResponseEmitter } from './response-emitter.ts';
import type { OpenSession } from './session-emitter.ts';
import { networkKey, originText } from './stream-key.ts';

export interface UrlRequest {
  readonly source: SimulatedSource;
  readonly url: string;
  readonly destination: Destination;
}

export class UrlRequestEmitter {
  readonly #log: SourceLog;
  readonly #responses: ResponseEmitter;
  readonly #requests = new Map<RequestId, UrlRequest>();

  constructor(log: SourceLog) {
    this.#log = log;
    this.#responses = new ResponseEmitter(log);
  }

  began(id: RequestId, url: string, destination: Destination, at: Millis): SimulatedSource {
    const source = this.#log.source('URL_REQUEST', at);
    this.#log.begin(source, 'REQUEST_ALIVE', at, { priority: 'HIGHEST', traffic_annotation: 0, url });
    const request = { source, url, destination };
    this.#requests.set(id, request);
    this.#startJob(request, at);
    return source;
  }

  source(id: RequestId): SimulatedSource | undefined {
    return this.#requests.get(id)?.source;
  }

  sent(id: RequestId, session: OpenSession, at: Millis): void {
    const request = this.#requests.get(id);
    if (request !== undefined) this.#responses.sent({ ...request, host: new URL(request.url).host }, session, at);
  }

  responded(id: RequestId, session: OpenSession, response: HttpResponse, at: Millis): void {
    const request = this.#requests.get(id);
    if (request !== undefined) this.#responses.responded(request.source, session, response, at);
  }

  /** To the same path of another origin (RFC 9460 §9.5), as a redirect that the client makes up itself; returns the new URL. */
  redirected(id: RequestId, destination: Destination, at: Millis): string {
    const origin = originText(destination);
    const request = this.#requests.get(id);
    if (request === undefined) return `${origin}/`;
    const log = this.#log;
    const { source } = request;
    const url = `${origin}${pathOf(request.url)}`;
    const onwards = { source, url, destination };
    this.#requests.set(id, onwards);
    const headers = ['HTTP/1.1 307 Internal Redirect', `Location: ${url}`, 'Cross-Origin-Resource-Policy: Cross-Origin', 'Non-Authoritative-Reason: DNS'];
    log.event(source, 'URL_REQUEST_FAKE_RESPONSE_HEADERS_CREATED', at, { headers });
    log.event(source, 'URL_REQUEST_REDIRECTED', at, { location: url });
    log.end(source, 'URL_REQUEST_START_JOB', at);
    this.#startJob(onwards, at);
    return url;
  }

  /** Its session broke before there was a response: it needs a stream once more. */
  retried(id: RequestId, error: number, at: Millis): UrlRequest | undefined {
    const request = this.#requests.get(id);
    if (request === undefined) return undefined;
    this.#log.end(request.source, 'HTTP_TRANSACTION_READ_HEADERS', at, { net_error: error });
    this.#log.event(request.source, 'HTTP_TRANSACTION_RESTART_AFTER_ERROR', at, { net_error: error });
    return request;
  }

  done(id: RequestId, at: Millis): void {
    const source = this.#take(id);
    if (source === undefined) return;
    this.#log.end(source, 'URL_REQUEST_START_JOB', at);
    this.#log.begin(source, 'HTTP_TRANSACTION_READ_BODY', at);
    this.#log.end(source, 'HTTP_TRANSACTION_READ_BODY', at);
    this.#log.end(source, 'REQUEST_ALIVE', at);
  }

  failed({ request, failure, error }: Extract<ClientDecision, { kind: 'request-failed' }>, at: Millis): void {
    this.#end(this.#take(request), { net_error: error ?? REQUEST_ERRORS[failure] }, at);
  }

  cancelled(id: RequestId, at: Millis): void {
    const source = this.#take(id);
    const params = { net_error: NET_ERRORS.ERR_ABORTED };
    if (source !== undefined) this.#log.event(source, 'CANCELLED', at, params);
    this.#end(source, params, at);
  }

  #end(source: SimulatedSource | undefined, params: EventParams, at: Millis): void {
    if (source === undefined) return;
    this.#log.end(source, 'URL_REQUEST_START_JOB', at, params);
    this.#log.end(source, 'REQUEST_ALIVE', at, params);
  }

  #startJob({ source, url, destination }: UrlRequest, at: Millis): void {
    this.#log.begin(source, 'URL_REQUEST_START_JOB', at, { initiator: 'not an origin', load_flags: 0, method: 'GET', network_isolation_key: networkKey(destination), request_type: 'main frame', url });
  }

  #take(id: RequestId): SimulatedSource | undefined {
    const request = this.#requests.get(id);
    this.#requests.delete(id);
    return request?.source;
  }
}

/** With the query; from the first slash after the authority. */
function pathOf(url: string): string {
  const slash = url.indexOf('/', url.indexOf('//') + 2);
  return slash < 0 ? '/' : url.slice(slash);
}
