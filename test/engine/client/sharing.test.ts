/** Sessions that serve more than the name they were made for, and sessions that move (M-44, M-45, M-67; RFC 8336, RFC 9000 §9.6). */
import { describe, expect, it } from 'vitest';
import { record } from '../race/race-driver.ts';
import { ClientDriver, OTHER, SITE } from './client-driver.ts';

const H3 = [record('h3,h2')];
const NAMES = { names: ['example.com', 'other.example'] };
const since = (client: ClientDriver, at: number): readonly string[] => client.lines.filter((line) => Number.parseFloat(line) >= at);

/** A QUIC session to 4a that is good for both names. */
const overQuic = (overrides = {}): ClientDriver => new ClientDriver(overrides).load(1).dns('', '4a', H3).at(20).ready('4a/quic', NAMES).at(30);
const overTcp = (overrides = {}): ClientDriver => new ClientDriver(overrides).load(1).dns('', '4a', []).at(20).ready('4a/tcp', NAMES).at(30);

describe('an ORIGIN frame', () => {
  it('M-67: lets the session serve an origin that it names without asking DNS', () => {
    const client = overQuic().origins('4a/quic', 'https://other.example').at(40).load(2, OTHER);
    expect(since(client, 40)).toEqual(['40 send 2 on 4a/quic']);
    expect(client.races).toEqual(['1']);
  });

  it('M-67: that arrives during a race ends it', () => {
    const client = overQuic().load(2, OTHER).dns('', '4b', [], OTHER.host).at(35).origins('4a/quic', 'https://other.example');
    expect(since(client, 30)).toEqual(['30 connect 4b/tcp', '35 pooled 4a/quic', '35 cancel 4b/tcp', '35 send 2 on 4a/quic']);
  });

  it('counts after DNS alone where the client has no trust in it before', () => {
    const client = overQuic({ skipDnsWithOriginFrame: false }).origins('4a/quic', 'https://other.example').at(40).load(2, OTHER);
    expect(since(client, 40)).toEqual([]);
    expect(since(client.at(50).dns('', '4b', undefined, OTHER.host), 40)).toEqual(['50 pooled 4a/quic', '50 send 2 on 4a/quic']);
  });

  it('does not make up for a certificate', () => {
    const client = overQuic().origins('4a/quic', 'https://third.example').at(40).load(2, { ...OTHER, host: 'third.example' }).dns('', '4a', [], 'third.example');
    expect(since(client, 40)).toEqual(['40 connect 4a/tcp']);
  });

  it('narrows nothing: a name at the same address may share the session', () => {
    const client = overQuic().origins('4a/quic', 'https://third.example').at(40).load(2, OTHER).dns('', '4a', undefined, OTHER.host);
    expect(since(client, 40)).toEqual(['40 pooled 4a/quic', '40 send 2 on 4a/quic']);
  });

  it.each([
    ['is ignored over HTTP/2 by Chromium', {}, []],
    ['counts there for others', { originFrames: 'on-all' }, ['40 send 2 on 4a/tcp']],
  ])('%s', (_, overrides, lines) => {
    expect(since(overTcp(overrides).origins('4a/tcp', 'https://other.example').at(40).load(2, OTHER), 40)).toEqual(lines);
  });
});

describe('a pooled session', () => {
  it('M-44: is found without DNS the next time', () => {
    const client = overTcp().load(2, OTHER).dns('', '4a', undefined, OTHER.host).at(50).responded(2).at(60).load(3, OTHER);
    expect(since(client, 60)).toEqual(['60 send 3 on 4a/tcp']);
    expect(client.races).toEqual(['1', '2']);
  });

  it('M-45: serves its own partition alone', () => {
    const elsewhere = { ...OTHER, partition: 'https://third.example' };
    const client = overTcp().load(2, elsewhere).dns('', '4a', [], OTHER.host);
    expect(since(client, 30)).toEqual(['30 connect 4a/tcp#2']);
    expect(overTcp().load(2, { ...SITE, partition: 'https://third.example' }).races).toEqual(['1', '2']);
  });
});

describe('a preferred address', () => {
  it('is moved to in the family that the session runs over', () => {
    expect(since(overQuic().prefers('4a/quic', '6b', '4b'), 30)).toEqual(['30 migrate 4a/quic to 4b']);
  });

  it('is left alone in the other family, over TCP, and by clients that do not move', () => {
    expect(since(overQuic().prefers('4a/quic', '6b'), 30)).toEqual([]);
    expect(since(overTcp().prefers('4a/tcp', undefined, '4b'), 30)).toEqual([]);
    expect(since(overQuic({ migratesToPreferredAddress: false }).prefers('4a/quic', undefined, '4b'), 30)).toEqual([]);
  });

  it('is where names may share the session once it has moved', () => {
    const other = (client: ClientDriver): ClientDriver => client.at(60).load(2, OTHER).dns('', '4b', [], OTHER.host);
    expect(since(other(overQuic().prefers('4a/quic', undefined, '4b').migrated('4a/quic')), 60)).toEqual(['60 pooled 4a/quic', '60 send 2 on 4a/quic']);
    expect(since(other(overQuic().prefers('4a/quic', undefined, '4b').migrationFailed('4a/quic')), 60)).toEqual(['60 connect 4b/tcp']);
  });
});
