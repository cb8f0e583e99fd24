/**
 * The way of a request to its stream: HTTP_STREAM_JOB_CONTROLLER with a main job and, where QUIC may serve it, one for
 * HTTP/3. A preconnect has them without a request: first the one for HTTP/3, the plain one when that finds nothing.
 */
import type { Millis } from '../../../units.ts';
import type { RequestId } from '../../../engine/client/client-output.ts';
import type { Destination } from '../../../engine/client/destination.ts';
import type { SimulatedSource, SourceLog } from '../../log/source-log.ts';
import type { OpenSession, SessionEmitter } from '../session-emitter.ts';
import { beginController } from '../stream-controller.ts';
import { originText } from '../stream-key.ts';
import { StreamJob } from './stream-job.ts';

export interface Stream {
  /** Absent: a preconnect. */
  readonly request?: SimulatedSource;
  readonly destination: Destination;
  readonly controller: SimulatedSource;
  main?: StreamJob;
  quic?: StreamJob;
  /** It has its stream, and the job for HTTP/3 goes on to learn whether QUIC works. */
  orphaned: boolean;
}

export class Streams {
  readonly #log: SourceLog;
  readonly #sessions: SessionEmitter;
  readonly #streams = new Map<RequestId, Stream>();

  constructor(log: SourceLog, sessions: SessionEmitter) {
    this.#log = log;
    this.#sessions = sessions;
  }

  get(id: RequestId): Stream | undefined {
    return this.#streams.get(id);
  }

  began(id: RequestId, url: string, destination: Destination, request: SimulatedSource | undefined, at: Millis): void {
    this.#streams.set(id, { ...(request !== undefined && { request }), destination, controller: beginController(this.#log, url, request, at), orphaned: false });
  }

  startQuic(stream: Stream, at: Millis): StreamJob {
    return (stream.quic ??= new StreamJob(this.#log, stream.request === undefined ? 'preconnect' : 'dns_alpn_h3', stream.destination, stream.controller, false, at));
  }

  startMain(stream: Stream, waits: boolean, at: Millis): StreamJob {
    return (stream.main ??= new StreamJob(this.#log, stream.request === undefined ? 'preconnect' : 'main', stream.destination, stream.controller, waits, at));
  }

  /** The main job is told how long it has to wait beyond the resolution. */
  delayed({ controller, main }: Stream, delay: Millis, at: Millis): void {
    if (main?.waiting === true) this.#log.event(controller, 'HTTP_STREAM_JOB_DELAYED', at, { delay });
  }

  /** The QUIC job that its job for HTTP/3 is bound to is over; if it brought a session, that is for the waiting. */
  quicJobOver(stream: Stream, connected: boolean, at: Millis): void {
    if (connected && !stream.orphaned) return;
    stream.quic?.end(at);
    if (stream.orphaned) this.#log.end(stream.controller, 'HTTP_STREAM_JOB_CONTROLLER', at);
    stream.orphaned = false;
  }

  /** A session for another name takes the place of a connection. */
  foundByAddress(stream: Stream, session: SimulatedSource, at: Millis): void {
    if (stream.main !== undefined) this.#log.event(stream.main.source, 'HTTP2_SESSION_POOL_FOUND_EXISTING_SESSION_FROM_IP_POOL', at, { source_dependency: this.#log.dependency(session) });
  }

  /** The request has its stream. `madeBy`: the connect job that made the connection, if no request has had it yet. */
  assigned(id: RequestId, session: OpenSession, madeBy: SimulatedSource | undefined, at: Millis): void {
    const stream = this.#take(id);
    if (stream === undefined) return;
    const { request, controller } = stream;
    const job = session.protocol === 'h3' ? this.#overQuic(stream, session, at) : this.#overTcp(stream, session, madeBy, at);
    job.connected(at);
    if (request === undefined) return this.#log.end(controller, 'HTTP_STREAM_JOB_CONTROLLER', at);
    if (stream.destination.scheme === 'https' && session.protocol !== 'h3') this.#log.event(job.source, 'HTTP_STREAM_REQUEST_PROTO', at, { proto: session.protocol });
    if (session.protocol === 'h2') this.#sessions.http2(session, job.source, at);
    this.#bind(request, controller, job, at);
    if (session.protocol === 'h3') stream.main?.end(at);
    stream.orphaned = session.protocol !== 'h3' && stream.quic?.ended === false;
    if (stream.orphaned && stream.quic !== undefined) this.#log.event(stream.quic.source, 'HTTP_STREAM_JOB_ORPHANED', at);
    this.#log.end(request, 'HTTP_STREAM_REQUEST', at);
    job.end(at);
    if (!stream.orphaned) this.#log.end(controller, 'HTTP_STREAM_JOB_CONTROLLER', at);
    if (session.protocol === 'h3') this.#log.event(request, 'HTTP_STREAM_REQUEST_BOUND_TO_QUIC_SESSION', at, { source_dependency: this.#log.dependency(session.session) });
  }

  /** `triedBy`: the connect job that failed, if it came to that. */
  failed(id: RequestId, error: number, triedBy: SimulatedSource | undefined, at: Millis): void {
    const stream = this.#take(id);
    if (stream === undefined) return;
    const { request, controller, main } = stream;
    if (main?.inPool === true) {
      if (triedBy !== undefined) this.#log.event(main.source, 'SOCKET_POOL_BOUND_TO_CONNECT_JOB', at, { source_dependency: this.#log.dependency(triedBy) });
      main.leavePool(error, at);
    }
    main?.connected(at);
    if (request !== undefined) {
      if (main !== undefined) this.#bind(request, controller, main, at);
      this.#log.end(request, 'HTTP_STREAM_REQUEST', at);
    }
    this.#end(stream, at);
  }

  cancelled(id: RequestId, at: Millis): void {
    const stream = this.#take(id);
    if (stream?.request !== undefined) this.#log.end(stream.request, 'HTTP_STREAM_REQUEST', at);
    if (stream !== undefined) this.#end(stream, at);
  }

  /** By the job for HTTP/3 that waited for it; without one, the session was there already. */
  #overQuic(stream: Stream, { session }: Extract<OpenSession, { protocol: 'h3' }>, at: Millis): StreamJob {
    const log = this.#log;
    if (stream.quic !== undefined && !stream.quic.ended) return stream.quic;
    delete stream.quic;
    const job = this.startQuic(stream, at);
    log.event(job.source, 'QUIC_SESSION_POOL_USE_EXISTING_SESSION', at, { destination: originText(stream.destination), source_dependency: log.dependency(session) });
    log.event(session, 'QUIC_SESSION_POOL_ATTACH_HTTP_STREAM_JOB_TO_EXISTING_SESSION', at, { source_dependency: log.dependency(job.source) });
    if (stream.request !== undefined) this.startMain(stream, true, at);
    return job;
  }

  #overTcp(stream: Stream, session: Exclude<OpenSession, { protocol: 'h3' }>, madeBy: SimulatedSource | undefined, at: Millis): StreamJob {
    const log = this.#log;
    const isNew = stream.main !== undefined;
    const job = stream.main ?? this.startMain(stream, false, at);
    const shared = session.protocol === 'h2' ? session.session : undefined;
    if (job.waiting) job.resume(0, at);
    if (shared !== undefined) {
      const type = isNew ? 'HTTP_STREAM_JOB_HTTP2_SESSION_AVAILABLE' : 'HTTP2_SESSION_POOL_FOUND_EXISTING_SESSION';
      log.event(job.source, type, at, { source_dependency: log.dependency(shared) });
    } else if (stream.request !== undefined) {
      const waited = job.inPool;
      if (!waited) job.requestSocket(stream.destination, at);
      if (!waited || madeBy === undefined) log.event(job.source, 'SOCKET_POOL_REUSED_AN_EXISTING_SOCKET', at, { idle_ms: 0 });
      else log.event(job.source, 'SOCKET_POOL_BOUND_TO_CONNECT_JOB', at, { source_dependency: log.dependency(madeBy) });
      log.event(job.source, 'SOCKET_POOL_BOUND_TO_SOCKET', at, { source_dependency: log.dependency(session.socket.source) });
      session.socket.use(job.source, at);
    } else if (!isNew) job.requestSocket(stream.destination, at);
    if (job.inPool) job.leavePool(undefined, at);
    return job;
  }

  #bind(request: SimulatedSource, controller: SimulatedSource, { source }: StreamJob, at: Millis): void {
    const log = this.#log;
    log.event(request, 'HTTP_STREAM_REQUEST_BOUND_TO_JOB', at, { source_dependency: log.dependency(source) });
    for (const bound of [source, controller]) log.event(bound, 'HTTP_STREAM_JOB_BOUND_TO_REQUEST', at, { source_dependency: log.dependency(request) });
  }

  #end({ main, quic, controller }: Stream, at: Millis): void {
    main?.end(at);
    quic?.end(at);
    this.#log.end(controller, 'HTTP_STREAM_JOB_CONTROLLER', at);
  }

  #take(id: RequestId): Stream | undefined {
    const stream = this.#streams.get(id);
    this.#streams.delete(id);
    return stream;
  }
}
