/**
 * How a request's need for a stream turns into connecting: HTTP_STREAM_JOB_CONTROLLER and its jobs
 * (HTTP_STREAM_JOB for HEv2 and legacy, HTTP_STREAM_POOL_JOB for HEv3), and what the jobs were given.
 *
 * Preconnect jobs have no HTTP_STREAM_JOB BEGIN or END, only what happens to them.
 */
import type { NetLogEvent } from '../../netlog/event.ts';
import { type Handler, type Moment, momentOf, recordOf, startOf } from './handler.ts';
import { dependency, flag, name, netError, number, text } from './params.ts';

export interface StreamJobControllerRecord {
  readonly id: number;
  readonly start: Moment;
  url?: string | undefined;
  preconnect: boolean;
  requestId?: number | undefined;
  /** Proxy chains in order of trial, as logged: `[direct://]`, `[proxy.test:3128]`. */
  readonly proxyChains: { readonly at: Moment; readonly chain: string }[];
  /** HTTP_STREAM_JOB_DELAYED: the main job's handicap for QUIC, decided then. */
  delayed?: { readonly at: Moment; readonly delay: number } | undefined;
  foundExisting?: 'h2' | 'h3' | undefined;
  /** ALT_SVC_FOUND: an alternative service of the URL's origin was known. */
  altSvcFound: boolean;
  end?: Moment | undefined;
}

export interface StreamJobRecord {
  readonly id: number;
  readonly start: Moment;
  controllerId?: number | undefined;
  /** HTTP_STREAM_JOB BEGIN was logged; not for preconnect jobs. */
  begun: boolean;
  /** The request that got its stream. */
  requestId?: number | undefined;
  /** `main`, `alternative`, `dns_alpn_h3`; absent for preconnect jobs and in old logs. */
  type?: string | undefined;
  destination?: string | undefined;
  waiting?: { readonly begin: Moment; readonly shouldWait: boolean; end?: Moment | undefined } | undefined;
  resumed?: Moment | undefined;
  /** TCP_CLIENT_SOCKET_POOL_REQUESTED_SOCKET(S). */
  group?: { readonly id: string; readonly at: Moment } | undefined;
  /** The pool takes the request up; a connect job that it makes for it follows at once. */
  pooled?: Moment | undefined;
  /** SOCKET_POOL END with an error: what the pool told the job. */
  poolError?: { readonly at: Moment; readonly code: number } | undefined;
  readonly connectJobIds: number[];
  readonly quicJobIds: number[];
  socketId?: number | undefined;
  socketReused: boolean;
  /** A session that was there already, and how it was found. */
  existingSession?: { readonly id: number; readonly at: Moment; readonly fromIpPool: boolean; readonly protocol: 'h2' | 'h3' } | undefined;
  importedSessionId?: number | undefined;
  end?: Moment | undefined;
}

export interface StreamJobHandler extends Handler {
  readonly controllers: ReadonlyMap<number, StreamJobControllerRecord>;
  readonly jobs: ReadonlyMap<number, StreamJobRecord>;
}

export function createStreamJobHandler(): StreamJobHandler {
  const controllers = new Map<number, StreamJobControllerRecord>();
  const jobs = new Map<number, StreamJobRecord>();
  const newJob = (id: number, start: Moment): StreamJobRecord => ({ id, start, begun: false, connectJobIds: [], quicJobIds: [], socketReused: false });
  const controllerOf = (event: NetLogEvent): StreamJobControllerRecord =>
    recordOf(controllers, event, (e) => ({ id: e.source.id, start: startOf(e), preconnect: false, altSvcFound: false, proxyChains: [] }));
  const jobOf = (event: NetLogEvent): StreamJobRecord =>
    recordOf(jobs, event, (e) => newJob(e.source.id, startOf(e)));

  /** Some names occur on other sources too (a manager, a DNS_OVER_HTTPS request); here only stream jobs count. */
  const onJob = (handle: (job: StreamJobRecord, event: NetLogEvent) => void) => (event: NetLogEvent) => {
    if (event.source.type === 'HTTP_STREAM_JOB') handle(jobOf(event), event);
  };

  function existing(protocol: 'h2' | 'h3', fromIpPool: boolean): (event: NetLogEvent) => void {
    return onJob((job, event) => {
      const id = dependency(event.params);
      if (id !== undefined) job.existingSession ??= { id, at: momentOf(event), fromIpPool, protocol };
    });
  }

  function foundExisting(protocol: 'h2' | 'h3'): (event: NetLogEvent) => void {
    return (event) => {
      controllerOf(event).foundExisting = protocol;
    };
  }

  const requested = onJob((job, event) => {
    const id = name(event.params, 'group_id') ?? name(event.params, 'group_name');
    if (id !== undefined) job.group ??= { id, at: momentOf(event) };
  });

  const pooled = onJob((job, event) => {
    const code = netError(event.params);
    if (event.phase === 'BEGIN') job.pooled ??= momentOf(event);
    else if (code !== undefined) job.poolError = { at: momentOf(event), code };
  });

  return {
    controllers,
    jobs,
    headersOnly: ['HTTP_STREAM_JOB_CONTROLLER_ALT_SVC_FOUND', 'HTTP_STREAM_JOB_RESUMED', 'SOCKET_POOL_REUSED_AN_EXISTING_SOCKET'],
    on: {
      HTTP_STREAM_JOB_CONTROLLER(event) {
        const controller = controllerOf(event);
        if (event.phase === 'END') {
          controller.end = momentOf(event);
          return;
        }
        controller.url = text(event.params, 'url');
        controller.preconnect = flag(event.params, 'is_preconnect') ?? false;
      },
      HTTP_STREAM_JOB_CONTROLLER_BOUND(event) {
        if (event.source.type === 'HTTP_STREAM_JOB_CONTROLLER') controllerOf(event).requestId = dependency(event.params);
      },
      HTTP_STREAM_JOB_CONTROLLER_PROXY_SERVER_RESOLVED(event) {
        const chain = name(event.params, 'proxy_chain') ?? name(event.params, 'proxy_server');
        if (chain !== undefined) controllerOf(event).proxyChains.push({ at: momentOf(event), chain });
      },
      HTTP_STREAM_JOB_DELAYED(event) {
        const delay = number(event.params, 'delay');
        if (delay !== undefined) controllerOf(event).delayed ??= { at: momentOf(event), delay };
      },
      HTTP_STREAM_JOB_CONTROLLER_ALT_SVC_FOUND(event) {
        controllerOf(event).altSvcFound = true;
      },
      HTTP_STREAM_POOL_JOB_CONTROLLER_FOUND_EXISTING_SPDY_SESSION: foundExisting('h2'),
      HTTP_STREAM_POOL_JOB_CONTROLLER_FOUND_EXISTING_QUIC_SESSION: foundExisting('h3'),
      HTTP_STREAM_REQUEST_STARTED_JOB(event) {
        const jobId = dependency(event.params);
        if (jobId === undefined) return;
        const job = jobs.get(jobId) ?? newJob(jobId, momentOf(event));
        jobs.set(jobId, job);
        job.controllerId ??= event.source.id;
      },
      HTTP_STREAM_JOB: onJob((job, event) => {
        if (event.phase === 'END') {
          job.end = momentOf(event);
          return;
        }
        job.begun = true;
        job.controllerId = dependency(event.params) ?? job.controllerId;
        job.type = text(event.params, 'type');
        job.destination = text(event.params, 'destination') ?? text(event.params, 'url');
      }),
      HTTP_STREAM_JOB_BOUND_TO_REQUEST: onJob((job, event) => {
        job.requestId = dependency(event.params);
      }),
      HTTP_STREAM_JOB_WAITING: onJob((job, event) => {
        if (event.phase === 'BEGIN') job.waiting = { begin: momentOf(event), shouldWait: flag(event.params, 'should_wait') ?? false };
        else if (job.waiting !== undefined) job.waiting.end = momentOf(event);
      }),
      HTTP_STREAM_JOB_RESUMED: onJob((job, event) => {
        job.resumed = momentOf(event);
      }),
      TCP_CLIENT_SOCKET_POOL_REQUESTED_SOCKET: requested,
      TCP_CLIENT_SOCKET_POOL_REQUESTED_SOCKETS: requested,
      SOCKET_POOL: pooled,
      SOCKET_POOL_CONNECTING_N_SOCKETS: pooled,
      SOCKET_POOL_BOUND_TO_CONNECT_JOB: onJob((job, event) => {
        const id = dependency(event.params);
        if (id !== undefined) job.connectJobIds.push(id);
      }),
      SOCKET_POOL_BOUND_TO_SOCKET: onJob((job, event) => {
        job.socketId = dependency(event.params);
      }),
      SOCKET_POOL_REUSED_AN_EXISTING_SOCKET: onJob((job) => {
        job.socketReused = true;
      }),
      BOUND_TO_QUIC_SESSION_POOL_JOB: onJob((job, event) => {
        const id = dependency(event.params);
        if (id !== undefined) job.quicJobIds.push(id);
      }),
      QUIC_SESSION_POOL_USE_EXISTING_SESSION: existing('h3', false),
      HTTP2_SESSION_POOL_FOUND_EXISTING_SESSION: existing('h2', false),
      HTTP2_SESSION_POOL_FOUND_EXISTING_SESSION_FROM_IP_POOL: existing('h2', true),
      HTTP_STREAM_JOB_HTTP2_SESSION_AVAILABLE: existing('h2', false),
      HTTP2_SESSION_POOL_IMPORTED_SESSION_FROM_SOCKET: onJob((job, event) => {
        job.importedSessionId = dependency(event.params);
      }),
    },
  };
}
