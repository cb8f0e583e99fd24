/**
 * What a client remembers of QUIC and of alternative services: whether QUIC ever worked on this network, which
 * services are broken and until when, and which origins advertised what (RFC 7838).
 */
import type { Millis } from '../../units.ts';
import type { Protocol } from '../endpoint.ts';
import type { AlternativeService } from '../svcb/lookup-options.ts';
import { type Destination, destinationKey } from './destination.ts';

export interface QuicMemoryOptions {
  /** First time that a service counts as broken; doubles with each further failure. */
  readonly brokenFor: Millis;
  readonly brokenForAtMost: Millis;
}

interface Breakage {
  readonly until: Millis;
  readonly times: number;
}

/** ERR_NETWORK_CHANGED, ERR_INTERNET_DISCONNECTED, ERR_DNS_NO_MATCHING_SUPPORTED_ALPN: they say nothing about QUIC (M-59). */
const BENIGN_ERRORS: ReadonlySet<number> = new Set([-21, -106, -811]);

export function speaksAgainstQuic(error: number): boolean {
  return !BENIGN_ERRORS.has(error);
}

export class QuicMemory {
  readonly #options: QuicMemoryOptions;
  readonly #broken = new Map<string, Breakage>();
  readonly #alternatives = new Map<string, readonly AlternativeService[]>();
  readonly #resumable = new Set<string>();
  #worked = false;

  constructor(options: QuicMemoryOptions) {
    this.#options = options;
  }

  confirm(destination: Destination): void {
    this.#worked = true;
    this.#broken.delete(serviceKey(destination, { protocol: 'h3' }));
    this.#resumable.add(destinationKey(destination));
  }

  /**
   * Some QUIC connection has worked on this network, and this origin's has not been broken since it last did: TCP may
   * be held back for it.
   */
  isTrusted(destination: Destination): boolean {
    return this.#worked && !this.#broken.has(serviceKey(destination, { protocol: 'h3' }));
  }

  /** A session ticket of an earlier connection allows early data (RFC 9001 §4.6). */
  isResumable(destination: Destination): boolean {
    return this.#resumable.has(destinationKey(destination));
  }

  /** A session broke: its ticket is of no use, and QUIC is unproven again. */
  doubt(destination: Destination): void {
    this.#worked = false;
    this.#resumable.delete(destinationKey(destination));
  }

  /** Whether QUIC works, and where not, was true of the old network; tickets and advertisements stay good. */
  networkChanged(): void {
    this.#worked = false;
    this.#broken.clear();
  }

  /** Returns until when. How often a service has been broken is forgotten once it works, or on another network. */
  markBroken(destination: Destination, now: Millis, service: AlternativeService = { protocol: 'h3' }): Millis {
    const key = serviceKey(destination, service);
    const times = (this.#broken.get(key)?.times ?? 0) + 1;
    const { brokenFor, brokenForAtMost } = this.#options;
    const until = now + Math.min(brokenForAtMost, brokenFor * 2 ** (times - 1));
    this.#broken.set(key, { until, times });
    return until;
  }

  isBroken(destination: Destination, now: Millis, service: AlternativeService = { protocol: 'h3' }): boolean {
    return now < (this.#broken.get(serviceKey(destination, service))?.until ?? -Infinity);
  }

  learnAlternatives(destination: Destination, alternatives: readonly AlternativeService[]): void {
    this.#alternatives.set(destinationKey(destination), alternatives);
  }

  /** Those that are not broken. */
  alternativesOf(destination: Destination, now: Millis): readonly AlternativeService[] {
    const known = this.#alternatives.get(destinationKey(destination));
    return known?.filter((service) => !this.isBroken(destination, now, service)) ?? [];
  }

  offers(destination: Destination, protocol: Protocol, now: Millis): boolean {
    return this.alternativesOf(destination, now).some((alternative) => alternative.protocol === protocol);
  }
}

/** QUIC counts as one service for an origin, wherever it is offered. */
function serviceKey(destination: Destination, { protocol, host, port }: AlternativeService): string {
  const key = `${protocol} ${destinationKey(destination)}`;
  return protocol === 'h3' ? key : `${key} ${host ?? destination.host}:${port ?? destination.port}`;
}
