/** Attempt managers of the HttpStreamPool (HEv3): one drives all attempts of one race. */
import type { EventParams, NetLogEvent } from '../../netlog/event.ts';
import type { ServiceEndpoint } from '../resolution.ts';
import { type Handler, type Moment, momentOf, recordOf, startOf } from './handler.ts';
import { dependency, flag, integer, name, netError, number, object, text } from './params.ts';
import { readServiceEndpoints } from './resolver-results.ts';

export interface ManagerUpdate {
  readonly at: Moment;
  readonly stage: 'intermediate' | 'final';
  readonly cryptoReady: boolean | undefined;
  readonly endpoints: readonly ServiceEndpoint[];
}

export interface AttemptManagerRecord {
  readonly id: number;
  readonly start: Moment;
  destination?: string | undefined;
  privacyMode?: string | undefined;
  networkKey?: string | undefined;
  tcpBasedAttemptDelay?: number | undefined;
  readonly streamJobIds: number[];
  preconnects: number;
  /** By the request's id, when it was bound. */
  readonly requests: Map<number, Moment>;
  readonly updates: ManagerUpdate[];
  resolveError?: number | undefined;
  /** TCP_BASED_ATTEMPT_START and END: the manager's own word on whose attempts they are. */
  readonly attemptIds: Set<number>;
  readonly attemptStarts: Moment[];
  /** SLOW names an endpoint; the newest Chromium also the attempt. */
  readonly slow: { readonly ipEndpoint: string; readonly transport: 'tcp' | 'quic'; readonly at: Moment; readonly attemptId?: number | undefined }[];
  /** CAN_ATTEMPT_TCP codes: 0 yes, 2 held back for QUIC, 3 throttled for HTTP/2, … */
  readonly canAttempt: { readonly at: Moment; readonly code: number }[];
  readonly quicJobIds: number[];
  quicCompleted?: { readonly at: Moment; readonly result: number | undefined } | undefined;
  existingSession?: { readonly at: Moment; readonly sessionId: number; readonly protocol: 'h2' | 'h3' } | undefined;
  readonly importedSessions: { readonly at: Moment; readonly sessionId: number }[];
  failure?: { readonly at: Moment; readonly netError: number | undefined } | undefined;
  end?: Moment | undefined;
}

export interface AttemptManagerHandler extends Handler {
  readonly managers: ReadonlyMap<number, AttemptManagerRecord>;
}

export function createAttemptManagerHandler(): AttemptManagerHandler {
  const managers = new Map<number, AttemptManagerRecord>();
  const make = (id: number, start: Moment): AttemptManagerRecord => ({
    id,
    start,
    streamJobIds: [],
    preconnects: 0,
    requests: new Map(),
    updates: [],
    attemptIds: new Set(),
    attemptStarts: [],
    slow: [],
    canAttempt: [],
    quicJobIds: [],
    importedSessions: [],
  });
  /** Until about Chrome 138 the stream key is on the group alone. */
  const groupKeys = new Map<number, EventParams>();
  const managerOf = (event: NetLogEvent): AttemptManagerRecord => recordOf(managers, event, (e) => make(e.source.id, startOf(e)));

  function updated(stage: ManagerUpdate['stage']): (event: NetLogEvent) => void {
    return (event) => {
      const manager = managerOf(event);
      const cryptoReady = flag(event.params, 'endpoints_crypto_ready');
      manager.updates.push({ at: momentOf(event), stage, cryptoReady, endpoints: readServiceEndpoints(event.params) });
      const error = integer(event.params, 'resolve_error');
      if (stage === 'final' && error !== undefined && error !== 0) manager.resolveError = error;
    };
  }

  function slow(transport: 'tcp' | 'quic'): (event: NetLogEvent) => void {
    return (event) => {
      const ipEndpoint = text(event.params, 'ip_endpoint');
      if (ipEndpoint !== undefined) managerOf(event).slow.push({ ipEndpoint, transport, at: momentOf(event), attemptId: dependency(event.params) });
    };
  }

  function existing(protocol: 'h2' | 'h3'): (event: NetLogEvent) => void {
    return (event) => {
      const sessionId = dependency(event.params);
      if (sessionId !== undefined) managerOf(event).existingSession ??= { at: momentOf(event), sessionId, protocol };
    };
  }

  function attempt(event: NetLogEvent): void {
    const manager = managerOf(event);
    const id = dependency(event.params);
    if (id === undefined) return;
    if (event.type === 'HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_START' && !manager.attemptIds.has(id)) manager.attemptStarts.push(momentOf(event));
    manager.attemptIds.add(id);
  }

  return {
    managers,
    headersOnly: ['HTTP_STREAM_POOL_ATTEMPT_MANAGER_PRECONNECT'],
    on: {
      HTTP_STREAM_POOL_ATTEMPT_MANAGER_ALIVE(event) {
        const manager = managerOf(event);
        if (event.phase === 'END') {
          manager.end = momentOf(event);
          return;
        }
        const key = object(event.params, 'stream_key') ?? groupKeys.get(dependency(event.params) ?? Number.NaN);
        manager.destination = name(key, 'destination');
        manager.privacyMode = name(key, 'privacy_mode');
        manager.networkKey = name(key, 'network_anonymization_key');
        // `stream_attempt_delay` until mid 2025.
        manager.tcpBasedAttemptDelay = number(event.params, 'tcp_based_attempt_delay') ?? number(event.params, 'stream_attempt_delay');
      },
      HTTP_STREAM_POOL_GROUP_ALIVE(event) {
        const key = object(event.params, 'stream_key');
        if (key !== undefined) groupKeys.set(event.source.id, key);
        else if (event.phase === 'END') groupKeys.delete(event.source.id);
      },
      HTTP_STREAM_POOL_ATTEMPT_MANAGER_REQUEST_STREAM(event) {
        const id = dependency(event.params);
        // In the pool's first months logged on the group.
        if (id !== undefined && event.source.type === 'HTTP_STREAM_POOL_ATTEMPT_MANAGER') managerOf(event).streamJobIds.push(id);
      },
      HTTP_STREAM_POOL_ATTEMPT_MANAGER_PRECONNECT(event) {
        if (event.source.type === 'HTTP_STREAM_POOL_ATTEMPT_MANAGER') managerOf(event).preconnects += 1;
      },
      HTTP_STREAM_POOL_ATTEMPT_MANAGER_JOB_BOUND(event) {
        // Logged on the URL_REQUEST and on the pool job; both point to the manager.
        const managerId = dependency(event.params);
        if (managerId === undefined || event.source.type === 'HTTP_STREAM_POOL_JOB') return;
        const manager = managers.get(managerId);
        if (manager !== undefined && !manager.requests.has(event.source.id)) manager.requests.set(event.source.id, momentOf(event));
      },
      HTTP_STREAM_POOL_ATTEMPT_MANAGER_DNS_RESOLUTION_UPDATED: updated('intermediate'),
      HTTP_STREAM_POOL_ATTEMPT_MANAGER_DNS_RESOLUTION_FINISHED: updated('final'),
      HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_START: attempt,
      HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_END: attempt,
      HTTP_STREAM_POOL_ATTEMPT_MANAGER_TCP_BASED_ATTEMPT_SLOW: slow('tcp'),
      HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_ATTEMPT_SLOW: slow('quic'),
      HTTP_STREAM_POOL_ATTEMPT_MANAGER_CAN_ATTEMPT_TCP(event) {
        const code = number(event.params, 'can_attempt');
        if (code !== undefined) managerOf(event).canAttempt.push({ at: momentOf(event), code });
      },
      HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_ATTEMPT_BOUND(event) {
        const id = dependency(event.params);
        if (id !== undefined) managerOf(event).quicJobIds.push(id);
      },
      HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_ATTEMPT_COMPLETED(event) {
        managerOf(event).quicCompleted = {
          at: momentOf(event),
          result: integer(event.params, 'result') ?? integer(event.params, 'net_error'),
        };
      },
      HTTP_STREAM_POOL_ATTEMPT_MANAGER_EXISTING_SPDY_SESSION_MATCHED: existing('h2'),
      HTTP_STREAM_POOL_ATTEMPT_MANAGER_EXISTING_QUIC_SESSION_MATCHED: existing('h3'),
      HTTP_STREAM_POOL_ATTEMPT_MANAGER_NOTIFY_FAILURE(event) {
        managerOf(event).failure ??= { at: momentOf(event), netError: netError(event.params) };
      },
      HTTP2_SESSION_POOL_IMPORTED_SESSION_FROM_SOCKET(event) {
        if (event.source.type !== 'HTTP_STREAM_POOL_ATTEMPT_MANAGER') return;
        const sessionId = dependency(event.params);
        if (sessionId !== undefined) managerOf(event).importedSessions.push({ at: momentOf(event), sessionId });
      },
    },
  };
}
