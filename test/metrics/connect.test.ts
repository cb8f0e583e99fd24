import { describe, expect, it } from 'vitest';
import { connectQuicDuration } from '../../src/metrics/connect-quic-duration.ts';
import { connectTcpDuration } from '../../src/metrics/connect-tcp-duration.ts';
import { connectTlsDuration } from '../../src/metrics/connect-tls-duration.ts';
import type { Attempt } from '../../src/model/race.ts';
import { attempt, forResolver, found, nothing, race, traceWith, unusedPreconnect } from './trace-builder.ts';

const attempts = (...parts: Partial<Attempt>[]) => traceWith({ races: [race({ attempts: parts.map(attempt) })] });

describe('connect.tcp.duration', () => {
  it('runs from connect to connected for every attempt that got there, winner or not', () => {
    const trace = attempts(
      { startMs: 30, connectedMs: 53, endMs: 90 },
      { startMs: 30, connectedMs: 296, outcome: 'lost' },
      { startMs: 40, connectedMs: 61, outcome: 'failed' },
      { startMs: 40, connectedMs: 62, outcome: 'spare' },
    );
    expect(found(connectTcpDuration, trace)).toEqual({ n: 4, value: 22.5, values: [23, 266, 21, 22] });
  });

  it('counts the handshakes of failed races and unused preconnects, which measure the path as well', () => {
    const handshake = [attempt({ connectedMs: 20, outcome: 'failed' })];
    const failed = race({ attempts: handshake, outcome: 'failed' });
    const races = [failed, race({ attempts: handshake, ...unusedPreconnect })];
    expect(found(connectTcpDuration, traceWith({ races }))).toMatchObject({ values: [20, 20] });
  });

  it('leaves out attempts that never connected, QUIC, clock steps and connections to a DoH server', () => {
    const notConnected = attempts(
      { endMs: 18, outcome: 'failed' },
      { endMs: 300, outcome: 'cancelled' },
      { outcome: 'unfinished' },
      { transport: 'quic', connectedMs: 40 },
      { startMs: 50, connectedMs: 48 },
    );
    expect(found(connectTcpDuration, notConnected)).toEqual(nothing);
    const toResolver = race({ attempts: [attempt({ connectedMs: 20 })], ...forResolver });
    expect(found(connectTcpDuration, traceWith({ races: [toResolver] }))).toEqual(nothing);
  });
});

describe('connect.tls.duration', () => {
  it('runs from the start of TLS to usable, without the wait before it', () => {
    const trace = attempts(
      { startMs: 30, connectedMs: 53, cryptoWaitMs: 172, secureStartMs: 225, endMs: 248 },
      { startMs: 30, connectedMs: 53, secureStartMs: 53, endMs: 80, outcome: 'spare' },
    );
    expect(found(connectTlsDuration, trace)).toEqual({ n: 2, value: 25, values: [23, 27] });
  });

  it('leaves out handshakes that did not finish, plain TCP and QUIC', () => {
    const trace = attempts(
      { secureStartMs: 50, endMs: 90, outcome: 'lost' },
      { secureStartMs: 50, endMs: 90, outcome: 'failed' },
      { secureStartMs: 50, endMs: 90, outcome: 'cancelled' },
      { secureStartMs: 50, outcome: 'unfinished' },
      { connectedMs: 50, endMs: 50 },
      { transport: 'quic', secureStartMs: 0, endMs: 40 },
    );
    expect(found(connectTlsDuration, trace)).toEqual(nothing);
  });
});

describe('connect.quic.duration', () => {
  it('runs from the first packet to the handshake done', () => {
    const trace = attempts(
      { transport: 'quic', startMs: 26.5, connectedMs: 72, endMs: 73 },
      { transport: 'quic', startMs: 26, connectedMs: 350, outcome: 'spare' },
    );
    expect(found(connectQuicDuration, trace)).toMatchObject({ n: 2, values: [45.5, 324] });
  });

  it('counts the handshake behind 0-RTT, not the moment it became usable', () => {
    const trace = attempts({ transport: 'quic', startMs: 10, endMs: 11, connectedMs: 34, zeroRtt: true });
    expect(found(connectQuicDuration, trace)).toEqual({ n: 1, value: 24, values: [24] });
  });

  it('leaves out 0-RTT that no server answered, unfinished handshakes and TCP', () => {
    const trace = attempts(
      { transport: 'quic', startMs: 10, endMs: 11, zeroRtt: true },
      { transport: 'quic', endMs: 4000, outcome: 'failed' },
      { transport: 'quic', outcome: 'unfinished' },
      { transport: 'tcp', connectedMs: 23 },
    );
    expect(found(connectQuicDuration, trace)).toEqual(nothing);
  });
});
