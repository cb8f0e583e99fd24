/** Vectors of Chromium's connection pool (M, K-28) and a rule of names (SB-26), by the client of its HEv3 profile. */
import { describe, expect, it } from 'vitest';
import { record } from '../race/race-driver.ts';
import { ClientDriver, OTHER, SITE } from './client-driver.ts';

const H3 = [record('h3,h2')];
/** Two requests at once: an attempt for each. */
const TWICE = ['0 connect 6a/tcp', '0 connect 6a/tcp#2'];
const HTTP = { scheme: 'http', host: SITE.host, port: 80 } as const;

describe('resolution and errors', () => {
  it('M-01: a name that does not resolve fails every request, without an attempt', () => {
    const client = new ClientDriver().load(1).load(2).at(20).dnsFails('nxdomain');
    expect(client.lines).toEqual(['20 failed 1 name-not-resolved', '20 failed 2 name-not-resolved']);
  });

  it('M-02: TCP starts with the first endpoint, TLS after TCP', () => {
    const client = new ClientDriver().load(1).at(20).dns('6a', undefined, []).at(40).connected('6a/tcp').at(130).secured('6a/tcp');
    expect(client.lines).toEqual(['20 connect 6a/tcp', '40 tls 6a/tcp', '130 send 1 on 6a/tcp']);
  });

  it('M-03: plain http waits for the HTTPS answer', () => {
    const client = new ClientDriver().load(1, HTTP).at(5).dns('', '4a').at(9).dns(undefined, undefined, []);
    expect(client.lines).toEqual(['9 connect 4a:80/tcp']);
  });

  it('M-04: plain http with a record goes to https, without an attempt before', () => {
    const client = new ClientDriver().load(1, HTTP).at(5).dns('', '4a').at(9).dns(undefined, undefined, [record('h2')]);
    expect(client.lines[0]).toBe('9 redirected 1 to https:443');
    expect(client.lines.filter((line) => line.includes(':80'))).toEqual([]);
  });

  it('M-05: the error of the only address is that of the request', () => {
    const client = new ClientDriver().load(1).dns('', '4a', []).at(11).fails('4a/tcp', -102);
    expect(client.lines).toEqual(['0 connect 4a/tcp', '11 failed 1 connection-failed -102']);
  });

  it('M-06: one attempt, success', () => {
    const client = new ClientDriver().load(1).dns('', '4a', []).at(30).ready('4a/tcp').at(50).responded(1);
    expect(client.lines).toEqual(['0 connect 4a/tcp', '30 tls 4a/tcp', '30 send 1 on 4a/tcp', '50 done 1']);
  });

  it('M-07: TCP goes ahead, TLS waits for the HTTPS answer', () => {
    const client = new ClientDriver({}, { resolver: { httpsExtraWait: 'unlimited' } }).load(1).dns('', '4a').at(20).connected('4a/tcp').at(30).dns(undefined, undefined, []);
    expect(client.lines).toEqual(['0 connect 4a/tcp', '30 tls 4a/tcp']);
  });

  it.each([
    ['M-08: a certificate error', -202],
    ['M-09: the demand for a client certificate', -110],
  ])('%s fails every request at once, and no other address is tried', (_, error) => {
    const client = new ClientDriver().load(1).load(2).dns('6a', '4a', []).at(20).connected('6a/tcp').at(30).fails('6a/tcp', error, 'fatal').at(1000);
    expect(client.lines).toEqual([...TWICE, '20 tls 6a/tcp', `30 failed 1 connection-failed ${error}`, `30 failed 2 connection-failed ${error}`, '30 cancel 6a/tcp#2']);
  });

  it.each([
    ['M-11: a change of addresses', -21],
    ['M-14: a flush', -100],
  ])('%s ends attempts and requests, and the next request starts afresh', (_, error) => {
    const client = new ClientDriver().load(1).load(2).dns('6a', '4a', []).at(30).networkChanged(error).at(40).load(3);
    const failures = [`30 failed 1 network-changed ${error}`, `30 failed 2 network-changed ${error}`];
    expect(client.lines).toEqual([...TWICE, '30 cancel 6a/tcp', ...failures, '30 cancel 6a/tcp#2', '40 connect 6a/tcp']);
  });

  it('M-13: a request that follows a failure has a race of its own', () => {
    const client = new ClientDriver().load(1).dns('', '4a', []).at(11).fails('4a/tcp', -102).load(2);
    expect(client.lines).toEqual(['0 connect 4a/tcp', '11 failed 1 connection-failed -102', '11 connect 4a/tcp']);
    expect(client.races).toEqual(['1', '2']);
  });

  it('M-15: a port on the block list fails at once, and nothing is resolved', () => {
    const client = new ClientDriver().load(1, { ...SITE, port: 25 });
    expect(client.lines).toEqual(['0 failed 1 connection-failed -312']);
    expect(client.races).toEqual([]);
  });

  it('M-16: the attempt of a cancelled request ends in a session for the next', () => {
    const client = new ClientDriver().load(1).dns('', '4a', []).at(10).cancel(1).at(20).ready('4a/tcp').at(30).load(2);
    expect(client.lines).toEqual(['0 connect 4a/tcp', '20 tls 4a/tcp', '30 send 2 on 4a/tcp']);
  });
});

describe('addresses', () => {
  it('M-20: a failed address is followed at once', () => {
    const client = new ClientDriver().load(1).dns('6a', '4a', []).at(15).fails('6a/tcp', -102).at(30).ready('4a/tcp');
    expect(client.lines).toEqual(['0 connect 6a/tcp', '15 connect 4a/tcp', '30 tls 4a/tcp', '30 send 1 on 4a/tcp']);
  });

  it('M-28: the timer stands still for the HTTPS answer and starts anew with it', () => {
    const client = new ClientDriver({}, { resolver: { httpsExtraWait: 'unlimited' } }).load(1).dns('6a', '4a').at(30).connected('6a/tcp').at(280).dns(undefined, undefined, []).at(540).ready('4a/tcp');
    expect(client.lines).toEqual(['0 connect 6a/tcp', '280 tls 6a/tcp', '530 connect 4a/tcp', '540 tls 4a/tcp', '540 cancel 6a/tcp', '540 send 1 on 4a/tcp']);
  });
});

describe('sessions', () => {
  it('M-36: an idle connection serves the next request without an attempt', () => {
    const client = new ClientDriver().load(1).dns('', '4a', []).at(20).ready('4a/tcp', { alpn: 'http/1.1' }).at(40).responded(1).at(50).load(2);
    expect(client.lines.slice(-2)).toEqual(['40 done 1', '50 send 2 on 4a/tcp']);
  });

  it('M-42: one h2 session for all, and the other attempts are cancelled', () => {
    const client = new ClientDriver().load(1).load(2).dns('6a', '4a', []).at(20).ready('6a/tcp');
    expect(client.lines).toEqual([...TWICE, '20 tls 6a/tcp', '20 send 1 on 6a/tcp', '20 send 2 on 6a/tcp', '20 cancel 6a/tcp#2']);
  });

  const withSession = (): ClientDriver => new ClientDriver().load(1).dns('', '4a', []).at(20).ready('4a/tcp', { names: ['example.com', '*.example'] });

  it('M-44: a session at the same address whose certificate covers the name is used', () => {
    const client = withSession().at(30).load(2, OTHER).at(40).dns(undefined, '4a', undefined, OTHER.host);
    expect(client.lines.slice(-2)).toEqual(['40 pooled 4a/tcp', '40 send 2 on 4a/tcp']);
  });

  it('M-45: a certificate that does not cover it needs a connection', () => {
    const uncovered = { ...OTHER, host: 'other.test' };
    const client = withSession().at(30).load(2, uncovered).at(40).dns('', '4a', [], uncovered.host);
    expect(client.lines.at(-1)).toBe('40 connect 4a/tcp#2');
  });
});

describe('QUIC', () => {
  const begun = (): ClientDriver => new ClientDriver().load(1).dns('', '4a', H3);
  const BOTH = ['0 connect 4a/quic', '0 connect 4a/tcp'];

  it('M-50: QUIC wins, TCP is cancelled', () => {
    expect(begun().at(30).ready('4a/quic').lines).toEqual([...BOTH, '30 cancel 4a/tcp', '30 send 1 on 4a/quic']);
  });

  it('M-52: one QUIC session serves both requests', () => {
    const sent = begun().load(2).at(30).ready('4a/quic').lines.filter((line) => line.includes('send') || line.endsWith('quic'));
    expect(sent).toEqual(['0 connect 4a/quic', '30 send 1 on 4a/quic', '30 send 2 on 4a/quic']);
  });

  it('M-53: without h3 in DNS nothing is sent over QUIC, and nothing marked', () => {
    const client = new ClientDriver().load(1).dns('', '4a', []).at(30).ready('4a/tcp');
    expect(client.lines).toEqual(['0 connect 4a/tcp', '30 tls 4a/tcp', '30 send 1 on 4a/tcp']);
  });

  it('M-58, K-28: QUIC fails, TCP succeeds: broken', () => {
    expect(begun().at(10).fails('4a/quic', -356).at(30).ready('4a/tcp').lines).toContain('30 quic broken');
  });

  it('M-54: what is broken is not tried again', () => {
    const client = begun().at(10).fails('4a/quic', -356).at(30).ready('4a/tcp').responded(1).at(40).closed('4a/tcp').at(50).load(2);
    expect(client.lines.at(-1)).toBe('50 connect 4a/tcp');
    expect(client.lines.filter((line) => line.endsWith('quic'))).toEqual(['0 connect 4a/quic']);
  });

  it('M-55: nor is a failed attempt, for a second request of the race', () => {
    const client = begun().at(10).fails('4a/quic', -356).at(20).load(2);
    expect(client.lines).toEqual([...BOTH, '20 connect 4a/tcp#2']);
  });

  it.each([-21, -106, -811])('M-59: an error that says nothing about QUIC (%i) marks nothing', (error) => {
    const client = begun().at(10).fails('4a/quic', error).at(30).ready('4a/tcp').responded(1).at(40).closed('4a/tcp').at(50).load(2);
    expect(client.lines).not.toContain('30 quic broken');
    expect(client.lines.slice(-2)).toEqual(['50 connect 4a/quic', '50 connect 4a/tcp']);
  });

  it.each([
    ['M-56, K-28: QUIC fails, then TLS', '4a/quic', -356, '4a/tcp', -107],
    ['M-57, K-28: TLS fails, then QUIC', '4a/tcp', -107, '4a/quic', -356],
  ])('%s: the last error counts, and nothing is marked', (_, first, firstError, second, secondError) => {
    const client = begun().at(10).fails(first, firstError).at(20).fails(second, secondError);
    expect(client.lines).toEqual([...BOTH, `20 failed 1 connection-failed ${secondError}`]);
  });

  /** QUIC has worked at another name, so that TCP waits 300 for it. */
  const proven = (): ClientDriver => new ClientDriver().load(9, OTHER).dns('', '4b', H3, OTHER.host).at(10).ready('4b/quic', { names: [OTHER.host] }).responded(9).at(1000);
  const since = (client: ClientDriver): readonly string[] => client.lines.filter((line) => Number(line.split(' ')[0]) >= 1000);

  it('M-60: QUIC that is ready in time leaves TCP no attempt', () => {
    expect(since(proven().load(1).dns('', '4a', H3).at(1100).ready('4a/quic').at(2000))).toEqual(['1000 connect 4a/quic', '1100 send 1 on 4a/quic']);
  });

  it('M-61: QUIC that fails early lets TCP start at once', () => {
    expect(since(proven().load(1).dns('', '4a', H3).at(1100).fails('4a/quic', -356))).toEqual(['1000 connect 4a/quic', '1100 connect 4a/tcp']);
  });

  it('M-62: QUIC that is late lets TCP start after the delay', () => {
    expect(since(proven().load(1).at(1040).dns('', '4a', H3).at(1500))).toEqual(['1040 connect 4a/quic', '1340 connect 4a/tcp']);
  });

  it('M-65: the same with a preconnect', () => {
    expect(since(proven().preconnect(1).at(1040).dns('', '4a', H3).at(1500))).toEqual(['1040 connect 4a/quic', '1340 connect 4a/tcp']);
  });

  it('M-67: a session that turns up during the attempt is used', () => {
    const client = new ClientDriver().load(1).load(2, OTHER).dns('', '4a', H3).dns('', '4a', H3, OTHER.host);
    client.at(20).secured('4a/quic', { alpn: 'h3', names: [SITE.host, OTHER.host] });
    expect(client.lines.filter((line) => line.includes('send')).toSorted()).toEqual(['20 send 1 on 4a/quic', '20 send 2 on 4a/quic']);
    expect(client.lines.filter((line) => line.includes('cancel'))).toHaveLength(3);
  });

  it('M-68: a preconnect of two brings one QUIC session', () => {
    const client = new ClientDriver().preconnect(1, 2).dns('', '4a', H3).at(30).ready('4a/quic').at(50).load(2);
    expect(client.lines.filter((line) => line.endsWith('quic'))).toEqual(['0 connect 4a/quic', '50 send 2 on 4a/quic']);
    expect(client.races).toEqual(['1', '2 beside 1']);
  });

  it('M-66, L-12: what is forced to QUIC has no TCP, nor an HTTPS record', () => {
    const forced = new ClientDriver({}, { forceQuicOn: [SITE] }).load(1).load(2).dns('', '4a', []);
    expect(forced.at(30).ready('4a/quic').lines).toEqual(['0 connect 4a/quic', '30 send 1 on 4a/quic', '30 send 2 on 4a/quic']);
  });

  it('M-66: and fails with the error of QUIC', () => {
    const forced = new ClientDriver({}, { forceQuicOn: [SITE] }).load(1).dns('', '4a', []);
    expect(forced.at(30).fails('4a/quic', -356).lines).toEqual(['0 connect 4a/quic', '30 failed 1 connection-failed -356']);
  });

  it('M-69: a request without alternative services has no QUIC, and no QUIC session serves it', () => {
    const withoutQuic = { protocols: ['h2', 'http/1.1'] } as const;
    expect(new ClientDriver().load(1, SITE, withoutQuic).dns('', '4a', H3).lines).toEqual(['0 connect 4a/tcp']);
    expect(begun().at(30).ready('4a/quic').at(50).load(2, SITE, withoutQuic).lines.at(-1)).toBe('50 connect 4a/tcp');
  });

  it('M-70: QUIC ends when the last request that could use it is cancelled', () => {
    const client = begun().load(2, SITE, { protocols: ['h2'] }).at(10).cancel(1);
    expect(client.lines).toEqual([...BOTH, '0 connect 4a/tcp#2', '10 cancel 4a/quic']);
  });

  it('M-49: a request that refuses http/1.1 fails when the server speaks nothing else', () => {
    const client = new ClientDriver().load(1, SITE, { protocols: ['h3', 'h2'] }).dns('', '4a', []).at(20).ready('4a/tcp', { alpn: 'http/1.1' });
    expect(client.lines).toEqual(['0 connect 4a/tcp', '20 tls 4a/tcp', '20 failed 1 connection-failed -122']);
  });

  it('L-10: a secure handshake that hangs fails after 30 s, and the next address follows', () => {
    const client = new ClientDriver().load(1).dns('6a', '4a', []).at(20).connected('6a/tcp').at(29_000).at(30_021).ready('4a/tcp');
    expect(client.lines.slice(2)).toEqual(['30020 cancel 6a/tcp', '30020 connect 4a/tcp', '30021 tls 4a/tcp', '30021 send 1 on 4a/tcp']);
  });
});

describe('alternatives and ECH', () => {
  const learnt = (alternative: { protocol: 'h3' | 'h2'; port?: number }): ClientDriver =>
    new ClientDriver({ httpsRecords: false }).load(1).dns('', '4a').at(20).ready('4a/tcp').at(40).responded(1, [alternative]).closed('4a/tcp').at(1000).load(2);
  const since = (client: ClientDriver): readonly string[] => client.lines.filter((line) => Number(line.split(' ')[0]) >= 1000);

  it('M-71: an alternative over TCP that works, the origin fails', () => {
    const client = learnt({ protocol: 'h2', port: 8443 }).at(1260).fails('4a/tcp', -102).at(1300).ready('4a:8443/tcp');
    expect(since(client)).toEqual(['1000 connect 4a:8443/tcp', '1250 connect 4a/tcp', '1300 tls 4a:8443/tcp', '1300 send 2 on 4a:8443/tcp']);
  });

  it('M-72: an alternative over TCP that fails while the origin works is broken', () => {
    const client = learnt({ protocol: 'h2', port: 8443 }).at(1010).fails('4a:8443/tcp', -102).at(1030).ready('4a/tcp').responded(2).closed('4a/tcp').at(2000).load(3);
    expect(since(client).slice(0, 2)).toEqual(['1000 connect 4a:8443/tcp', '1010 connect 4a/tcp']);
    expect(client.lines.filter((line) => line.startsWith('2000'))).toEqual(['2000 connect 4a/tcp']);
  });

  it('M-73: an alternative that negotiates http/1.1 has failed, and the origin goes on', () => {
    const client = learnt({ protocol: 'h2', port: 8443 }).at(1010).ready('4a:8443/tcp', { alpn: 'http/1.1' }).at(1030).ready('4a/tcp');
    expect(since(client)).toEqual(['1000 connect 4a:8443/tcp', '1010 tls 4a:8443/tcp', '1010 cancel 4a:8443/tcp', '1010 connect 4a/tcp', '1030 tls 4a/tcp', '1030 send 2 on 4a/tcp']);
  });

  it('M-74: an alternative with a bad certificate leaves the decision to the origin', () => {
    const client = learnt({ protocol: 'h2', port: 8443 }).at(1010).fails('4a:8443/tcp', -202, 'fatal').at(1030).ready('4a/tcp');
    expect(since(client).at(-1)).toBe('1030 send 2 on 4a/tcp');
  });

  it('M-75: a session over an alternative is used without an attempt', () => {
    const client = learnt({ protocol: 'h3' }).at(1020).ready('4a/quic').at(1100).load(3);
    expect(since(client).at(-1)).toBe('1100 send 3 on 4a/quic');
    expect(since(client).filter((line) => line.startsWith('1100'))).toHaveLength(1);
  });

  it('M-75: an alternative over QUIC that works', () => {
    expect(since(learnt({ protocol: 'h3' }).at(1020).ready('4a/quic'))).toEqual(['1000 connect 4a/quic', '1000 connect 4a/tcp', '1020 cancel 4a/tcp', '1020 send 2 on 4a/quic']);
  });

  it('M-75: an alternative over QUIC that fails leaves the origin', () => {
    const client = learnt({ protocol: 'h3' }).at(1010).fails('4a/quic', -356).at(1020).ready('4a/tcp');
    expect(since(client)).toEqual(['1000 connect 4a/quic', '1000 connect 4a/tcp', '1020 tls 4a/tcp', '1020 quic broken', '1020 send 2 on 4a/tcp']);
  });

  it('M-75: if both fail the request fails', () => {
    const client = learnt({ protocol: 'h3' }).at(1010).fails('4a/quic', -356).at(1020).fails('4a/tcp', -102);
    expect(since(client).at(-1)).toBe('1020 failed 2 connection-failed -102');
  });

  const ech = 'AEj+DQBE';

  it.each([
    ['M-76: ECH of the record is offered', true, '10 tls 4a/tcp +ech'],
    ['M-76: not with ECH off', false, '10 tls 4a/tcp'],
  ])('%s', (_, on, line) => {
    expect(new ClientDriver({ ech: on }).load(1).dns('', '4a', [record('h2', { ech })]).at(10).connected('4a/tcp').lines).toContain(line);
  });

  it('SB-26: the server name is the origin, whatever the TargetName', () => {
    const elsewhere = [record('h3,h2', { target: 'svc1.example.net', hints: '4b' })];
    const client = new ClientDriver({ followUps: true, useAddressHints: true }).load(1).dns('', undefined, elsewhere).at(60).connected('4b/tcp');
    expect(client.lines).toEqual(['50 connect 4b/quic', '50 connect 4b/tcp', '60 tls 4b/tcp']);
    expect([...client.serverNames]).toEqual([SITE.host]);
  });

  it('M-77: with ECH in some records the plain endpoint may be used', () => {
    const client = new ClientDriver().load(1).dns('', '4a', [record('h2', { ech }), record('h2', { priority: 2 })]).at(300).fails('4a/tcp', -102).at(400);
    expect(client.lines.filter((line) => line.includes('connect 4a/tcp'))).toHaveLength(2);
  });

  it('M-78: with ECH in all it may not', () => {
    const client = new ClientDriver().load(1).dns('', '4a', [record('h2', { ech })]).at(20).connected('4a/tcp').at(30).fails('4a/tcp', -107).at(1000);
    expect(client.lines).toEqual(['0 connect 4a/tcp', '20 tls 4a/tcp +ech', '30 failed 1 connection-failed -107']);
  });
});
