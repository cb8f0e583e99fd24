/** What a client makes of QUIC that has worked before: as measured with Chromium, `quic-known` and `quic-blocked`. */
import { describe, expect, it } from 'vitest';
import { QuicMemory } from '../../../src/engine/client/quic-memory.ts';
import { record } from '../race/race-driver.ts';
import { ClientDriver, OTHER, SITE } from './client-driver.ts';

/** Up to a session over h3 that is done with its request. */
const afterH3 = (): ClientDriver => new ClientDriver().load(1).dns('6a', '', [record('h3,h2')]).at(20).ready('6a/quic').at(40).responded(1);

const since = (client: ClientDriver, at: number): readonly string[] => client.lines.filter((line) => Number.parseFloat(line) >= at);

describe('a second visit, when QUIC has worked', () => {
  it('holds TCP back for 300 ms from the first QUIC attempt', () => {
    const client = afterH3().at(30_000).closed('6a/quic').at(33_000).load(2).at(34_000);
    expect(since(client, 33_000)).toEqual(['33000 connect 6a/quic early', '33300 connect 6a/tcp']);
  });

  it('starts both together, without early data, when the session broke', () => {
    const client = afterH3().at(30_000).closed('6a/quic', -356).at(33_000).load(2).at(34_000);
    expect(since(client, 33_000)).toEqual(['33000 connect 6a/quic', '33000 connect 6a/tcp']);
  });

  it('starts both together on another network, where QUIC has proven nothing', () => {
    const client = afterH3().at(30_000).closed('6a/quic').networkChanged(-21).at(33_000).load(2).at(34_000);
    expect(since(client, 33_000)).toEqual(['33000 connect 6a/quic early', '33000 connect 6a/tcp']);
  });
});

describe('a broken service', () => {
  const memory = (): QuicMemory => new QuicMemory({ brokenFor: 300_000, brokenForAtMost: 172_800_000 });
  const days = 24 * 3600 * 1000;

  it('stays so for 5 minutes, twice as long each time, and for two days at most', () => {
    const quic = memory();
    expect([1, 2, 3].map(() => quic.markBroken(SITE, 0))).toEqual([300_000, 600_000, 1_200_000]);
    for (let times = 4; times < 12; times++) quic.markBroken(SITE, 0);
    expect(quic.markBroken(SITE, 0)).toBe(2 * days);
  });

  it('is tried again afterwards, without a head start until it has worked', () => {
    const quic = memory();
    quic.confirm(OTHER);
    quic.markBroken(SITE, 0);
    expect([quic.isBroken(SITE, 299_999), quic.isBroken(SITE, 300_000), quic.isTrusted(SITE), quic.isTrusted(OTHER)]).toEqual([true, false, false, true]);
    quic.confirm(SITE);
    expect(quic.isTrusted(SITE)).toBe(true);
    expect(quic.markBroken(SITE, 0)).toBe(300_000);
  });

  it('is one among several: an alternative over TCP is broken alone', () => {
    const quic = memory();
    quic.learnAlternatives(SITE, [{ protocol: 'h2', port: 8443 }, { protocol: 'h3' }]);
    quic.markBroken(SITE, 0, { protocol: 'h2', port: 8443 });
    expect(quic.alternativesOf(SITE, 1)).toEqual([{ protocol: 'h3' }]);
    expect(quic.alternativesOf(SITE, 300_000)).toHaveLength(2);
  });
});
