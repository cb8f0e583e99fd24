/** How many connections a client makes to a destination, and who waits for a place (M-17, M-31 to M-41, M-46 to M-48). */
import { describe, expect, it } from 'vitest';
import { ClientDriver, OTHER, SITE } from './client-driver.ts';

const HTTP11 = { alpn: 'http/1.1' };
const since = (client: ClientDriver, at: number): readonly string[] => client.lines.filter((line) => Number.parseFloat(line) >= at);
const connects = (client: ClientDriver): readonly string[] => client.lines.filter((line) => line.includes('connect '));

describe('parallel sockets', () => {
  it('M-37: a preconnect of two makes two attempts', () => {
    const client = new ClientDriver().preconnect(1, 2).dns('', '4a', []);
    expect(client.lines).toEqual(['0 connect 4a/tcp', '0 connect 4a/tcp#2']);
    expect(client.races).toEqual(['1', '2 beside 1']);
  });

  it('M-36: the second socket idles until a request takes it', () => {
    const client = new ClientDriver().preconnect(1, 2).load(2).dns('', '4a', []).at(20).ready('4a/tcp', HTTP11).ready('4a/tcp#2', HTTP11).at(30).load(3);
    expect(since(client, 20)).toEqual(['20 tls 4a/tcp', '20 send 2 on 4a/tcp', '20 done 1', '20 tls 4a/tcp#2', '30 send 3 on 4a/tcp#2']);
  });

  it('counts a preconnect and a request together: two and one are two', () => {
    expect(connects(new ClientDriver().preconnect(1, 2).load(2).dns('', '4a', []))).toHaveLength(2);
  });

  /** A session over HTTP/2 that was closed in peace. */
  const known = (): ClientDriver => new ClientDriver().load(9).dns('', '4a', []).at(20).ready('4a/tcp').responded(9).closed('4a/tcp').at(1000);

  it('M-38: with a server known to speak HTTP/2, a preconnect of two makes one attempt', () => {
    expect(since(known().preconnect(1, 2).at(2000), 1000)).toEqual(['1000 connect 4a/tcp']);
  });

  it('M-39: but two if it demands HTTP/1.1', () => {
    const client = new ClientDriver().load(9).dns('', '4a', []).at(20).ready('4a/tcp').responded(9).closed('4a/tcp', -365).at(1000).preconnect(1, 2);
    expect(since(client, 1000)).toEqual(['1000 connect 4a/tcp', '1000 connect 4a/tcp#2']);
  });

  it('M-40: a preconnect is done with the first connection, whatever becomes of the second', () => {
    const client = new ClientDriver().preconnect(1, 2).dns('', '4a', []).at(20).ready('4a/tcp', HTTP11).at(30).fails('4a/tcp#2', -102);
    expect(client.lines.filter((line) => / (done|failed) /.test(line))).toEqual(['20 done 1']);
  });

  it('M-40: and fails with the first attempt that does', () => {
    const client = new ClientDriver().preconnect(1, 2).dns('', '4a', []).at(20).fails('4a/tcp', -102).at(30).ready('4a/tcp#2', HTTP11);
    expect(client.lines.filter((line) => / (done|failed) /.test(line))).toEqual(['20 failed 1 connection-failed -102']);
  });

  it('M-40: connect jobs fail a preconnect with their last address', () => {
    const client = new ClientDriver({}, { profile: 'chromium-hev2' }).preconnect(1, 2).dns('6a', '4a', []).at(20).fails('6a/tcp', -102).at(40).fails('4a/tcp', -102);
    expect(client.lines.filter((line) => line.includes('failed'))).toEqual(['40 failed 1 connection-failed -102']);
  });

  it('two requests whose races fail one after the other both fail with the last, and get no more races', () => {
    const client = new ClientDriver().load(1).load(2).dns('', '4a', []).at(20).fails('4a/tcp', -102).at(30).fails('4a/tcp#2', -118);
    expect(client.races).toEqual(['1', '2 beside 1']);
    expect(client.lines.filter((line) => line.includes('failed'))).toEqual(['30 failed 1 connection-failed -118', '30 failed 2 connection-failed -118']);
  });

  it('but each with its own, where connections are jobs of their own', () => {
    const client = new ClientDriver({}, { profile: 'chromium-hev2' }).load(1).load(2).dns('', '4a', []).at(20).fails('4a/tcp', -102).at(30).fails('4a/tcp#2', -118);
    expect(client.lines.filter((line) => line.includes('failed'))).toEqual(['20 failed 1 connection-failed -102', '30 failed 2 connection-failed -118']);
  });

  it('M-46: with a server known to speak HTTP/2, the second request waits for the attempt of the first', () => {
    const client = known().load(1).load(2).at(1100).ready('4a/tcp');
    expect(since(client, 1000)).toEqual(['1000 connect 4a/tcp', '1100 tls 4a/tcp', '1100 send 1 on 4a/tcp', '1100 send 2 on 4a/tcp']);
  });

  it('M-47: for 300 ms; then it has an attempt of its own, and one session serves both', () => {
    const client = known().load(1).load(2).at(1400).ready('4a/tcp');
    expect(since(client, 1000)).toEqual(['1000 connect 4a/tcp', '1300 connect 4a/tcp#2', '1400 tls 4a/tcp', '1400 send 1 on 4a/tcp', '1400 send 2 on 4a/tcp', '1400 cancel 4a/tcp#2']);
  });

  it('M-48: if the server speaks HTTP/1.1 after all, the others start at once', () => {
    const client = known().load(1).load(2).load(3).at(1020).ready('4a/tcp', HTTP11);
    expect(since(client, 1020)).toEqual(['1020 tls 4a/tcp', '1020 send 1 on 4a/tcp', '1020 connect 4a/tcp#2', '1020 connect 4a/tcp#3']);
  });

  it('lets connect jobs go on beside an HTTP/2 session, and end as sockets that serve nobody', () => {
    const client = new ClientDriver({}, { profile: 'chromium-hev2' }).load(1).load(2).dns('', '4a', []).at(20).ready('4a/tcp').at(30).ready('4a/tcp#2').at(40).load(3);
    expect(client.lines.filter((line) => line.includes('cancel'))).toEqual([]);
    expect(since(client, 30)).toEqual(['30 tls 4a/tcp#2', '40 send 3 on 4a/tcp']);
  });
});

describe('limits', () => {
  const loads = (client: ClientDriver, count: number, destination = SITE): ClientDriver => {
    for (let id = 1; id <= count; id++) client.load(id, destination);
    return client;
  };

  it('M-32: the seventh request of a group waits until a socket is free', () => {
    const client = loads(new ClientDriver(), 7).dns('', '4a', []);
    expect(connects(client)).toHaveLength(6);
    for (const socket of ['', '#2', '#3', '#4', '#5', '#6']) client.at(20).ready(`4a/tcp${socket}`, HTTP11);
    client.at(50).responded(1);
    expect(since(client, 50)).toEqual(['50 done 1', '50 send 7 on 4a/tcp']);
    expect(connects(client)).toHaveLength(6);
  });

  it('M-32: or is gone', () => {
    const client = loads(new ClientDriver(), 7).dns('', '4a', []).at(20).ready('4a/tcp', HTTP11).at(50).closed('4a/tcp', -324);
    expect(since(client, 50)).toEqual(['50 failed 1 session-closed -324', '50 connect 4a/tcp#6']);
  });

  it('M-31: a group has no more places than the pool', () => {
    expect(connects(loads(new ClientDriver({}, { limits: { perGroup: 6, perPool: 2 } }), 3).dns('', '4a', []))).toHaveLength(2);
  });

  it('M-33: an idle socket of another group makes room in a full pool', () => {
    const client = new ClientDriver({}, { limits: { perGroup: 6, perPool: 1 } }).load(1).dns('', '4a', []).at(20).ready('4a/tcp', HTTP11).at(30).responded(1);
    client.at(40).load(2, OTHER).dns('', '4b', [], OTHER.host);
    expect(since(client, 30)).toEqual(['30 done 1', '40 cancel 4a/tcp', '40 connect 4b/tcp']);
  });

  it('M-34: the group with the more urgent request gets the next place', () => {
    const third = { ...OTHER, host: 'third.example' };
    const client = new ClientDriver({}, { limits: { perGroup: 6, perPool: 1 } }).load(1).dns('', '4a', []).load(2, OTHER, { priority: 'low' }).load(3, third, { priority: 'medium' });
    expect(client.races).toEqual(['1']);
    client.at(20).fails('4a/tcp', -102).dns('', '4c', [], third.host);
    expect(since(client, 20)).toEqual(['20 failed 1 connection-failed -102', '20 connect 4c/tcp']);
  });

  it('M-35: a request that ignores limits does not wait', () => {
    const client = new ClientDriver({}, { limits: { perGroup: 1, perPool: 1 } }).load(1).dns('', '4a', []).load(2).load(3, SITE, { ignoresLimits: true });
    expect(connects(client)).toHaveLength(2);
  });

  it.each([
    ['group', { perGroup: 1, perPool: 9 }],
    ['pool', { perGroup: 9, perPool: 1 }],
  ])('M-41: a preconnect fails at the limit of the %s', (_, limits) => {
    expect(new ClientDriver({}, { limits }).load(1).preconnect(2).lines).toEqual(['0 failed 2 connection-failed -133']);
  });

  it('M-17: what becomes more urgent while it waits goes first', () => {
    const client = new ClientDriver({}, { limits: { perGroup: 1, perPool: 1 } });
    client.load(1).dns('', '4a', []).load(2, SITE, { priority: 'low' }).load(3, SITE, { priority: 'lowest' }).setPriority(3, 'medium');
    client.at(20).ready('4a/tcp', HTTP11).at(30).responded(1);
    expect(since(client, 30)).toEqual(['30 done 1', '30 send 3 on 4a/tcp']);
  });

  it('M-12: a change of the TLS configuration closes idle sockets, and others when they are idle', () => {
    const client = new ClientDriver().preconnect(1, 2).load(2).dns('', '4a', []).at(20).ready('4a/tcp', HTTP11).ready('4a/tcp#2', HTTP11);
    client.at(30).tlsConfigChanged().at(40).responded(2).at(50).load(3);
    expect(since(client, 30)).toEqual(['30 cancel 4a/tcp#2', '40 done 2', '40 cancel 4a/tcp', '50 connect 4a/tcp']);
  });
});

describe('a request on a session that had been used before', () => {
  const reused = (): ClientDriver => new ClientDriver().load(1).dns('', '4a', []).at(20).ready('4a/tcp', HTTP11).at(30).responded(1).at(40).load(2);

  it('starts anew when the session is reset, once', () => {
    const client = reused().at(50).closed('4a/tcp', -101).at(70).ready('4a/tcp', HTTP11).at(80).closed('4a/tcp', -101);
    expect(since(client, 50)).toEqual(['50 retried 2 -101', '50 connect 4a/tcp', '70 tls 4a/tcp', '70 send 2 on 4a/tcp', '80 failed 2 session-closed -101']);
  });

  it('fails with the session for other reasons', () => {
    expect(since(reused().at(50).closed('4a/tcp', -324), 50)).toEqual(['50 failed 2 session-closed -324']);
  });
});
