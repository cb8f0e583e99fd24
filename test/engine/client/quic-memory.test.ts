/** What a client makes of QUIC that has worked before: as measured with Chromium, `quic-known` and `quic-blocked`. */
import { describe, expect, it } from 'vitest';
import { record } from '../race/race-driver.ts';
import { ClientDriver } from './client-driver.ts';

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
