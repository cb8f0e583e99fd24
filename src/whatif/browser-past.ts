/** What a browser had learnt of servers before a moment of its trace, collected race by race in order of time. */
import type { Race } from '../model/race.ts';
import type { Knowledge } from './inferred-race.ts';

export class BrowserPast {
  #workedWith: string | undefined;
  readonly #hosts = new Set<string>();
  readonly #http2 = new Set<string>();

  /** @param race one that began after all those that were learnt from. */
  knownAt(race: Race, hasRecord: boolean): Knowledge {
    const host = race.destination?.host ?? '';
    const tried = race.attempts.filter(({ transport }) => transport === 'quic');
    // TCP is held back for QUIC only where QUIC is known to work: the log says so itself.
    const isHeldBack = (race.delays.tcpBasedAttemptDelayMs ?? 0) > 0;
    const workedWith = isHeldBack ? (this.#workedWith ?? '*') : race.delays.tcpBasedAttemptDelayMs === 0 ? undefined : this.#workedWith;
    return {
      ...(workedWith !== undefined && { quicWorkedWith: workedWith }),
      // What the race did tells more than what it could have done.
      ticket: tried.length > 0 ? tried.some(({ zeroRtt }) => zeroRtt === true) : this.#hosts.has(host),
      altSvc: tried.length > 0 && !hasRecord,
      http2: this.#http2.has(host),
    };
  }

  /** Chromium prepares for the next request what this one could not have. */
  isBesideSession({ destination, attempts, requestIds }: Race): boolean {
    return requestIds.length === 0 && attempts.length > 0 && attempts.every(({ transport }) => transport === 'quic') && this.#http2.has(destination?.host ?? '');
  }

  learn(race: Race): void {
    const host = race.destination?.host;
    if (host === undefined) return;
    if (race.winner?.alpn === 'h2') this.#http2.add(host);
    for (const { transport, connectedMs, outcome } of race.attempts) {
      if (transport !== 'quic') continue;
      if (connectedMs !== undefined && (outcome === 'won' || outcome === 'spare')) {
        this.#workedWith = host;
        this.#hosts.add(host);
      } else if (outcome === 'failed') {
        this.#hosts.delete(host);
        if (this.#workedWith === host) this.#workedWith = undefined;
      }
    }
  }
}
