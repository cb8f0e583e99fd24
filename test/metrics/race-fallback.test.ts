import { describe, expect, it } from 'vitest';
import { raceFamilyFallbackRate } from '../../src/metrics/race-family-fallback-rate.ts';
import { raceIntermediateEndpointRate } from '../../src/metrics/race-intermediate-endpoint-rate.ts';
import { raceIpv6WinRate } from '../../src/metrics/race-ipv6-win-rate.ts';
import { raceQuicWinRate } from '../../src/metrics/race-quic-win-rate.ts';
import { raceTransportFallbackRate } from '../../src/metrics/race-transport-fallback-rate.ts';
import type { Race } from '../../src/model/race.ts';
import type { Resolution } from '../../src/model/resolution.ts';
import {
  attempt,
  forResolver,
  found,
  httpsRecord,
  nothing,
  race,
  raceOf,
  resolution,
  traceWith,
  unusedPreconnect,
  update,
  v4,
  v6,
} from './trace-builder.ts';

const noFallback = { transport: false, family: false, service: false, resolver: false };
const tcpWin = [attempt({})];
const quicWin = [attempt({ transport: 'quic' })];
const tcpAfterQuic = [attempt({ id: 1, transport: 'quic', outcome: 'failed' }), attempt({ id: 2 })];

/** Resolutions and races; every race rests on resolution 1. */
function contest(resolutions: Partial<Resolution>[], races: Race[]) {
  return traceWith({
    resolutions: resolutions.map(resolution),
    races: races.map((one) => ({ ...one, resolutionIds: [1] })),
  });
}

describe('races between address families', () => {
  const dualStack = { id: 1, addresses: ['2001:db8::1', '192.0.2.1'] };
  const ipv6Wins = raceOf([attempt(v6)]);
  const ipv4Wins = raceOf([attempt({ id: 1, ...v6, outcome: 'lost' }), attempt({ id: 2, ...v4 })], {
    fallback: { ...noFallback, family: true },
  });
  const ipv4WinsUncontested = raceOf([attempt(v4)]);

  it('are won and fallen back from in shares of those to dual-stack hosts', () => {
    const trace = contest([dualStack], [ipv6Wins, ipv4Wins, ipv6Wins, ipv6Wins]);
    expect(found(raceIpv6WinRate, trace)).toEqual({ n: 4, value: 0.75, values: [1, 0, 1, 1] });
    expect(found(raceFamilyFallbackRate, trace)).toEqual({ n: 4, value: 0.25, values: [0, 1, 0, 0] });
  });

  it('are lost without a fall back where the AAAA answer came too late to be tried', () => {
    const trace = contest([dualStack], [ipv4WinsUncontested]);
    expect(found(raceIpv6WinRate, trace)).toEqual({ n: 1, value: 0, values: [0] });
    expect(found(raceFamilyFallbackRate, trace)).toEqual({ n: 1, value: 0, values: [0] });
  });

  it('are known to be contested from intermediate updates too, or from the attempts', () => {
    const unfinished = { id: 1, outcome: 'unfinished' } as const;
    const fromUpdates = [update({ ipv6: ['2001:db8::1'] }), update({ ipv4: ['192.0.2.1'] })];
    const told = contest([{ ...unfinished, endpointUpdates: fromUpdates }], [ipv6Wins]);
    expect(found(raceIpv6WinRate, told)).toMatchObject({ n: 1 });
    expect(found(raceIpv6WinRate, contest([unfinished], [ipv4Wins]))).toMatchObject({ n: 1 });
  });

  it('are nothing to count for hosts of one family or where the resolution is not in the log', () => {
    const ipv6Only = { id: 1, addresses: ['2001:db8::1', '2001:db8::2'] };
    const ipv4Only = { id: 1, addresses: ['192.0.2.1'] };
    expect(found(raceIpv6WinRate, contest([ipv6Only], [ipv6Wins]))).toEqual(nothing);
    expect(found(raceFamilyFallbackRate, contest([ipv4Only], [ipv4WinsUncontested]))).toEqual(nothing);
    expect(found(raceFamilyFallbackRate, contest([{ ...dualStack, id: 2 }], [ipv4Wins]))).toEqual(nothing);
  });

  it('count unused preconnects; not races without a winner nor those for the resolver', () => {
    const races = [
      raceOf([attempt(v6)], unusedPreconnect),
      raceOf([attempt({ ...v6, outcome: 'failed' })]),
      raceOf([attempt({ ...v6, outcome: 'unfinished' })], { outcome: 'unfinished' }),
      raceOf([attempt(v6)], forResolver),
    ];
    expect(found(raceIpv6WinRate, contest([dualStack], races))).toMatchObject({ n: 1, value: 1 });
    expect(found(raceFamilyFallbackRate, contest([dualStack], races))).toMatchObject({ n: 1, value: 0 });
  });
});

describe('race.transport_fallback_rate', () => {
  const fallback = { ...noFallback, transport: true };

  it('is the share of races with a QUIC attempt that TCP won', () => {
    const lost = raceOf(tcpAfterQuic, { fallback });
    const races = [raceOf(quicWin), lost, raceOf(tcpWin), raceOf(quicWin, unusedPreconnect)];
    expect(found(raceTransportFallbackRate, traceWith({ races }))).toMatchObject({ n: 3, values: [0, 1, 0] });
  });

  it('leaves out races without QUIC, not connected, or for the resolver', () => {
    const races = [
      raceOf(tcpWin),
      raceOf([attempt({ transport: 'quic', outcome: 'failed' })]),
      raceOf(tcpAfterQuic, { fallback, ...forResolver }),
    ];
    expect(found(raceTransportFallbackRate, traceWith({ races }))).toEqual(nothing);
  });
});

describe('race.quic_win_rate', () => {
  it('is the share of races won over QUIC where QUIC was attempted', () => {
    const races = [raceOf(quicWin), raceOf(tcpAfterQuic), raceOf(quicWin, unusedPreconnect)];
    expect(found(raceQuicWinRate, traceWith({ races }))).toMatchObject({ n: 3, values: [1, 0, 1] });
  });

  it('counts a host whose HTTPS record names HTTP/3 as lost if it came too late to be tried', () => {
    const late = { id: 1, httpsRecords: [httpsRecord({ alpn: ['h3', 'h2'] })] };
    expect(found(raceQuicWinRate, contest([late], [raceOf(tcpWin)]))).toEqual({ n: 1, value: 0, values: [0] });
    const told = { id: 1, endpointUpdates: [update({ alpn: ['h3-29'] })] };
    expect(found(raceQuicWinRate, contest([told], [raceOf(tcpWin)]))).toEqual({ n: 1, value: 0, values: [0] });
  });

  it('leaves out hosts without HTTP/3, records dropped, races not connected or for the resolver', () => {
    const httpsRecords = [httpsRecord({ alpn: ['h3'], used: false }), httpsRecord({ alpn: ['h2'] })];
    expect(found(raceQuicWinRate, contest([{ id: 1, httpsRecords }], [raceOf(tcpWin)]))).toEqual(nothing);
    const races = [
      raceOf([attempt({ transport: 'quic', outcome: 'failed' })]),
      raceOf([attempt({ transport: 'quic', outcome: 'unfinished' })], { outcome: 'unfinished' }),
      raceOf(quicWin, forResolver),
    ];
    expect(found(raceQuicWinRate, traceWith({ races }))).toEqual(nothing);
  });
});

describe('race.intermediate_endpoint_rate', () => {
  const from = (endpointStage: 'intermediate' | 'final' | 'cached' | 'unknown', parts: Partial<Race> = {}) =>
    raceOf([attempt({ endpointStage })], parts);

  it('is the share of winners on an endpoint known before resolution finished', () => {
    const races = [from('intermediate'), from('final'), from('final'), from('intermediate', unusedPreconnect)];
    const half = { n: 4, value: 0.5, values: [1, 0, 0, 1] };
    expect(found(raceIntermediateEndpointRate, traceWith({ races }))).toEqual(half);
  });

  it('looks at the winner, not at the attempts that lost', () => {
    const attempts = [
      attempt({ id: 1, endpointStage: 'intermediate', outcome: 'lost' }),
      attempt({ id: 2, endpointStage: 'final' }),
    ];
    const trace = traceWith({ races: [raceOf(attempts)] });
    expect(found(raceIntermediateEndpointRate, trace)).toMatchObject({ values: [0] });
  });

  it('leaves out cached and unknown endpoints, races not connected and those for the resolver', () => {
    const races = [
      from('cached'),
      from('unknown'),
      from('intermediate', { outcome: 'cancelled' }),
      race({ outcome: 'connected' }),
      from('intermediate', forResolver),
    ];
    expect(found(raceIntermediateEndpointRate, traceWith({ races }))).toEqual(nothing);
  });
});
