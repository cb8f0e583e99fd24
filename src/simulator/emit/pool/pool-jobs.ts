/**
 * The way of a request to its stream: HTTP_STREAM_JOB_CONTROLLER with its HTTP_STREAM_POOL_JOB. A preconnect has them
 * without a request.
 */
import type { Millis } from '../../../units.ts';
import type { RequestId } from '../../../engine/client/client-output.ts';
import type { Destination } from '../../../engine/client/destination.ts';
import type { EventParams } from '../../../netlog/event.ts';
import type { SimulatedSource, SourceLog } from '../../log/source-log.ts';
import type { OpenSession } from '../session-emitter.ts';
import { beginController } from '../stream-controller.ts';
import { originText, streamKey } from '../stream-key.ts';
import type { AttemptManager } from './attempt-manager.ts';

/** `type` of a pool job. */
const JOB_TYPE = { request: 0, preconnect: 1 } as const;
/** SocketReuseType of a socket that has carried a request. */
const REUSED_IDLE = 2;
const HIGHEST_PRIORITY = 5;

interface Stream {
  /** Absent: a preconnect. */
  readonly request?: SimulatedSource;
  readonly destination: Destination;
  readonly controller: SimulatedSource;
  job?: SimulatedSource;
}

export class PoolJobs {
  readonly #log: SourceLog;
  readonly #streams = new Map<RequestId, Stream>();

  constructor(log: SourceLog) {
    this.#log = log;
  }

  began(id: RequestId, url: string, destination: Destination, request: SimulatedSource | undefined, at: Millis): void {
    const controller = beginController(this.#log, url, request, at);
    this.#log.begin(controller, 'HTTP_STREAM_POOL_JOB_CONTROLLER_ALIVE', at, {
      enable_alternative_services: true,
      enable_ip_based_pooling_for_h2: true,
      origin_destination: originText(destination),
      respect_limits: true,
    });
    this.#streams.set(id, { ...(request !== undefined && { request }), destination, controller });
  }

  /** The request waits for what a race will bring. */
  joined(id: RequestId, { source: manager, destination }: AttemptManager, at: Millis): void {
    const stream = this.#streams.get(id);
    if (stream === undefined) return;
    const log = this.#log;
    const { request, controller } = stream;
    const isNew = stream.job === undefined;
    const job = (stream.job ??= this.#makeJob(stream, at));
    if (request === undefined) {
      log.event(manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_PRECONNECT', at, { num_streams: 1, quic_version: '0', source_dependency: log.dependency(controller) });
      log.event(controller, 'HTTP_STREAM_POOL_JOB_CONTROLLER_PRECONNECT_BOUND', at, { source_dependency: log.dependency(manager) });
    } else {
      log.event(manager, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_REQUEST_STREAM', at, {
        allowed_alpns: alpnsOf(destination).join(','),
        allowed_bad_certs: [],
        enable_ip_based_pooling_for_h2: true,
        priority: HIGHEST_PRIORITY,
        quic_version: '0',
        source_dependency: log.dependency(job),
      });
      for (const waiting of [request, job]) log.event(waiting, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_JOB_BOUND', at, { source_dependency: log.dependency(manager) });
    }
    if (isNew) log.end(controller, 'HTTP_STREAM_JOB_CONTROLLER', at);
  }

  /** `group`: that of the session's destination, if it carries HTTP/1.1. */
  assigned(id: RequestId, session: OpenSession, group: SimulatedSource | undefined, at: Millis): void {
    const stream = this.#take(id);
    if (stream === undefined) return;
    const log = this.#log;
    const { request, controller, job } = stream;
    const { protocol } = session;
    const negotiated = protocol === 'h3' ? 'quic' : protocol;
    if (job === undefined) {
      if (protocol === 'h2') log.event(controller, 'HTTP_STREAM_POOL_JOB_CONTROLLER_FOUND_EXISTING_SPDY_SESSION', at);
      else if (protocol === 'h3') log.event(controller, 'HTTP_STREAM_POOL_JOB_CONTROLLER_FOUND_EXISTING_QUIC_SESSION', at);
      else if (group !== undefined) log.event(group, 'HTTP_STREAM_POOL_GROUP_HANDLE_CREATED', at, { reuse_type: REUSED_IDLE, source_dependency: log.dependency(session.socket.source) });
      log.end(controller, 'HTTP_STREAM_JOB_CONTROLLER', at);
    }
    this.#end(stream, request === undefined ? { net_error: 0 } : { negotiated_protocol: negotiated, net_error: 0 }, at);
    if (request === undefined || protocol === 'http/1.1' || session.session === undefined) return;
    const dependency = { source_dependency: log.dependency(session.session) };
    if (protocol === 'h3') log.event(request, 'HTTP_STREAM_REQUEST_BOUND_TO_QUIC_SESSION', at, dependency);
    else if (job === undefined) log.event(request, 'HTTP2_SESSION_POOL_FOUND_EXISTING_SESSION', at, dependency);
  }

  /** Without a stream, if it has none by now. */
  failed(id: RequestId, error: number, at: Millis): void {
    const stream = this.#take(id);
    if (stream !== undefined) this.#end(stream, { net_error: error }, at);
  }

  /** The job of a request that was cancelled has no end. */
  cancelled(id: RequestId): void {
    this.#take(id);
  }

  #makeJob({ request, controller, destination }: Stream, at: Millis): SimulatedSource {
    const job = this.#log.source('HTTP_STREAM_POOL_JOB', at);
    this.#log.begin(job, 'HTTP_STREAM_POOL_JOB_ALIVE', at, {
      allowed_alpns: alpnsOf(destination),
      num_streams: request === undefined ? 1 : 0,
      quic_version: '0',
      source_dependency: this.#log.dependency(controller),
      stream_key: streamKey(destination),
      type: request === undefined ? JOB_TYPE.preconnect : JOB_TYPE.request,
    });
    this.#log.event(controller, 'HTTP_STREAM_POOL_JOB_CONTROLLER_JOB_BOUND', at, { source_dependency: this.#log.dependency(job) });
    return job;
  }

  #end({ request, controller, job }: Stream, params: EventParams, at: Millis): void {
    if (job !== undefined) this.#log.end(job, 'HTTP_STREAM_POOL_JOB_ALIVE', at, params);
    if (request !== undefined) this.#log.end(request, 'HTTP_STREAM_REQUEST', at);
    this.#log.end(controller, 'HTTP_STREAM_POOL_JOB_CONTROLLER_ALIVE', at);
  }

  #take(id: RequestId): Stream | undefined {
    const stream = this.#streams.get(id);
    this.#streams.delete(id);
    return stream;
  }
}

function alpnsOf({ scheme }: Destination): readonly string[] {
  return scheme === 'https' ? ['http/1.1', 'h2', 'quic'] : ['http/1.1', 'h2'];
}
