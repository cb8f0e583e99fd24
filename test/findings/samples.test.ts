/**
 * The findings of each sample, held against what was done to its network (samples/README.md): where nothing was broken
 * there is no warning; where something was, the finding that names it comes first, and no other fault is claimed.
 */
import { describe, expect, it } from 'vitest';
import { SAMPLES_WITH_TRUTH } from './samples-with-truth.ts';
import { reportOf } from '../truth/sample-reports.ts';

const NOTHING_BROKEN = [
  'dual-hev3',
  'dual-hev2',
  'dual-legacy',
  'svc-hev3',
  'svc-hev2',
  'altsvc-hev3',
  'reuse-hev2',
  'quic-known-hev3',
  'iplit-hev3',
  'http-upgrade-hev2',
  'sysdns-hev3',
  'ws-hev3',
  'doh-secure-hev3',
  'ech-ok-hev2',
  'origin-hev3',
  'origin-hev2',
  'pref-hev3',
];

/** What names the fault, and all that is wrong in the sample. */
interface Expected {
  readonly first: string;
  /** Warnings and errors; only the first finding if absent. */
  readonly wrong: readonly string[];
}

const fault = (...wrong: [string, ...string[]]): Expected => ({ first: wrong[0], wrong });
/** A fault without harm: nothing waited for it, or the browser has a way round it. */
const harmless = (first: string): Expected => ({ first, wrong: [] });

const BROKEN: Readonly<Record<string, Expected>> = {
  // AAAA 400 ms late: with HEv3 the resolution delay is spent on it, without it everything waits.
  'aaaa-slow-hev3': fault('dns.late_aaaa'),
  'aaaa-slow-hev2': fault('dns.late_aaaa'),
  // HTTPS 600 ms late: cut after 5 ms.
  'https-slow-hev3': harmless('dns.late_https'),
  // A and AAAA late, the hints are used instead.
  'svc-hints-slow-on-hev3': harmless('dns.late_aaaa'),
  'target-hints-on-hev3': fault('https.record_ignored'),
  'https-records-hev3': fault('https.record_ignored'),
  'dns-lost1-hev3': fault('dns.lost_queries'),
  'dns-trunc-hev2': harmless('dns.truncated'),
  'nxdomain-hev3': harmless('dns.name_not_found'),
  'servfail-hev2': fault('dns.server_failure'),
  'v6-blackhole-hev3': fault('ipv6.unusable'),
  'v6-blackhole-hev2': fault('ipv6.unusable'),
  'v6-blackhole-legacy': fault('ipv6.unusable'),
  // Given up after the attempt delay: dead and slow look the same.
  'v6-slow400-hev3': fault('ipv6.unusable'),
  'v6-rst-hev2': fault('ipv6.unusable'),
  // Three IPv6 and two of three IPv4 addresses.
  'multi-blackhole-hev3': fault('ipv6.unusable', 'address.dead'),
  'tls-stall-v6-hev3': fault('tls.stalled'),
  'quic-blocked-hev3': fault('quic.unusable'),
  'quic-history-blocked-hev2': fault('quic.unusable'),
  'badcert-hev3': fault('tls.certificate_rejected'),
  'ech-hev3': fault('ech.rejected'),
  // It is the proxy whose IPv6 is dead.
  'proxy-http-v6dead-hev2': fault('ipv6.unusable'),
  'h3-port-migration-hev3': fault('quic.path_broken'),
  'truncated-hev3': fault('log.incomplete'),
  'truncated-hev2': fault('log.incomplete'),
  // Eleven pages with dead IPv6 (h1) and UDP rejected (svcbad, whose beginning only hev2 kept), heads lost.
  'ring-hev3': fault('log.incomplete', 'ipv6.unusable'),
  'ring-hev2': fault('log.incomplete', 'ipv6.unusable', 'quic.handshake_failed'),
};

it('covers every sample', () => {
  expect([...NOTHING_BROKEN, ...Object.keys(BROKEN)].toSorted()).toEqual(SAMPLES_WITH_TRUTH);
});

describe('where nothing was broken', () => {
  it.each(NOTHING_BROKEN)('%s has neither warning nor error', async (sample) => {
    const { findings } = await reportOf(sample);
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });
});

describe('where something was', () => {
  it.each(Object.entries(BROKEN))('%s names it first and nothing else as wrong', async (sample, { first, wrong }) => {
    const { findings } = await reportOf(sample);
    expect(findings[0]?.id).toBe(first);
    expect(findings.filter(({ severity }) => severity !== 'info').map(({ id }) => id)).toEqual(wrong);
  });
});

it.each([...NOTHING_BROKEN, ...Object.keys(BROKEN)])('every finding of %s shows sources that are in the report', async (sample) => {
  const { findings, races, resolutions, requests, sessions, brokenAlternatives = [] } = await reportOf(sample);
  const things = [...races, ...races.flatMap(({ attempts }) => attempts), ...resolutions, ...requests, ...sessions, ...brokenAlternatives];
  const known = new Set([...things.flatMap(({ evidence }) => evidence.sourceIds), ...resolutions.flatMap(({ transactions }) => transactions.map(({ id }) => id))]);
  for (const { id, evidence } of findings) {
    if (id !== 'log.incomplete') expect(evidence.sourceIds, id).not.toEqual([]);
    expect(evidence.sourceIds.filter((source) => !known.has(source)), id).toEqual([]);
  }
});
