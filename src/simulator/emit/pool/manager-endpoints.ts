/**
 * What an attempt manager is told of its host: DNS_RESOLUTION_UPDATED and _FINISHED.
 *
 * Chromium tells a manager nothing before the resolution delay is over, and the last answer by FINISHED alone.
 */
import type { Millis } from '../../../units.ts';
import type { ResolutionOutcome } from '../../../engine/resolver/output.ts';
import type { ServiceView } from '../../../engine/svcb/service.ts';
import type { SourceLog } from '../../log/source-log.ts';
import { NET_ERRORS } from '../../log/net-errors.ts';
import { DNS_ERRORS } from '../dns-results.ts';
import type { EndpointUpdates } from '../endpoint-updates.ts';
import { endpointsParams } from '../endpoints-params.ts';
import type { AttemptManager } from './attempt-manager.ts';
import { holdTcp } from './tcp-permission.ts';

export class ManagerEndpoints {
  readonly #log: SourceLog;
  readonly #updates: EndpointUpdates;

  constructor(log: SourceLog, updates: EndpointUpdates) {
    this.#log = log;
    this.#updates = updates;
  }

  servicesUpdated(manager: AttemptManager, view: ServiceView, at: Millis): void {
    manager.view = view;
    if (!manager.asked) return this.resolved(manager, undefined, at);
    if (manager.gateOpen && view.openQueries.length > 0) return this.tell(manager, at);
    if (!manager.gateOpen) this.#updates.held(manager, view, at);
  }

  gateOpened(manager: AttemptManager, timedOut: boolean, at: Millis): void {
    manager.gateOpen = true;
    this.#updates.released(manager, timedOut, at);
    this.tell(manager, at);
  }

  /** The resolver is done with its request; there may be further queries that records led to. */
  resolutionFinished(manager: AttemptManager, outcome: ResolutionOutcome, at: Millis): void {
    if ((manager.view?.openQueries.length ?? 0) > 0) return;
    this.resolved(manager, outcome.kind === 'ok' ? undefined : DNS_ERRORS[outcome.failure], at);
  }

  /** Intermediate results, if there is news. */
  tell(manager: AttemptManager, at: Millis): void {
    const { view, source } = manager;
    if (view === undefined || manager.resolved || view === manager.told) return;
    manager.told = view;
    const endpoints = endpointsParams(view);
    this.#updates.updated(manager, view, at);
    this.#log.event(source, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_DNS_RESOLUTION_UPDATED', at, { endpoints, endpoints_crypto_ready: view.info !== 'pending' });
    if (endpoints.length > 0) holdTcp(this.#log, manager, at);
  }

  resolved(manager: AttemptManager, error: number | undefined, at: Millis): void {
    if (manager.resolved) return;
    const { view, source, destination } = manager;
    manager.resolved = true;
    manager.nameNotResolved = error !== undefined && error !== NET_ERRORS.ERR_DNS_NAME_HTTPS_ONLY;
    if (view !== undefined) manager.told = view;
    const endpoints = view === undefined || error !== undefined ? [] : endpointsParams(view);
    this.#log.event(source, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_DNS_RESOLUTION_FINISHED', at, {
      endpoints,
      endpoints_crypto_ready: error === undefined,
      resolve_error: error ?? 0,
      result: resultText(error),
    });
    if (error === undefined && view?.services.every(({ quic }) => quic.length === 0) === true && destination.scheme === 'https') {
      this.#log.event(source, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_ATTEMPT_COMPLETED', at, { result: NET_ERRORS.ERR_DNS_NO_MATCHING_SUPPORTED_ALPN });
    } else if (endpoints.length > 0) holdTcp(this.#log, manager, at);
  }
}

/** Coarser than `resolve_error`. */
function resultText(error: number | undefined): string {
  if (error === undefined) return 'net::OK';
  return error === NET_ERRORS.ERR_DNS_NAME_HTTPS_ONLY ? 'net::ERR_DNS_NAME_HTTPS_ONLY' : 'net::ERR_NAME_NOT_RESOLVED';
}
