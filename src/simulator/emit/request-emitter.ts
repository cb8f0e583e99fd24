/**
 * Requests: URL_REQUEST with its HTTP_STREAM_JOB_CONTROLLER and HTTP_STREAM_POOL_JOB, from the URL to the response.
 * A preconnect has the latter two alone.
 */
import type { Millis } from '../../units.ts';
import type { ClientDecision, RequestId } from '../../engine/client/client-output.ts';
import type { Destination } from '../../engine/client/destination.ts';
import type { EventParams } from '../../netlog/event.ts';
import type { SimulatedSource, SourceLog } from '../log/source-log.ts';
import { NET_ERRORS } from '../log/net-errors.ts';
import type { HttpResponse } from '../network/network-event.ts';
import type { EmitterFacts } from './emitter-facts.ts';
import { REQUEST_ERRORS } from './failure-errors.ts';
import type { RunningRace } from './race-emitter.ts';
import { ResponseEmitter } from './response-emitter.ts';
import type { OpenSession } from './session-emitter.ts';
import { NETWORK_KEY, originText, streamKey } from './stream-key.ts';

/** `type` of a pool job. */
const JOB_TYPE = { request: 0, preconnect: 1 } as const;
/** SocketReuseType of a socket that has carried a request. */
const REUSED_IDLE = 2;
const HIGHEST_PRIORITY = 5;

interface Request {
  /** Absent: a preconnect. */
  readonly source?: SimulatedSource;
  destination: Destination;
  url: string;
  controller: SimulatedSource;
  job?: SimulatedSource;
  hasStream: boolean;
}

export class RequestEmitter {
  readonly #log: SourceLog;
  readonly #facts: EmitterFacts;
  readonly #responses: ResponseEmitter;
  readonly #requests = new Map<RequestId, Request>();

  constructor(log: SourceLog, facts: EmitterFacts) {
    this.#log = log;
    this.#facts = facts;
    this.#responses = new ResponseEmitter(log);
  }

  began({ request, destination, purpose }: Extract<ClientDecision, { kind: 'request-began' }>, at: Millis): void {
    const log = this.#log;
    if (purpose === 'resolve') return;
    if (purpose === 'preconnect') {
      const url = `${originText(destination)}/`;
      this.#requests.set(request, { destination, url, controller: this.#makeController(url, undefined, destination, at), hasStream: false });
      return;
    }
    const url = this.#facts.url(request);
    const source = log.source('URL_REQUEST', at);
    log.begin(source, 'REQUEST_ALIVE', at, { priority: 'HIGHEST', traffic_annotation: 0, url });
    this.#startJob(source, url, at);
    this.#requests.set(request, { source, destination, url, controller: this.#makeController(url, source, destination, at), hasStream: false });
  }

  /** The request waits for what a race will bring. */
  joined(id: RequestId, { manager, destination }: RunningRace, at: Millis): void {
    const request = this.#requests.get(id);
    if (request === undefined) return;
    const log = this.#log;
    const { source, controller } = request;
    const isNew = request.job === undefined;
    const job = (request.job ??= this.#makeJob(request, at));
    const alpns = destination.scheme === 'https' ? 'http/1.1,h2,quic' : 'http/1.1,h2';
    if (source === undefined) {
      log.event(manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_PRECONNECT', at, { num_streams: 1, quic_version: '0', source_dependency: log.dependency(controller) });
      log.event(controller, 'HTTP_STREAM_POOL_JOB_CONTROLLER_PRECONNECT_BOUND', at, { source_dependency: log.dependency(manager) });
    } else {
      log.event(manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_REQUEST_STREAM', at, {
        allowed_alpns: alpns,
        allowed_bad_certs: [],
        enable_ip_based_pooling_for_h2: true,
        priority: HIGHEST_PRIORITY,
        quic_version: '0',
        source_dependency: log.dependency(job),
      });
      log.event(source, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_JOB_BOUND', at, { source_dependency: log.dependency(manager) });
      log.event(job, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_JOB_BOUND', at, { source_dependency: log.dependency(manager) });
    }
    if (isNew) log.end(controller, 'HTTP_STREAM_JOB_CONTROLLER', at);
  }

  /** The request has its stream. */
  assigned(id: RequestId, session: OpenSession, at: Millis): void {
    const request = this.#requests.get(id);
    if (request === undefined) return;
    const log = this.#log;
    const { source, controller, job } = request;
    const { protocol } = session;
    request.hasStream = true;
    const negotiated = protocol === 'h3' ? 'quic' : protocol;
    if (job === undefined) {
      if (protocol === 'h2') log.event(controller, 'HTTP_STREAM_POOL_JOB_CONTROLLER_FOUND_EXISTING_SPDY_SESSION', at);
      else if (protocol === 'h3') log.event(controller, 'HTTP_STREAM_POOL_JOB_CONTROLLER_FOUND_EXISTING_QUIC_SESSION', at);
      else log.event(session.group, 'HTTP_STREAM_POOL_GROUP_HANDLE_CREATED', at, { reuse_type: REUSED_IDLE, source_dependency: log.dependency(session.socket) });
      log.end(controller, 'HTTP_STREAM_JOB_CONTROLLER', at);
    }
    this.#endStream(request, source === undefined ? { net_error: 0 } : { negotiated_protocol: negotiated, net_error: 0 }, at);
    if (source === undefined || protocol === 'http/1.1') return;
    const dependency = { source_dependency: log.dependency(session.session) };
    if (protocol === 'h3') log.event(source, 'HTTP_STREAM_REQUEST_BOUND_TO_QUIC_SESSION', at, dependency);
    else if (job === undefined) log.event(source, 'HTTP2_SESSION_POOL_FOUND_EXISTING_SESSION', at, dependency);
  }

  sent(id: RequestId, session: OpenSession, at: Millis): void {
    const request = this.#requests.get(id);
    if (request?.source !== undefined) this.#responses.sent({ source: request.source, url: request.url, host: request.destination.host }, session, at);
  }

  responded(id: RequestId, session: OpenSession, response: HttpResponse, at: Millis): void {
    const source = this.#requests.get(id)?.source;
    if (source !== undefined) this.#responses.responded(source, session, response, at);
  }

  /** RFC 9460 §9.5, as a redirect that the client makes up itself. */
  redirected(id: RequestId, destination: Destination, at: Millis): void {
    const request = this.#requests.get(id);
    if (request === undefined) return;
    const log = this.#log;
    const { source } = request;
    const url = `${originText(destination)}${pathOf(request.url)}`;
    this.#endStream(request, { net_error: NET_ERRORS.ERR_DNS_NAME_HTTPS_ONLY }, at);
    if (source !== undefined) {
      const headers = ['HTTP/1.1 307 Internal Redirect', `Location: ${url}`, 'Cross-Origin-Resource-Policy: Cross-Origin', 'Non-Authoritative-Reason: DNS'];
      log.event(source, 'URL_REQUEST_FAKE_RESPONSE_HEADERS_CREATED', at, { headers });
      log.event(source, 'URL_REQUEST_REDIRECTED', at, { location: url });
      log.end(source, 'URL_REQUEST_START_JOB', at);
      this.#startJob(source, url, at);
    }
    request.destination = destination;
    request.url = url;
    request.controller = this.#makeController(url, source, destination, at);
    delete request.job;
  }

  done(id: RequestId, at: Millis): void {
    const source = this.#requests.get(id)?.source;
    this.#requests.delete(id);
    if (source === undefined) return;
    this.#log.end(source, 'URL_REQUEST_START_JOB', at);
    this.#log.begin(source, 'HTTP_TRANSACTION_READ_BODY', at);
    this.#log.end(source, 'HTTP_TRANSACTION_READ_BODY', at);
    this.#log.end(source, 'REQUEST_ALIVE', at);
  }

  failed({ request: id, failure, error }: Extract<ClientDecision, { kind: 'request-failed' }>, at: Millis): void {
    const request = this.#requests.get(id);
    if (request === undefined) return;
    const params = { net_error: error ?? REQUEST_ERRORS[failure] };
    if (!request.hasStream) this.#endStream(request, params, at);
    this.#end(id, request, params, at);
  }

  cancelled(id: RequestId, at: Millis): void {
    const request = this.#requests.get(id);
    if (request === undefined) return;
    const params = { net_error: NET_ERRORS.ERR_ABORTED };
    if (request.source !== undefined) this.#log.event(request.source, 'CANCELLED', at, params);
    this.#end(id, request, params, at);
  }

  #end(id: RequestId, { source }: Request, params: EventParams, at: Millis): void {
    this.#requests.delete(id);
    if (source === undefined) return;
    this.#log.end(source, 'URL_REQUEST_START_JOB', at, params);
    this.#log.end(source, 'REQUEST_ALIVE', at, params);
  }

  #startJob(source: SimulatedSource, url: string, at: Millis): void {
    this.#log.begin(source, 'URL_REQUEST_START_JOB', at, { initiator: 'not an origin', load_flags: 0, method: 'GET', network_isolation_key: NETWORK_KEY, request_type: 'main frame', url });
  }

  #makeController(url: string, source: SimulatedSource | undefined, destination: Destination, at: Millis): SimulatedSource {
    const log = this.#log;
    const controller = log.source('HTTP_STREAM_JOB_CONTROLLER', at);
    log.begin(controller, 'HTTP_STREAM_JOB_CONTROLLER', at, { allowed_bad_certs: [], is_preconnect: source === undefined, privacy_mode: 'disabled', url });
    if (source !== undefined) {
      log.begin(source, 'HTTP_STREAM_REQUEST', at);
      log.event(source, 'HTTP_STREAM_JOB_CONTROLLER_BOUND', at, { source_dependency: log.dependency(controller) });
      log.event(controller, 'HTTP_STREAM_JOB_CONTROLLER_BOUND', at, { source_dependency: log.dependency(source) });
    }
    log.begin(controller, 'PROXY_RESOLUTION_SERVICE', at);
    log.event(controller, 'PROXY_RESOLUTION_SERVICE_RESOLVED_PROXY_LIST', at, { proxy_info: 'DIRECT' });
    log.end(controller, 'PROXY_RESOLUTION_SERVICE', at);
    log.event(controller, 'HTTP_STREAM_JOB_CONTROLLER_PROXY_SERVER_RESOLVED', at, { proxy_chain: '[direct://]' });
    log.begin(controller, 'HTTP_STREAM_POOL_JOB_CONTROLLER_ALIVE', at, {
      enable_alternative_services: true,
      enable_ip_based_pooling_for_h2: true,
      origin_destination: originText(destination),
      respect_limits: true,
    });
    return controller;
  }

  #makeJob({ source, controller, destination }: Request, at: Millis): SimulatedSource {
    const job = this.#log.source('HTTP_STREAM_POOL_JOB', at);
    this.#log.begin(job, 'HTTP_STREAM_POOL_JOB_ALIVE', at, {
      allowed_alpns: destination.scheme === 'https' ? ['http/1.1', 'h2', 'quic'] : ['http/1.1', 'h2'],
      num_streams: source === undefined ? 1 : 0,
      quic_version: '0',
      source_dependency: this.#log.dependency(controller),
      stream_key: streamKey(destination),
      type: source === undefined ? JOB_TYPE.preconnect : JOB_TYPE.request,
    });
    this.#log.event(controller, 'HTTP_STREAM_POOL_JOB_CONTROLLER_JOB_BOUND', at, { source_dependency: this.#log.dependency(job) });
    return job;
  }

  #endStream({ source, controller, job }: Request, params: EventParams, at: Millis): void {
    if (job !== undefined) this.#log.end(job, 'HTTP_STREAM_POOL_JOB_ALIVE', at, params);
    if (source !== undefined) this.#log.end(source, 'HTTP_STREAM_REQUEST', at);
    this.#log.end(controller, 'HTTP_STREAM_POOL_JOB_CONTROLLER_ALIVE', at);
  }
}

/** With the query; from the first slash after the authority. */
function pathOf(url: string): string {
  const slash = url.indexOf('/', url.indexOf('//') + 2);
  return slash < 0 ? '/' : url.slice(slash);
}
