/**
 * Resolver requests, on the sources that ask: their beginning, the answer from a cache, or the job.
 *
 * Two forms: with HOST_RESOLVER_MANAGER_REQUEST BEGIN and END; and the service-endpoint requests of
 * the HttpStreamPool and of TcpConnectJob, which have no BEGIN and start with TASK_SEQUENCE_CREATED.
 * A lone REQUEST END on the latter is a request dropped early. Lookups of the network quality
 * estimator only ever probe the cache; they are nobody's resolution and are left out here.
 */
import type { NetLogEvent } from '../../netlog/event.ts';
import type { Resolution, ServiceEndpoint } from '../resolution.ts';
import { type Handler, type Moment, momentOf } from './handler.ts';
import { dependency, flag, netError, object, objects, text } from './params.ts';
import { type ResolverAnswer, readCacheEntry, readResults, readServiceEndpoints } from './resolver-results.ts';

export interface ResolverRequestRecord {
  readonly requesterId: number;
  readonly requesterType: string;
  readonly begin: Moment;
  /** The form without BEGIN. */
  readonly serviceEndpoints: boolean;
  readonly host?: string | undefined;
  readonly speculative: boolean;
  readonly networkKey?: string | undefined;
  end?: Moment | undefined;
  netError?: number | undefined;
  cancelled?: Moment | undefined;
  jobId?: number | undefined;
  /** An answer without a job. */
  hit?: { readonly source: Resolution['source']; readonly at: Moment; readonly answer: ResolverAnswer };
  stale?: { readonly at: Moment; readonly endpoints: ServiceEndpoint[] };
  sequenced: boolean;
}

export interface ResolverRequestHandler extends Handler {
  readonly requests: readonly ResolverRequestRecord[];
  of(requesterId: number): readonly ResolverRequestRecord[];
}

export function createResolverRequestHandler(): ResolverRequestHandler {
  const requests: ResolverRequestRecord[] = [];
  const bySource = new Map<number, ResolverRequestRecord[]>();
  const ignored = (event: NetLogEvent): boolean => event.source.type === 'NETWORK_QUALITY_ESTIMATOR';
  const openOf = (event: NetLogEvent): ResolverRequestRecord | undefined => {
    const last = bySource.get(event.source.id)?.at(-1);
    return last !== undefined && last.end === undefined ? last : undefined;
  };

  function open(event: NetLogEvent, serviceEndpoints: boolean): ResolverRequestRecord {
    const request: ResolverRequestRecord = {
      requesterId: event.source.id,
      requesterType: event.source.type,
      begin: momentOf(event),
      serviceEndpoints,
      host: text(event.params, 'host'),
      speculative: flag(event.params, 'is_speculative') ?? false,
      networkKey: text(event.params, 'network_anonymization_key') ?? text(event.params, 'network_isolation_key'),
      sequenced: serviceEndpoints,
    };
    requests.push(request);
    const siblings = bySource.get(event.source.id);
    if (siblings === undefined) bySource.set(event.source.id, [request]);
    else siblings.push(request);
    return request;
  }

  function hit(source: Resolution['source']): (event: NetLogEvent) => void {
    return (event) => {
      if (ignored(event)) return;
      const entry = object(event.params, 'results') ?? event.params;
      const listed = objects(event.params, 'results');
      const request = openOf(event) ?? open(event, true);
      // Logged twice per look-up in current Chromium.
      request.hit ??= { source, at: momentOf(event), answer: listed.length > 0 ? readResults(listed) : readCacheEntry(entry) };
    };
  }

  return {
    requests,
    of: (requesterId) => bySource.get(requesterId) ?? [],
    on: {
      HOST_RESOLVER_MANAGER_REQUEST(event) {
        if (ignored(event)) return;
        if (event.phase === 'BEGIN') {
          open(event, false);
          return;
        }
        const request = openOf(event);
        if (request === undefined) return;
        request.end = momentOf(event);
        request.netError = netError(event.params);
      },
      HOST_RESOLVER_MANAGER_TASK_SEQUENCE_CREATED(event) {
        if (ignored(event)) return;
        const request = openOf(event);
        if (request !== undefined && !request.sequenced) request.sequenced = true;
        else open(event, true);
      },
      HOST_RESOLVER_MANAGER_JOB_ATTACH(event) {
        if (ignored(event)) return;
        const jobId = dependency(event.params);
        const last = openOf(event);
        const request = last !== undefined && last.jobId === undefined && last.hit === undefined ? last : open(event, true);
        if (jobId !== undefined) request.jobId = jobId;
      },
      HOST_RESOLVER_MANAGER_CACHE_HIT: hit('cache'),
      HOST_RESOLVER_MANAGER_HOSTS_HIT: hit('hosts'),
      HOST_RESOLVER_MANAGER_CONFIG_PRESET_MATCH: hit('config'),
      HOST_RESOLVER_SERVICE_ENDPOINTS_STALE_RESULTS(event) {
        const request = openOf(event);
        if (request !== undefined) request.stale ??= { at: momentOf(event), endpoints: readServiceEndpoints(event.params) };
      },
      CANCELLED(event) {
        const request = openOf(event);
        if (request !== undefined) request.cancelled = momentOf(event);
      },
    },
  };
}
