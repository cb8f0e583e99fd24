/**
 * What a resolver's job tells of intermediate results: HOST_RESOLVER_SERVICE_ENDPOINTS_RESOLUTION_DELAY and _UPDATED.
 *
 * Chromium's delay is a wait for AAAA alone; profiles that wait for more have theirs logged in the same event.
 */
import type { Millis } from '../../units.ts';
import type { Service, ServiceView } from '../../engine/svcb/service.ts';
import type { Parameters } from '../../engine/profiles/parameters.ts';
import type { SimulatedSource, SourceLog } from '../log/source-log.ts';
import { endpointsParams } from './endpoints-params.ts';
import type { Requesters } from './resolver/requesters.ts';

export interface Waiting {
  readonly resolverRequest: number;
  /** Since when it waits for better addresses. */
  delayedSince?: Millis;
}

export class EndpointUpdates {
  readonly #log: SourceLog;
  readonly #requesters: Requesters;
  readonly #parameters: Parameters;

  constructor(log: SourceLog, requesters: Requesters, parameters: Parameters) {
    this.#log = log;
    this.#requesters = requesters;
    this.#parameters = parameters;
  }

  /** Attempts may not begin yet: the delay begins, if what is known starts it. */
  held(waiting: Waiting, view: ServiceView, at: Millis): void {
    const job = this.#job(waiting);
    if (job === undefined || waiting.delayedSince !== undefined || !startsDelay(view, this.#parameters)) return;
    waiting.delayedSince = at;
    this.#log.begin(job, 'HOST_RESOLVER_SERVICE_ENDPOINTS_RESOLUTION_DELAY', at);
  }

  released(waiting: Waiting, timedOut: boolean, at: Millis): void {
    const { delayedSince } = waiting;
    const job = this.#job(waiting);
    if (delayedSince === undefined || job === undefined) return;
    delete waiting.delayedSince;
    this.#log.end(job, 'HOST_RESOLVER_SERVICE_ENDPOINTS_RESOLUTION_DELAY', at, { elapsed: String(Math.floor(at - delayedSince)), timedout: timedOut });
  }

  updated(waiting: Waiting, view: ServiceView, at: Millis): void {
    const job = this.#job(waiting);
    if (job !== undefined) this.#log.event(job, 'HOST_RESOLVER_SERVICE_ENDPOINTS_UPDATED', at, { endpoints: endpointsParams(view) });
  }

  #job({ resolverRequest }: Waiting): SimulatedSource | undefined {
    return this.#requesters.get(resolverRequest)?.job;
  }
}

function startsDelay({ services, info }: ServiceView, { resolutionDelayMs, resolutionDelayStartsAt }: Parameters): boolean {
  if (resolutionDelayMs === undefined) return false;
  switch (resolutionDelayStartsAt) {
    case 'first-ipv4-addresses':
      return services.some(({ ipv4, ipv6 }) => ipv4.state === 'positive' && ipv6.state === 'pending');
    case 'first-addresses':
      return services.some(hasAddresses);
    case 'first-answer':
      return info !== 'pending' || services.some((service) => hasAddresses(service) || service.ipv4.state === 'negative' || service.ipv6.state === 'negative');
  }
}

function hasAddresses({ ipv4, ipv6 }: Service): boolean {
  return ipv4.state === 'positive' || ipv6.state === 'positive';
}
