/**
 * The parameters by which profiles differ: names, units and defaults as people override them in a scenario.
 *
 * A profile is one value of this type; `options-of.ts` turns it into options of the layers.
 */
import type { Millis } from '../../units.ts';

export interface Parameters {
  /** What must be answered before the first attempt, if the resolution delay does not end first. */
  readonly waitsFor: 'every-answer' | 'preferred-family' | 'preferred-family-and-service';
  /** Absent: only answers end the wait. */
  readonly resolutionDelayMs?: Millis;
  readonly resolutionDelayStartsAt: 'first-addresses' | 'first-answer' | 'first-ipv4-addresses';
  readonly preferredFamily: 'ipv6' | 'ipv4';
  /** Addresses of the preferred family come first, or RFC 6724 decides about families too. */
  readonly familyOrder: 'rfc6724' | 'preferred-first';
  /** `Infinity`: one family after the other. */
  readonly preferredAddressFamilyCount: number;

  /**
   * How candidates are tried: all in one staggered list; one list whose slow attempts are closed; the two families as
   * two lists; QUIC beside TCP, where a slow TCP attempt turns to the other family; QUIC beside two TCP connectors,
   * the second for the other family, and a backup that repeats both; one after the other.
   */
  readonly plan: 'one-list' | 'abandon-slow' | 'two-lists' | 'quic-beside-tcp' | 'quic-beside-two-connectors' | 'one-at-a-time';
  readonly connectionAttemptDelayMs: Millis;
  readonly minimumConnectionAttemptDelayMs: Millis;
  readonly maximumConnectionAttemptDelayMs: Millis;
  readonly connectionAttemptDelayMultiplier: number;
  /** After which the backup begins, from the first TCP attempt. */
  readonly backupDelayMs?: Millis;
  readonly protocolOrder: 'by-round' | 'by-protocol';
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
  readonly attemptTimeoutMs?: Millis;

  readonly quic: boolean;
  readonly httpsRecords: boolean;
  /** AliasMode and other TargetNames lead to further queries. */
  readonly followUps: boolean;
  readonly useAddressHints: boolean;
  readonly ech: boolean;
  /** Secure handshakes wait for the HTTPS answer. */
  readonly cryptoWaitsForHttpsRecords: boolean;

  /** The client asks DNS servers itself; if not, getaddrinfo does. */
  readonly builtInResolver: boolean;
  /**
   * `each-answer-counts`: a failed query is a negative answer, and HTTPS is awaited as long as the resolution delay
   * allows (HE-10, HE-15). `as-a-whole`: a failed A or AAAA query fails them all and leaves it to getaddrinfo, and HTTPS
   * is cut off soon after the addresses are in (Chromium).
   */
  readonly dnsTask: 'each-answer-counts' | 'as-a-whole';
  readonly policyTable: 'rfc6724' | 'rfc6724-update';
}

/** The draft's recommended values (HEv3 §9), which the others change. */
export const DRAFT_V3: Parameters = {
  waitsFor: 'preferred-family-and-service',
  resolutionDelayMs: 50,
  resolutionDelayStartsAt: 'first-addresses',
  preferredFamily: 'ipv6',
  familyOrder: 'rfc6724',
  preferredAddressFamilyCount: 1,
  plan: 'one-list',
  connectionAttemptDelayMs: 250,
  minimumConnectionAttemptDelayMs: 100,
  maximumConnectionAttemptDelayMs: 2000,
  connectionAttemptDelayMultiplier: 1,
  protocolOrder: 'by-round',
  asyncDnsQuicJob: false,
  tcpWinsAt: 'tls-handshake',
  tcpAfterQuicWon: 'cancelled',
  quicAfterTcpWonUntilMs: 0,
  quic: true,
  httpsRecords: true,
  followUps: true,
  useAddressHints: true,
  ech: true,
  cryptoWaitsForHttpsRecords: false,
  builtInResolver: true,
  dnsTask: 'each-answer-counts',
  policyTable: 'rfc6724-update',
};
