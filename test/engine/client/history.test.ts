/** What a client learns of addresses from its own connections (HE-44, HE-45, HE-57, HE-67). */
import { describe, expect, it } from 'vitest';
import { ClientDriver, SITE } from './client-driver.ts';

/** A delay of two round trips, once 6a has answered after 30 ms. */
const known = (): ClientDriver =>
  new ClientDriver({ connectionAttemptDelayRoundTrips: 2, minimumConnectionAttemptDelayMs: 10 }, { profile: 'draft-v3' }).load(1).dns('6a', '4a', []).at(30).ready('6a/tcp').responded(1).closed('6a/tcp').at(1000);
const since = (client: ClientDriver): readonly string[] => client.at(2000).lines.filter((line) => Number.parseFloat(line) >= 1000);

describe('the history of addresses', () => {
  it('HE-57: makes the attempt delay follow the round trip of an earlier handshake', () => {
    expect(since(known().load(2))).toEqual(['1000 connect 6a/tcp', '1060 connect 4a/tcp']);
  });

  it('HE-44: is that of one partition', () => {
    expect(since(known().load(2, { ...SITE, partition: 'https://third.example' }).dns('6a', '4a', []))).toEqual(['1000 connect 6a/tcp', '1250 connect 4a/tcp']);
  });

  it('HE-45: is forgotten on another network', () => {
    expect(since(known().networkChanged(-21).load(2))).toEqual(['1000 connect 6a/tcp', '1250 connect 4a/tcp']);
  });

  it('HE-67: moves the timer of a connected attempt to the expected end of its secure handshake', () => {
    const client = new ClientDriver({}, { profile: 'draft-v3' }).load(1).dns('6a', '4a', []).at(200).connected('6a/tcp').at(1000);
    expect(client.lines).toEqual(['0 connect 6a/tcp', '200 tls 6a/tcp', '400 connect 4a/tcp']);
  });
});
