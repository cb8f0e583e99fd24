/** Changes single parameters of a profile, as a scenario's `overrides` ask for. */
import { DRAFT_VERSIONS } from './draft-versions.ts';
import type { Parameters } from './parameters.ts';

type Kind = 'flag' | 'number' | readonly string[];

/** What values each parameter takes: one of some words, true or false, or a number. */
const KINDS: Readonly<Record<keyof Parameters, Kind>> = {
  waitsFor: ['every-answer', 'preferred-family', 'preferred-family-and-service'],
  resolutionDelayMs: 'number',
  resolutionDelayStartsAt: ['first-addresses', 'first-answer', 'first-ipv4-addresses'],
  hintsAtGate: ['as-answers', 'start-delay', 'beside-answers'],
  preferredFamily: ['ipv6', 'ipv4'],
  familyOrder: ['rfc6724', 'preferred-first'],
  preferredAddressFamilyCount: 'number',
  policyTable: ['rfc6724', 'rfc6724-update'],
  addressHistory: ['unused', 'breaks-ties', 'slower-last'],
  plan: ['one-list', 'abandon-slow', 'two-lists', 'quic-beside-tcp', 'quic-beside-two-connectors', 'one-at-a-time'],
  connectionAttemptDelayMs: 'number',
  connectionAttemptDelayAfterQuicMs: 'number',
  connectionAttemptDelayFactorWithinFamily: 'number',
  connectionAttemptDelayRoundTrips: 'number',
  unknownPaths: ['unexpected', 'as-known-ones'],
  minimumConnectionAttemptDelayMs: 'number',
  maximumConnectionAttemptDelayMs: 'number',
  connectionAttemptDelayMultiplier: 'number',
  connectionAttemptDelayMultiplierCounts: ['in-flight', 'started'],
  afterFailure: ['at-floor', 'at-once', 'after-delay'],
  onNewAnswer: ['keep-timer', 'bring-forward', 'quic-at-once'],
  attemptsPerFamily: 'number',
  backupDelayMs: 'number',
  protocolOrder: ['by-round', 'by-protocol', 'by-address'],
  endpointGroups: ['one', 'by-security-and-protocol'],
  recordsFirst: ['by-priority', 'fitting-running'],
  asyncDnsQuicJob: 'flag',
  tcpHeldBackMs: 'number',
  tcpWinsAt: ['tcp-handshake', 'tls-handshake'],
  tcpAfterQuicWon: ['cancelled', 'goes-on'],
  quicAfterTcpWonUntilMs: 'number',
  attemptTimeoutMs: 'number',
  raceTimeoutMs: 'number',
  fatalFailure: ['ends-race', 'fails-attempt'],
  tlsTimeoutMs: 'number',
  socketsPerGroup: 'number',
  socketsPerPool: 'number',
  secondSocketDelayMs: 'number',
  connectionsBy: ['attempt-manager', 'connect-jobs'],
  originFrames: ['ignored', 'over-quic', 'on-all'],
  skipDnsWithOriginFrame: 'flag',
  migratesToPreferredAddress: 'flag',
  quic: 'flag',
  httpsRecords: 'flag',
  followUps: 'flag',
  aliasLimit: 'number',
  targetLimit: 'number',
  useAddressHints: 'flag',
  keepHintsOnNegative: 'flag',
  withoutRecord: ['always', 'unless-ech', 'unless-protected-ech', 'never'],
  ech: 'flag',
  cryptoWaitsForHttpsRecords: 'flag',
  trustsProtectedDns: 'flag',
  builtInResolver: 'flag',
  dnsTask: ['each-answer-counts', 'as-a-whole'],
  dnsDrainMs: 'number',
  staleAnswers: ['unused', 'served'],
  asksAgainAfterMs: 'number',
  queriesAForNat64: 'flag',
};

/** `draft` is no parameter of its own: it stands for those in which a version of the draft differs. */
const ALL_KINDS: Readonly<Record<string, Kind>> = { draft: Object.keys(DRAFT_VERSIONS), ...KINDS };

/** An override that no profile has, or whose value can't be: what was expected and found. */
export class OverrideError extends Error {
  override readonly name = 'OverrideError';
}

/** @throws OverrideError */
export function withOverrides(parameters: Parameters, overrides: Readonly<Record<string, number | boolean | string>>): Parameters {
  for (const [name, value] of Object.entries(overrides)) {
    const kind = Object.hasOwn(ALL_KINDS, name) ? ALL_KINDS[name] : undefined;
    if (kind === undefined) throw new OverrideError(`overrides.${name}: expected one of ${Object.keys(ALL_KINDS).toSorted().join(', ')}`);
    if (!fits(value, kind)) throw new OverrideError(`overrides.${name}: expected ${wordsFor(kind)}, found ${JSON.stringify(value)}`);
  }
  const { draft, ...single } = overrides;
  return { ...parameters, ...(draft !== undefined && DRAFT_VERSIONS[String(draft)]), ...single };
}

function fits(value: number | boolean | string, kind: Kind): boolean {
  if (kind === 'flag') return typeof value === 'boolean';
  if (kind === 'number') return typeof value === 'number' && value >= 0;
  return kind.some((word) => word === value);
}

function wordsFor(kind: Kind): string {
  if (kind === 'flag') return 'true or false';
  return kind === 'number' ? 'a number, 0 or more' : `one of ${kind.join(', ')}`;
}
