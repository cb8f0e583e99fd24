/**
 * The parameters of the resolver, and those of Chromium.
 *
 * What the network is like (which families have a route, which servers there are) is part of them: it holds for
 * the life of a resolver. A network change means a new resolver.
 */
import type { Millis } from '../../units.ts';

export type DnsTransport = 'udp' | 'tcp' | 'https';
/** One way to find addresses: queries of its own, or the operating system's getaddrinfo. */
export type TaskKind = 'dns' | 'system';

export interface ServerOptions {
  /** In the order of preference; the index names the server in outputs. */
  readonly transports: readonly DnsTransport[];
  /** Attempts of one transaction at each server, over UDP at most one more over TCP. */
  readonly attemptsPerServer: number;
  /** Failures in a row after which other servers come first (HE-26). */
  readonly failureLimit: number;
  /** Silence after which the next attempt starts; doubles with each round over the servers. */
  readonly retryAfter: Millis;
  readonly maximumRetryAfter: Millis;
  /** End of a transaction that no further task follows; with one to follow, the last retry period is the end. */
  readonly transactionTimeout: Millis;
}

/** How long HTTPS may outlast A and AAAA, as a share of the time that they took, within bounds. */
export interface HttpsExtraWait {
  readonly share: number;
  readonly minimum: Millis;
  readonly maximum: Millis;
}

export interface SystemOptions {
  /** Silence after which getaddrinfo is called once more; the first result of any call counts. */
  readonly retryAfter: Millis;
  readonly calls: number;
  /** getaddrinfo tells no TTL; its addresses are cached for this long. */
  readonly ttl: Millis;
}

export interface CacheOptions {
  /** Hosts; the one stored longest ago makes room. */
  readonly capacity: number;
  /** Raises smaller TTLs. */
  readonly minimumTtl: Millis;
  /** Whether expired answers are given out while fresh ones are fetched (HE-25). */
  readonly stale: 'unused' | 'served';
  /** A query that failed while others of its job did not: the failure is kept as its answer, or it is asked again. */
  readonly failures: 'kept' | 'asked-again';
}

export interface ResolverOptions {
  /** Families with a source address and a route (HE-03). */
  readonly ipv4: boolean;
  readonly ipv6: boolean;
  /** A NAT64 prefix is known: A is asked even without IPv4 (HE-06). */
  readonly nat64: boolean;
  /** In the order in which they are tried. */
  readonly tasks: readonly TaskKind[];
  readonly servers: ServerOptions;
  /** What SERVFAIL, silence and the like for A or AAAA mean (HE-15: a negative answer). */
  readonly addressFailure: 'fails-task' | 'negative';
  /** Unlimited: HTTPS is awaited until its transaction ends. */
  readonly httpsExtraWait: HttpsExtraWait | 'unlimited';
  readonly system: SystemOptions;
  readonly cache: CacheOptions;
  /** How long an abandoned job may go on to fill the cache (HE-53); 0: it is cancelled at once (HE-52). */
  readonly drain: Millis;
}

/** Chromium 156 on a network with both families and one name server, as measured. */
export const CHROMIUM_RESOLVER: ResolverOptions = {
  ipv4: true,
  ipv6: true,
  nat64: false,
  tasks: ['dns', 'system'],
  servers: {
    transports: ['udp'],
    attemptsPerServer: 2,
    failureLimit: 2,
    // One second by its sources, 1010 to 1015 ms on the wire, and twice as much the second time.
    retryAfter: 1011,
    maximumRetryAfter: 5000,
    transactionTimeout: 12_000,
  },
  addressFailure: 'fails-task',
  httpsExtraWait: { share: 0.2, minimum: 5, maximum: 50 },
  system: { retryAfter: 6000, calls: 2, ttl: 60_000 },
  cache: { capacity: 1000, minimumTtl: 60_000, stale: 'unused', failures: 'kept' },
  drain: 0,
};
