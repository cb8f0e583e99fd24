/**
 * What an era fixture is: a small log as one Chromium version writes it, and beside it, worked out
 * by hand, what an analyser should make of it.
 *
 * All stories happen at https://www.era.test (192.0.2.10 and 2001:db8::10); times are milliseconds
 * from the log's first event. What a version's log does not tell is left out of the expectation.
 */
import type { Attempt, Race } from '../../../src/model/race.ts';
import type { DnsTransaction, Resolution } from '../../../src/model/resolution.ts';
import type { Timeline } from '../../support/timeline.ts';

export const HOST = 'www.era.test';
export const V4 = '192.0.2.10';
export const V6 = '2001:db8::10';
export const V4_443 = '192.0.2.10:443';
export const V6_443 = '[2001:db8::10]:443';
export const DNS_SERVER = '192.0.2.53:53';

type Expected<T, K extends keyof T> = { readonly [P in K]?: T[P] };

export type ExpectedTransaction = Expected<DnsTransaction, 'name' | 'type' | 'startMs' | 'endMs' | 'outcome' | 'rcode'>;

export type ExpectedResolution = Expected<
  Resolution,
  'id' | 'host' | 'port' | 'scheme' | 'source' | 'startMs' | 'endMs' | 'durationMs' | 'outcome' | 'addresses' | 'speculative'
> & {
  /** In any order; the DNS task's own order differs between versions. */
  readonly queryTypes: readonly string[];
  readonly taskKinds: readonly string[];
  /** In the order they began. */
  readonly transactions: readonly ExpectedTransaction[];
};

export type ExpectedAttempt = Expected<
  Attempt,
  | 'id'
  | 'part'
  | 'transport'
  | 'ipEndpoint'
  | 'localEndpoint'
  | 'family'
  | 'connector'
  | 'startMs'
  | 'connectedMs'
  | 'secureStartMs'
  | 'endMs'
  | 'outcome'
  | 'slow'
>;

export type ExpectedRace = Expected<
  Race,
  'id' | 'engine' | 'destination' | 'preconnect' | 'startMs' | 'endMs' | 'durationMs' | 'outcome' | 'resolutionIds' | 'requestIds'
> & {
  readonly attempts: readonly ExpectedAttempt[];
  readonly winner: Expected<NonNullable<Race['winner']>, 'attemptId' | 'transport' | 'family' | 'ipEndpoint' | 'alpn'>;
  readonly fallback: Expected<Race['fallback'], 'family' | 'transport'>;
};

export interface Era {
  readonly chrome: string;
  /** What makes this era's log different. */
  readonly about: string;
  readonly log: Timeline;
  readonly resolutions: readonly ExpectedResolution[];
  readonly race: ExpectedRace;
}
