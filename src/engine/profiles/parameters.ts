/**
 * The parameters by which profiles differ, as people override them in a scenario. Names that end in `Ms` take
 * milliseconds; the draft's values, which the other profiles change, are in `draft-v3.ts`.
 *
 * A profile is one value of this type; `options-of.ts` turns it into options of the layers.
 *
 * What the draft leaves to the client (DEC) is decided by these:
 *
 * | | question | parameter, or where it is decided |
 * |---|---|---|
 * | DEC-1 | what starts the resolution delay | `resolutionDelayStartsAt` |
 * | DEC-2, DEC-3 | hints before answers | `hintsAtGate` |
 * | DEC-4 | hints after an answer without addresses | `keepHintsOnNegative` |
 * | DEC-5 | the next attempt after a failure | `afterFailure` |
 * | DEC-6 | groups by protocol and security | `endpointGroups` |
 * | DEC-7 | h3 and h2 of one address | `protocolOrder` |
 * | DEC-8 | connecting without a record | `withoutRecord` |
 * | DEC-9, DEC-10 | limits on aliases and TargetNames | `aliasLimit`, `targetLimit` |
 * | DEC-11 | what is due at one instant | the order of calls: whoever drives the engine; the simulator's event queue |
 * | DEC-12 | what the multiplier counts | `connectionAttemptDelayMultiplierCounts` |
 * | DEC-13 | time limits | `attemptTimeoutMs`, `raceTimeoutMs` |
 * | DEC-14 | certificate errors | `fatalFailure` |
 * | DEC-15 | IP literals | no DNS, at once; NAT64 as for others |
 */
import type { Millis } from '../../units.ts';

export interface Parameters {
  /** What must be answered before the first attempt, if the resolution delay does not end first. */
  readonly waitsFor: 'every-answer' | 'preferred-family' | 'preferred-family-and-service';
  /** Absent: only answers end the wait. */
  readonly resolutionDelayMs?: Millis;
  readonly resolutionDelayStartsAt: 'first-addresses' | 'first-answer' | 'first-ipv4-addresses';
  /**
   * An address hint does what an answer does before the first attempt; starts the resolution delay, and no more; or
   * does neither, and serves once there are addresses from an answer.
   */
  readonly hintsAtGate: 'as-answers' | 'start-delay' | 'beside-answers';
  readonly preferredFamily: 'ipv6' | 'ipv4';
  /** Addresses of the preferred family come first, or RFC 6724 decides about families too. */
  readonly familyOrder: 'rfc6724' | 'preferred-first';
  /** `Infinity`: one family after the other. */
  readonly preferredAddressFamilyCount: number;
  readonly policyTable: 'rfc6724' | 'rfc6724-update';
  /**
   * What past connections say about the order of addresses: nothing; round-trip times and use decide where RFC 6724
   * has no more rules for a family (HE-42, HE-43); or an address known to be over 25 ms slower than another comes
   * after it, whatever RFC 6724 says (Apple in 2015).
   */
  readonly addressHistory: 'unused' | 'breaks-ties' | 'slower-last';

  /**
   * How candidates are tried: all in one staggered list; one list whose slow attempts are closed; the two families as
   * two lists; QUIC beside TCP, where a slow TCP attempt turns to the other family; QUIC beside two TCP connectors,
   * the second for the other family, and a backup that repeats both; one after the other.
   */
  readonly plan: 'one-list' | 'abandon-slow' | 'two-lists' | 'quic-beside-tcp' | 'quic-beside-two-connectors' | 'one-at-a-time';
  /** Without a measured round trip, or always if `connectionAttemptDelayRoundTrips` is absent (HE-56). */
  readonly connectionAttemptDelayMs: Millis;
  /** The same after an attempt over QUIC, which is blocked more often than TCP; absent: no other. */
  readonly connectionAttemptDelayAfterQuicMs?: Millis;
  /** How many times as long the delay is before another address of the same family over the same transport, known or not. */
  readonly connectionAttemptDelayFactorWithinFamily: number;
  /**
   * The delay in round trips, where the path's time is known from past connections (HE-57). Of the plans `one-list`,
   * `abandon-slow` and `quic-beside-tcp`; the others have one delay for all paths.
   */
  readonly connectionAttemptDelayRoundTrips?: number;
  /**
   * The round trip to expect of an address without history: none, or one that few on this network exceed, from the
   * others. Where nothing is known yet, `connectionAttemptDelayMs` holds either way.
   */
  readonly unknownPaths: 'unexpected' | 'as-known-ones';
  readonly minimumConnectionAttemptDelayMs: Millis;
  readonly maximumConnectionAttemptDelayMs: Millis;
  readonly connectionAttemptDelayMultiplier: number;
  readonly connectionAttemptDelayMultiplierCounts: 'in-flight' | 'started';
  /** When the next starts after a failure: at once but for 10 ms from the last start (HE-59), at once, or after the delay. */
  readonly afterFailure: 'at-floor' | 'at-once' | 'after-delay';
  /**
   * What an answer may do to the next attempt: nothing; bring it forward while the one before makes no progress
   * (HE-32); or let it begin at once if it is the first over QUIC, which was not known to be offered before.
   */
  readonly onNewAnswer: 'keep-timer' | 'bring-forward' | 'quic-at-once';
  /** Of the plan `two-lists`: how many addresses of each family are tried; absent: all. */
  readonly attemptsPerFamily?: number;
  /** After which the backup begins, from the first TCP attempt. */
  readonly backupDelayMs?: Millis;
  readonly protocolOrder: 'by-round' | 'by-protocol' | 'by-address';
  /** Endpoints with ECH first, and QUIC first among those with and those without, above the priority of records. */
  readonly endpointGroups: 'one' | 'by-security-and-protocol';
  /** Which records come first: those of lowest SvcPriority, or those that fit a running attempt (SB-24). */
  readonly recordsFirst: 'by-priority' | 'fitting-running';
  /** QUIC does not wait for every answer, and tries further addresses (Chromium's feature of that name). */
  readonly asyncDnsQuicJob: boolean;
  /** Head start of QUIC over TCP once QUIC has worked; absent: none. */
  readonly tcpHeldBackMs?: Millis;
  /** Whether the first TCP handshake decides the race over TCP, or the first secure one. */
  readonly tcpWinsAt: 'tcp-handshake' | 'tls-handshake';
  /** What becomes of TCP attempts when QUIC has won. */
  readonly tcpAfterQuicWon: 'cancelled' | 'goes-on';
  /** How old a QUIC attempt may grow when TCP has won; 0: it is cancelled then. */
  readonly quicAfterTcpWonUntilMs: Millis;
  /** Absent: an attempt, or a race, may take as long as the network does. */
  readonly attemptTimeoutMs?: Millis;
  /** Of a secure handshake over TCP, from its first packet; absent: it may take as long as it likes. */
  readonly tlsTimeoutMs?: Millis;

  /** Most sockets over TCP to one destination, and to all. */
  readonly socketsPerGroup: number;
  readonly socketsPerPool: number;
  /** After which a request to a destination known to speak HTTP/2 gets a socket beside the first, which still connects. */
  readonly secondSocketDelayMs: Millis;
  /**
   * `attempt-manager`: all connections to a destination are in one hand, and those that have become superfluous end
   * (Chromium's HEv3). `connect-jobs`: QUIC and each socket over TCP are jobs that know little of each other and go on
   * to their end; preconnects to a host with a usable h3 record are left to QUIC, and a name that fails is resolved
   * once more for TCP, if a load waits (Chromium before).
   */
  readonly connectionsBy: 'attempt-manager' | 'connect-jobs';
  /** Sessions on which ORIGIN frames count (RFC 8336, RFC 9412). */
  readonly originFrames: 'ignored' | 'over-quic' | 'on-all';
  /** An origin that an ORIGIN frame has named is served without asking DNS. */
  readonly skipDnsWithOriginFrame: boolean;
  /** A QUIC session moves to the server's preferred address (RFC 9000 §9.6). */
  readonly migratesToPreferredAddress: boolean;
  readonly raceTimeoutMs?: Millis;
  /** A bad certificate ends the race, or is a failure like others. */
  readonly fatalFailure: 'ends-race' | 'fails-attempt';

  readonly quic: boolean;
  readonly httpsRecords: boolean;
  /** AliasMode and other TargetNames lead to further queries. */
  readonly followUps: boolean;
  /** How many aliases in a row are followed (SB-04), and of how many TargetNames the addresses are asked for. */
  readonly aliasLimit: number;
  readonly targetLimit: number;
  readonly useAddressHints: boolean;
  /** Hints outlive an answer without addresses. */
  readonly keepHintsOnNegative: boolean;
  /**
   * When it connects without a record: always; always but if every record has ECH and it does ECH, over any DNS or over
   * protected DNS alone; never, which is SVCB-reliant (SB-09).
   */
  readonly withoutRecord: 'always' | 'unless-ech' | 'unless-protected-ech' | 'never';
  readonly ech: boolean;
  /** Secure handshakes wait for the HTTPS answer. */
  readonly cryptoWaitsForHttpsRecords: boolean;
  /**
   * Over protected DNS (every server speaks HTTPS) a failed HTTPS query ends the connection (HE-72, SB-13), and the
   * secure handshake of a client that does ECH waits for its answer (HE-74).
   */
  readonly trustsProtectedDns: boolean;

  /** The client asks DNS servers itself; if not, getaddrinfo does. */
  readonly builtInResolver: boolean;
  /**
   * `each-answer-counts`: a failed query is a negative answer, and HTTPS is awaited as long as the resolution delay
   * allows (HE-10, HE-15). `as-a-whole`: a failed A or AAAA query fails them all and leaves it to getaddrinfo, and HTTPS
   * is cut off soon after the addresses are in (Chromium).
   */
  readonly dnsTask: 'each-answer-counts' | 'as-a-whole';
  /** How long queries that nobody waits for any more may go on, to fill the cache (HE-53); 0: they are cancelled. */
  readonly dnsDrainMs: Millis;
  /** Expired answers of the cache are given out at once, while fresh ones are fetched: optimistic DNS (HE-25). */
  readonly staleAnswers: 'unused' | 'served';
  /** Names are asked again when a TTL has ended without success, but not sooner than this (HE-24); absent or 0: never. */
  readonly asksAgainAfterMs?: Millis;
  /** Where a NAT64 prefix is known, A is asked even without IPv4 (HE-77); else IPv4 literals alone need the prefix. */
  readonly queriesAForNat64: boolean;
}
