/**
 * Connect jobs of the socket pools: TcpConnectJob (HEv2) and TransportConnectJob (legacy), alone or
 * nested in TLS, HTTP-proxy and SOCKS jobs. Nested jobs log on the outermost job's source.
 *
 * CONNECT_JOB END never carries an error; that of the outermost `…_CONNECT` span is the job's result.
 */
import type { NetLogEvent } from '../../netlog/event.ts';
import { addTo } from '../grouping.ts';
import { type Handler, type Moment, momentOf, recordOf, startOf } from './handler.ts';
import { dependency, flag, netError, text } from './params.ts';

export type ConnectLayer = 'ssl' | 'tcp' | 'transport' | 'http-proxy' | 'socks';

export interface ConnectSpan {
  readonly begin: Moment;
  end?: Moment | undefined;
  netError?: number | undefined;
}

export interface ConnectJobRecord {
  readonly id: number;
  readonly type: string;
  readonly start: Moment;
  groupId?: string | undefined;
  backup: boolean;
  /** Layers begin from the outside in: the first span. */
  outermost?: ConnectSpan | undefined;
  /** Those that have not ended, the latest of a layer at the end. */
  readonly open: Map<ConnectLayer, ConnectSpan[]>;
  /** Layers of which any event was seen; with the head of the log lost, a span's BEGIN may not be. */
  readonly layers: Set<ConnectLayer>;
  end?: Moment | undefined;
  timedOut?: Moment | undefined;
  /** Sockets handed over by CONNECT_JOB_SET_SOCKET, in log order. */
  readonly socketIds: number[];
  /** TcpConnectJob: which connector opened a socket. */
  readonly connectors: Map<number, string>;
  /** CREATE_SECOND_CONNECTOR (HEv2) or IPV6_FALLBACK (legacy): the first attempt was slow. */
  slow?: Moment | undefined;
  echRetry?: Moment | undefined;
}

export interface ConnectJobHandler extends Handler {
  readonly jobs: ReadonlyMap<number, ConnectJobRecord>;
}

export function createConnectJobHandler(): ConnectJobHandler {
  const jobs = new Map<number, ConnectJobRecord>();
  const jobOf = (event: NetLogEvent): ConnectJobRecord =>
    recordOf(jobs, event, (e) => ({
      id: e.source.id,
      type: e.source.type,
      start: startOf(e),
      backup: false,
      open: new Map(),
      layers: new Set(),
      socketIds: [],
      connectors: new Map(),
    }));

  function span(layer: ConnectLayer | undefined): (event: NetLogEvent) => void {
    return (event) => spanOf(layer ?? layerOf(event.source.type), event);
  }

  function spanOf(layer: ConnectLayer, event: NetLogEvent): void {
    const job = jobOf(event);
    job.layers.add(layer);
    if (event.phase === 'BEGIN') {
      const begun: ConnectSpan = { begin: momentOf(event) };
      job.outermost ??= begun;
      addTo(job.open, layer, begun);
      return;
    }
    // An HTTPS proxy nests one TLS job in another on the same source: pair like a stack.
    const open = job.open.get(layer)?.pop();
    if (open !== undefined) {
      open.end = momentOf(event);
      open.netError = netError(event.params);
      return;
    }
    // Its BEGIN is lost with the head of the log. Layers end from the inside out, and only the outermost is of interest.
    job.outermost = { begin: job.start, end: momentOf(event), netError: netError(event.params) };
  }

  function slow(event: NetLogEvent): void {
    jobOf(event).slow ??= momentOf(event);
  }

  return {
    jobs,
    headersOnly: ['CONNECT_JOB_TIMED_OUT', 'TRANSPORT_CONNECT_JOB_CONNECT_ATTEMPT', 'TCP_CONNECT_JOB_CREATE_SECOND_CONNECTOR', 'TRANSPORT_CONNECT_JOB_IPV6_FALLBACK'],
    on: {
      CONNECT_JOB(event) {
        const job = jobOf(event);
        if (event.phase === 'END') job.end = momentOf(event);
        // Before `group_id` had an event of its own, the span carried the group's name.
        else job.groupId ??= text(event.params, 'group_name') ?? text(event.params, 'group_id');
      },
      SOCKET_POOL_CONNECT_JOB_CREATED(event) {
        const job = jobOf(event);
        job.groupId = text(event.params, 'group_id') ?? text(event.params, 'group_name') ?? job.groupId;
        // Until Chrome 73 the event had no params and was logged for backup jobs alone.
        job.backup = flag(event.params, 'backup_job') ?? event.loggedType.includes('BACKUP');
      },
      CONNECT_JOB_TIMED_OUT(event) {
        jobOf(event).timedOut = momentOf(event);
      },
      CONNECT_JOB_SET_SOCKET(event) {
        const socketId = dependency(event.params);
        if (socketId !== undefined) jobOf(event).socketIds.push(socketId);
      },
      SSL_CONNECT_JOB_CONNECT: span('ssl'),
      // Until Chrome 73 one name for the work of every kind of job.
      SOCKET_POOL_CONNECT_JOB_CONNECT: span(undefined),
      TCP_CONNECT_JOB_CONNECT: span('tcp'),
      TRANSPORT_CONNECT_JOB_CONNECT: span('transport'),
      HTTP_PROXY_CONNECT_JOB_CONNECT: span('http-proxy'),
      SOCKS_CONNECT_JOB_CONNECT: span('socks'),
      TCP_CONNECT_JOB_CONNECTOR_CONNECT_START(event) {
        const job = jobOf(event);
        const socketId = dependency(event.params);
        const connector = text(event.params, 'connector');
        job.layers.add('tcp');
        if (socketId !== undefined && connector !== undefined) job.connectors.set(socketId, connector);
      },
      TRANSPORT_CONNECT_JOB_CONNECT_ATTEMPT(event) {
        jobOf(event).layers.add('transport');
      },
      TCP_CONNECT_JOB_CREATE_SECOND_CONNECTOR: slow,
      TRANSPORT_CONNECT_JOB_IPV6_FALLBACK: slow,
      SSL_CONNECT_JOB_RESTART_WITH_ECH_CONFIG_LIST(event) {
        jobOf(event).echRetry = momentOf(event);
      },
    },
  };
}

function layerOf(sourceType: string): ConnectLayer {
  switch (sourceType) {
    case 'SSL_CONNECT_JOB':
      return 'ssl';
    case 'HTTP_PROXY_CONNECT_JOB':
      return 'http-proxy';
    case 'SOCKS_CONNECT_JOB':
      return 'socks';
    default:
      return 'transport';
  }
}
