/**
 * HTTP_STREAM_JOB: one of the ways in which a controller tries to get a stream. Those of a preconnect have neither BEGIN
 * nor END, only what happens to them.
 */
import type { Millis } from '../../../units.ts';
import type { Destination } from '../../../engine/client/destination.ts';
import type { SimulatedSource, SourceLog } from '../../log/source-log.ts';
import { originText } from '../stream-key.ts';
import { groupId } from './group-id.ts';

export type StreamJobType = 'main' | 'dns_alpn_h3' | 'preconnect';

export class StreamJob {
  readonly source: SimulatedSource;
  readonly #log: SourceLog;
  readonly #type: StreamJobType;
  #state: 'waiting' | 'connecting' | 'in-pool' | 'connected' | 'ended' = 'waiting';

  /** `waits`: for the QUIC job to have resolved, and perhaps for more. */
  constructor(log: SourceLog, type: StreamJobType, destination: Destination, controller: SimulatedSource, waits: boolean, at: Millis) {
    this.#log = log;
    this.#type = type;
    this.source = log.source('HTTP_STREAM_JOB', at);
    if (type !== 'preconnect') {
      const origin = originText(destination);
      log.begin(this.source, 'HTTP_STREAM_JOB', at, { destination: origin, expect_spdy: false, logical_destination: origin, priority: 'HIGHEST', source_dependency: log.dependency(controller), type, using_quic: type !== 'main' });
      log.event(controller, 'HTTP_STREAM_REQUEST_STARTED_JOB', at, { source_dependency: log.dependency(this.source) });
    }
    log.begin(this.source, 'HTTP_STREAM_JOB_WAITING', at, { should_wait: waits });
    if (!waits) this.#connect(at);
  }

  get waiting(): boolean {
    return this.#state === 'waiting';
  }

  get inPool(): boolean {
    return this.#state === 'in-pool';
  }

  get ended(): boolean {
    return this.#state === 'ended';
  }

  /** It need not wait any more; `delay`: how long it had to beyond the resolution. */
  resume(delay: Millis, at: Millis): void {
    this.#log.event(this.source, 'HTTP_STREAM_JOB_RESUMED', at, { delay });
    this.#connect(at);
  }

  /** A preconnect asks and does not stay. */
  requestSocket(destination: Destination, at: Millis): void {
    const group = { group_id: groupId(destination) };
    if (this.#type === 'preconnect') {
      this.#log.event(this.source, 'TCP_CLIENT_SOCKET_POOL_REQUESTED_SOCKETS', at, group);
      this.#log.begin(this.source, 'SOCKET_POOL_CONNECTING_N_SOCKETS', at, { num_sockets: 1 });
      this.#log.end(this.source, 'SOCKET_POOL_CONNECTING_N_SOCKETS', at);
      return;
    }
    this.#state = 'in-pool';
    this.#log.event(this.source, 'TCP_CLIENT_SOCKET_POOL_REQUESTED_SOCKET', at, group);
    this.#log.begin(this.source, 'SOCKET_POOL', at);
  }

  leavePool(error: number | undefined, at: Millis): void {
    this.#state = 'connecting';
    this.#log.end(this.source, 'SOCKET_POOL', at, error === undefined ? undefined : { net_error: error });
  }

  /** Or failed to. */
  connected(at: Millis): void {
    if (this.#state !== 'connecting') return;
    this.#state = 'connected';
    this.#log.end(this.source, 'HTTP_STREAM_JOB_INIT_CONNECTION', at);
  }

  end(at: Millis): void {
    const wasInPool = this.inPool;
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    if (this.#type !== 'preconnect') this.#log.end(this.source, 'HTTP_STREAM_JOB', at);
    if (!wasInPool) return;
    this.#log.event(this.source, 'CANCELLED', at);
    this.#log.end(this.source, 'SOCKET_POOL', at);
  }

  #connect(at: Millis): void {
    this.#state = 'connecting';
    this.#log.end(this.source, 'HTTP_STREAM_JOB_WAITING', at);
    this.#log.begin(this.source, 'HTTP_STREAM_JOB_INIT_CONNECTION', at);
  }
}
