/** Single attempts, samples of bounded size, and choices among what may have been. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../src/model/race.ts';
import { seenAttempt } from '../../src/whatif/attempt-steps.ts';
import { drawn, typical } from '../../src/whatif/settle.ts';
import { ThinnedSample } from '../../src/whatif/thinned-sample.ts';
import type { StepOutcome } from '../../src/whatif/inferred-race.ts';

const attempt = (fields: Partial<Attempt>): Attempt => ({ id: 1, transport: 'tcp', ipEndpoint: '192.0.2.1:443', family: 'ipv4', startMs: 100, outcome: 'lost', endpointStage: 'final', evidence: { sourceIds: [], eventIndices: [] }, ...fields });
const outcome = (kind: StepOutcome['kind'], ms?: number) => ({ kind: 'outcome', outcome: { kind, ...(ms !== undefined && { ms }) } });

describe('an attempt over TCP', () => {
  it.each<[string, Partial<Attempt>, object | undefined]>([
    ['is measured in two steps', { connectedMs: 122, secureStartMs: 124, endMs: 150, outcome: 'won' }, { connect: outcome('took', 22), secure: outcome('took', 26) }],
    ['that was cancelled tells how long it waited', { endMs: 350 }, { connect: { kind: 'unanswered', forMs: 250 } }],
    ['that was cancelled in TLS tells how long that waited', { connectedMs: 122, secureStartMs: 122, endMs: 172 }, { connect: outcome('took', 22), secure: { kind: 'unanswered', forMs: 50 } }],
    ['that was refused', { endMs: 120, outcome: 'failed', netError: { code: -102, name: 'ERR_CONNECTION_REFUSED' } }, { connect: outcome('refused', 20) }],
    ['without a route', { endMs: 101, outcome: 'failed', netError: { code: -109, name: 'ERR_ADDRESS_UNREACHABLE' } }, { connect: outcome('unreachable', 1) }],
    ['that timed out', { endMs: 134_100, outcome: 'failed', netError: { code: -118, name: 'ERR_CONNECTION_TIMED_OUT' } }, { connect: outcome('silent') }],
    ['with a certificate that nobody trusts', { connectedMs: 120, secureStartMs: 120, endMs: 145, outcome: 'failed', netError: { code: -202, name: 'ERR_CERT_AUTHORITY_INVALID' } }, { connect: outcome('took', 20), secure: outcome('denied', 25) }],
    ['whose ECH was rejected has had its handshake', { connectedMs: 120, secureStartMs: 120, endMs: 145, outcome: 'failed', netError: { code: -183, name: 'ERR_ECH_NOT_NEGOTIATED' } }, { connect: outcome('took', 20), secure: outcome('took', 25) }],
    ['that the log cuts off tells nothing', { outcome: 'unfinished' }, undefined],
  ])('%s', (_, fields, expected) => {
    expect(seenAttempt(attempt(fields), 'secure')).toEqual(expected);
  });

  it('has one step without TLS', () => {
    expect(seenAttempt(attempt({ connectedMs: 122, endMs: 122, outcome: 'won' }), 'nothing')).toEqual({ connect: outcome('took', 22) });
  });
});

describe('an attempt over QUIC', () => {
  it.each<[string, Partial<Attempt>, object | undefined]>([
    ['is one handshake', { connectedMs: 168, endMs: 168, outcome: 'spare' }, { connect: outcome('took', 68) }],
    ['with early data is measured when the server has answered', { connectedMs: 150, endMs: 101, zeroRtt: true, outcome: 'won' }, { connect: outcome('took', 50) }],
    ['with early data that nobody answered tells nothing of the path', { endMs: 101, zeroRtt: true, outcome: 'won' }, undefined],
    ['that fails at once was turned away', { endMs: 122, outcome: 'failed', netError: { code: -356, name: 'ERR_QUIC_PROTOCOL_ERROR' } }, { connect: outcome('unreachable', 22) }],
    ['that fails after four seconds had no answer', { endMs: 4100, outcome: 'failed', netError: { code: -356, name: 'ERR_QUIC_PROTOCOL_ERROR' } }, { connect: outcome('silent') }],
  ])('%s', (_, fields, expected) => {
    expect(seenAttempt(attempt({ transport: 'quic', ...fields }), 'secure')).toEqual(expected);
  });
});

describe('a thinned sample', () => {
  it('is all of a few values, and evenly spaced ones of many', () => {
    const sampleOf = (n: number): readonly number[] => {
      const sample = new ThinnedSample<number>();
      for (let i = 0; i < n; i++) sample.add(i);
      return sample.values;
    };
    expect(sampleOf(3)).toEqual([0, 1, 2]);
    expect(sampleOf(64)).toEqual(Array.from({ length: 32 }, (_, i) => 2 * i));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), (n) => {
        const values = sampleOf(n);
        const gaps = new Set(values.slice(1).map((value, i) => value - (values[i] ?? 0)));
        expect([values.length > 0 && values.length < 64, gaps.size <= 1]).toEqual([true, true]);
      }),
    );
  });
});

describe('a choice', () => {
  const took = (ms: number): StepOutcome => ({ kind: 'took', ms });
  it('is typically the one in the middle: dead only if more than half are', () => {
    expect(typical([took(9), took(1), took(5)])).toEqual(took(5));
    expect(typical([{ kind: 'silent' }, took(1), took(5)])).toEqual(took(5));
    expect(typical([{ kind: 'silent' }, took(5), { kind: 'silent' }])).toEqual({ kind: 'silent' });
  });

  it('can be drawn: each is as likely', () => {
    const among = [took(1), took(2)];
    expect([drawn(() => 0)(among), drawn(() => 0.49)(among), drawn(() => 0.5)(among), drawn(() => 0.999)(among)]).toEqual([took(1), took(1), took(2), took(2)]);
  });
});
