/** Rules about addresses, families and transports, on races drawn by hand. */
import { describe, expect, it } from 'vitest';
import { hostUnreachable } from '../../src/findings/rules/host-unreachable.ts';
import { ipv6Unusable } from '../../src/findings/rules/ipv6-unusable.ts';
import { tlsCertificate } from '../../src/findings/rules/tls-certificate.ts';
import type { Attempt } from '../../src/model/race.ts';
import { attempt, forResolver, raceOf, resolution, v4, v6 } from '../metrics/trace-builder.ts';
import { findingsOf, verdicts } from './findings-of.ts';

const error = (code: number, name: string) => ({ outcome: 'failed', netError: { code, name } }) as const;
const REFUSED = error(-102, 'ERR_CONNECTION_REFUSED');
const won = attempt({ id: 9, ...v4, startMs: 250, connectedMs: 270, endMs: 290 });
const silentFor = (ms: number, parts: Partial<Attempt> = {}) => attempt({ id: 2, outcome: 'lost', startMs: 0, endMs: ms, ...parts });
const race = (attempts: Attempt[], parts = {}) => raceOf(attempts, { destination: { scheme: 'https', host: 'a.test', port: 443 }, durationMs: 300, ...parts });

describe('IPv6', () => {
  it('silent for the attempt delay while IPv4 answers is a warning that admits its doubt', () => {
    const [finding] = findingsOf(ipv6Unusable, { races: [race([silentFor(290), won])] });
    expect(finding).toMatchObject({ severity: 'warning', title: 'IPv6 connections get no answer in time: dead or slow', numbers: { costMs: 250 } });
    expect(finding?.detail).toContain('cannot tell dead from slower');
  });

  it('silent for a second, or rejected, leaves no doubt', () => {
    expect(findingsOf(ipv6Unusable, { races: [race([silentFor(1300), won])] })[0]?.title).toBe('IPv6 connections get no answer');
    expect(findingsOf(ipv6Unusable, { races: [race([silentFor(20, REFUSED), won])] })[0]?.title).toBe('IPv6 connections are rejected');
  });

  it.each([
    ['cancelled before the attempt delay was over', silentFor(120)],
    ['cut off by a change of the network', silentFor(400, error(-21, 'ERR_NETWORK_CHANGED'))],
    ['cancelled for a new address of the client', silentFor(400, { cancelReason: 'IpAddressChanged' })],
    ['answered late', silentFor(400, { connectedMs: 380 })],
  ])('is not judged where an attempt was %s', (_what, six) => {
    expect(findingsOf(ipv6Unusable, { races: [race([six, won])] })).toEqual([]);
  });

  it('is not judged while the log ends within the attempt delay', () => {
    const running = attempt({ id: 2, outcome: 'unfinished', startMs: 59_900 });
    expect(findingsOf(ipv6Unusable, { races: [race([running, won])] })).toEqual([]);
  });

  it('that answers at the same place another time is not unusable', () => {
    const good = race([attempt({ id: 3, connectedMs: 20, endMs: 40 })]);
    expect(findingsOf(ipv6Unusable, { races: [race([silentFor(290), won]), good] })).toEqual([]);
  });

  it('much slower than IPv4 is told apart from dead', () => {
    expect(verdicts({ races: [race([attempt({ id: 2, outcome: 'lost', connectedMs: 280, endMs: 290 }), won])] })).toEqual(['warning ipv6.slow']);
  });

  it('slow where IPv4 was never tried is only information', () => {
    const slow = race([attempt({ connectedMs: 220, endMs: 440 })]);
    const known = resolution({ host: 'a.test', addresses: ['2001:db8::1', '192.0.2.1'] });
    expect(verdicts({ races: [slow], resolutions: [known] })).toEqual(['info ipv6.slow']);
    expect(verdicts({ races: [slow], resolutions: [{ ...known, addresses: ['2001:db8::1'] }] })).toEqual([]);
  });
});

describe('a host', () => {
  const four = silentFor(9000, { ...v4, outcome: 'cancelled' });
  const none = race([silentFor(9000, { outcome: 'cancelled' }), four], { outcome: 'cancelled' });

  it('of which every address is silent cannot be reached, and untried addresses are named', () => {
    const known = resolution({ id: 5, addresses: ['2001:db8::1', '192.0.2.1', '192.0.2.2'] });
    const [finding] = findingsOf(hostUnreachable, { races: [{ ...none, resolutionIds: [5] }], resolutions: [known] });
    expect(finding).toMatchObject({ severity: 'error', numbers: { attempts: 2, longestSilenceMs: 9000, addressesNeverTried: 1 } });
    expect(finding?.detail).toContain('192.0.2.2');
  });

  it('that refuses at every address cannot be reached', () => {
    const refused = race([silentFor(20, REFUSED), silentFor(20, { ...v4, ...REFUSED })], { outcome: 'failed' });
    expect(verdicts({ races: [refused] })).toEqual(['error host.unreachable']);
  });

  it.each([
    ['a second of silence may be a lost packet', race([silentFor(1200, { outcome: 'cancelled' })], { outcome: 'cancelled' })],
    ['QUIC alone proves nothing', race([silentFor(9000, { outcome: 'cancelled', transport: 'quic' })], { outcome: 'cancelled' })],
    ['a server for DNS over HTTPS has a rule of its own', { ...none, ...forResolver }],
  ])('is not judged too soon: %s', (_why, one) => {
    expect(findingsOf(hostUnreachable, { races: [one] })).toEqual([]);
  });

  it('on the loopback address is a blocking list’s, no fault', () => {
    const local = silentFor(1, { ...REFUSED, ipEndpoint: '127.0.0.1:443', family: 'ipv4' });
    expect(verdicts({ races: [race([local], { outcome: 'failed' })] })).toEqual(['info host.unreachable']);
  });

  it('with one dead address of several has that address named', () => {
    const dead = silentFor(300, { ...v4, ipEndpoint: '192.0.2.7:443' });
    expect(verdicts({ races: [race([dead, won])] })).toEqual(['warning address.dead']);
  });
});

describe('QUIC', () => {
  const tcp = attempt({ id: 3, connectedMs: 20, endMs: 40 });
  const quic = (parts: Partial<Attempt>) => attempt({ id: 4, transport: 'quic', outcome: 'lost', ...parts });

  it('silent at an address that answers TCP is unusable', () => {
    expect(verdicts({ races: [race([quic({ endMs: 251 }), tcp])] })).toEqual(['warning quic.unusable']);
    expect(verdicts({ races: [race([quic({ endMs: 4000, ...error(-356, 'ERR_QUIC_PROTOCOL_ERROR') }), tcp])] })).toEqual(['warning quic.unusable']);
  });

  it('silent at an address that does not answer TCP either is not to blame', () => {
    const dead = [quic({ endMs: 400 }), silentFor(300)];
    expect(verdicts({ races: [race([...dead, won])] })).toEqual(['warning ipv6.unusable']);
  });

  it('rejected within round trips is a failed handshake', () => {
    expect(verdicts({ races: [race([quic({ endMs: 25, ...error(-356, 'ERR_QUIC_PROTOCOL_ERROR') }), tcp])] })).toEqual(['warning quic.handshake_failed']);
  });

  it('answered after 300 ms and three times as late as TCP with TLS is slow', () => {
    expect(verdicts({ races: [race([quic({ outcome: 'spare', connectedMs: 420, endMs: 420 }), tcp])] })).toEqual(['warning quic.slow']);
    expect(verdicts({ races: [race([quic({ outcome: 'spare', connectedMs: 110, endMs: 110 }), tcp])] })).toEqual([]);
  });

  it('working while TCP is dead is told', () => {
    const up = quic({ outcome: 'won', connectedMs: 25, endMs: 25 });
    expect(verdicts({ races: [race([up, silentFor(5000)])] })).toEqual(['warning tcp.unusable']);
  });

  it('won by 0-RTT and never answered is an error', () => {
    const zero = quic({ outcome: 'won', zeroRtt: true, endMs: 1 });
    expect(verdicts({ races: [race([zero])] })).toEqual(['error quic.zero_rtt_unanswered']);
    expect(verdicts({ races: [race([{ ...zero, connectedMs: 30 }])] })).toEqual([]);
  });
});

describe('TLS', () => {
  const shaken = { connectedMs: 20, secureStartMs: 20 };

  it('unfinished for 3 s after TCP connected stands still', () => {
    expect(verdicts({ races: [race([attempt({ ...shaken, outcome: 'cancelled', endMs: 4000 })], { outcome: 'cancelled' })] })).toEqual(['error tls.stalled']);
    expect(verdicts({ races: [race([attempt({ ...shaken, outcome: 'cancelled', endMs: 2000 })], { outcome: 'cancelled' })] })).toEqual([]);
  });

  it('broken off is an error, or a warning where another attempt won', () => {
    const reset = attempt({ id: 2, ...shaken, endMs: 45, ...error(-101, 'ERR_CONNECTION_RESET') });
    expect(verdicts({ races: [race([reset])] })).toEqual(['error tls.handshake_failed']);
    expect(verdicts({ races: [race([reset, won])] })).toEqual(['warning tls.handshake_failed']);
  });

  it('with unknown authorities at three hosts is a sign of interception', () => {
    const bad = (host: string) => race([attempt({ ...shaken, endMs: 50, ...error(-202, 'ERR_CERT_AUTHORITY_INVALID') })], { outcome: 'failed', destination: { scheme: 'https', host, port: 443 } });
    expect(verdicts({ races: [bad('a.test')] })).toEqual(['error tls.certificate_rejected']);
    const [finding] = findingsOfAll([bad('a.test'), bad('b.test'), bad('c.test')]);
    expect(finding?.title).toContain('interception');
  });

  it('slow beyond all proportion is a warning', () => {
    expect(verdicts({ races: [race([attempt({ ...shaken, endMs: 700 })])] })).toEqual(['warning tls.slow']);
    expect(verdicts({ races: [race([attempt({ ...v6, connectedMs: 140, secureStartMs: 140, endMs: 650 })])] })).toEqual([]);
  });
});

function findingsOfAll(races: ReturnType<typeof race>[]) {
  return findingsOf(tlsCertificate, { races });
}
