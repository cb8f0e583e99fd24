/** What is remembered of addresses, and for how long. Times in ms. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AddressHistory } from '../../../src/engine/addresses/address-history.ts';

const A = '2001:db8::1';
const B = '192.0.2.1';

function learned(...roundTrips: readonly (readonly [address: string, roundTrip: number])[]): AddressHistory {
  const history = new AddressHistory();
  for (const [address, roundTrip] of roundTrips) history.connected(address, roundTrip);
  return history;
}

describe('the history of addresses', () => {
  it('knows nothing of an address that was never connected to', () => {
    const history = learned([A, 40]);
    expect(history.roundTripTo(B)).toBeUndefined();
    expect(history.view().used.has(B)).toBe(false);
  });

  it('takes the first measurement as it is (RFC 6298 §2.2)', () => {
    expect(learned([A, 40]).roundTripTo(A)).toBe(40);
  });

  it('weighs each further one by an eighth (RFC 6298 §2.3): 40, then 120, is 50; then 50 is 50', () => {
    expect(learned([A, 40], [A, 120]).roundTripTo(A)).toBe(50);
    expect(learned([A, 40], [A, 120], [A, 50]).roundTripTo(A)).toBe(50);
  });

  it('shows all it knows as the sorter wants it (HE-42, HE-43)', () => {
    const { roundTripTimes, used } = learned([A, 40], [B, 10]).view();
    expect([...roundTripTimes]).toEqual([[A, 40], [B, 10]]);
    expect([...used]).toEqual([A, B]);
  });

  it('shows what was known when it was asked: later connections change nothing in it', () => {
    const history = learned([A, 40]);
    const before = history.view();
    history.connected(A, 120);
    history.connected(B, 10);
    expect([...before.roundTripTimes]).toEqual([[A, 40]]);
    expect([...before.used]).toEqual([A]);
    expect(history.view().roundTripTimes.get(A)).toBe(50);
  });

  it('is flushed when the network changes (HE-45, HE-46)', () => {
    const history = learned([A, 40], [B, 10]);
    history.networkChanged();
    expect(history.roundTripTo(A)).toBeUndefined();
    expect(history.view()).toEqual({ roundTripTimes: new Map(), used: new Set() });
  });

  it('of one partition says nothing to another (HE-44)', () => {
    const here = learned([A, 40]);
    expect(new AddressHistory().roundTripTo(A)).toBeUndefined();
    expect(here.roundTripTo(A)).toBe(40);
  });

  it('forgets an address after 64 connections though it is used for each, so that histories converge (HE-47)', () => {
    const history = learned([A, 400]);
    for (let n = 0; n < 63; n++) history.connected(A, 400);
    expect(history.roundTripTo(A)).toBe(400);
    history.connected(A, 10);
    expect(history.roundTripTo(A)).toBe(10);
  });

  it('forgets one that is not used any more as well (HE-47)', () => {
    const history = learned([B, 10]);
    for (let n = 0; n < 63; n++) history.connected(A, 40);
    expect(history.roundTripTo(B)).toBe(10);
    history.connected(A, 40);
    expect(history.view().used.has(B)).toBe(false);
  });

  it('is made of the last 64 connections alone, whatever was before (HE-47)', () => {
    const connection = (atLeast: number, atMost: number) => fc.tuple(fc.constantFrom(A, B, '192.0.2.2', '2001:db8::2'), fc.integer({ min: atLeast, max: atMost }));
    fc.assert(
      fc.property(fc.array(connection(1000, 2000), { maxLength: 100 }), fc.array(connection(1, 500), { minLength: 64, maxLength: 64 }), (past, recent) => {
        const { roundTripTimes } = learned(...past, ...recent).view();
        expect(roundTripTimes.size).toBeGreaterThan(0);
        for (const roundTrip of roundTripTimes.values()) expect(roundTrip).toBeLessThanOrEqual(500);
      }),
    );
  });
});

describe('a long round trip', () => {
  it('is SRTT + 4 RTTVAR of RFC 6298 §2, over all addresses', () => {
    const history = new AddressHistory();
    expect(history.longRoundTrip()).toBeUndefined();
    // SRTT 40, RTTVAR 20.
    history.connected('192.0.2.1', 40);
    expect(history.longRoundTrip()).toBe(120);
    // RTTVAR 20 + (40 - 20) / 4 = 25, SRTT 40 + 40 / 8 = 45.
    history.connected('192.0.2.2', 80);
    expect(history.longRoundTrip()).toBe(145);
  });

  it('is forgotten on another network', () => {
    const history = new AddressHistory();
    history.connected('192.0.2.1', 40);
    history.networkChanged();
    expect(history.longRoundTrip()).toBeUndefined();
  });
});
