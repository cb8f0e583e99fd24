import { describe, expect, it } from 'vitest';
import type { Race } from '../../../src/model/race.ts';
import type { Trace } from '../../../src/model/trace.ts';
import { DrivenClient, ORIGIN, V4, V6 } from './driven-client.ts';

const TCP6 = `[${V6}]:443`;
const TCP4 = `${V4}:443`;
const H3_RECORD = { priority: 1, target: '.', params: { alpn: ['h3', 'h2'] } };

function only<Item>(items: readonly Item[]): Item {
  const [item] = items;
  if (item === undefined || items.length > 1) throw new Error(`${items.length} instead of one`);
  return item;
}

/** Start, transport, endpoint and outcome of each attempt. */
function attempts(race: Race): string[] {
  return race.attempts.map(({ transport, ipEndpoint, startMs, outcome }) => `${startMs} ${transport} ${ipEndpoint} ${outcome}`);
}

function unended(trace: Trace, driven: DrivenClient): string[] {
  const open = new Map<string, number>();
  for (const { phase, source, type } of driven.events) {
    if (phase !== 'NONE') open.set(`${source.type} ${source.id} ${type}`, (open.get(`${source.type} ${source.id} ${type}`) ?? 0) + (phase === 'BEGIN' ? 1 : -1));
  }
  expect(trace.diagnostics).toEqual([]);
  return [...open].filter(([, count]) => count !== 0).map(([key]) => key.replace(/ \d+ /, ' '));
}

describe('a simulation logged as the HttpStreamPool logs', () => {
  it('tells of an IPv6 black hole: slow, a second attempt after 250 ms, the winner', () => {
    const driven = new DrivenClient();
    driven.load(1, 0);
    driven.answer('HTTPS', {}, 10);
    driven.answer('AAAA', { addresses: [V6] }, 11);
    driven.answer('A', { addresses: [V4] }, 12);
    driven.tcpConnected(2, 285);
    driven.secured(2, 'h2', 310);
    driven.responded(2, 1, 340);
    const trace = driven.trace(400);
    const race = only(trace.races);
    expect(race).toMatchObject({ engine: 'hev3', outcome: 'connected', startMs: 0, endMs: 310, winner: { transport: 'tcp', ipEndpoint: TCP4, alpn: 'h2' } });
    expect(attempts(race)).toEqual([`11 tcp ${TCP6} lost`, `261 tcp ${TCP4} won`]);
    expect(race.attempts.map(({ slow }) => slow)).toEqual([true, undefined]);
    expect(race.dns).toMatchObject({ firstEndpointsMs: 11, cryptoReadyMs: 11, finalMs: 12 });
    expect(only(trace.resolutions)).toMatchObject({ host: 'www.example', outcome: 'ok', startMs: 0, addresses: expect.arrayContaining([V6, V4]) as unknown });
    expect(only(trace.resolutions).transactions).toHaveLength(3);
    expect(only(trace.sessions)).toMatchObject({ protocol: 'h2', hosts: ['www.example'], ipEndpoint: TCP4, requestCount: 1 });
    expect(only(trace.requests)).toMatchObject({ url: 'https://www.example/', connection: 'new', alpn: 'h2', status: 200, raceId: race.id, endMs: 340 });
    // Chromium ends no connect that it cancels.
    expect(unended(trace, driven)).toEqual([
      'HTTP_STREAM_POOL_GROUP HTTP_STREAM_POOL_GROUP_ALIVE',
      'SOCKET TCP_CONNECT',
      'SOCKET TCP_CONNECT_ATTEMPT',
      'SOCKET SOCKET_ALIVE',
      'HTTP2_SESSION HTTP2_SESSION',
    ]);
  });

  it('tells of a resolution delay that runs out', () => {
    const driven = new DrivenClient();
    driven.load(1, 0);
    driven.answer('HTTPS', {}, 4);
    driven.answer('A', { addresses: [V4] }, 5);
    driven.answer('AAAA', { addresses: [V6] }, 200);
    const trace = driven.trace(240);
    expect(only(trace.races)).toMatchObject({ outcome: 'unfinished', delays: { resolutionDelayMs: 50 } });
    expect(attempts(only(trace.races))[0]).toMatch(`55 tcp ${TCP4}`);
    expect(only(trace.resolutions)).toMatchObject({ resolutionDelay: { elapsedMs: 50, timedOut: true } });
  });

  it('tells of HTTP/3 that wins, and of the session that the next request uses', () => {
    const driven = new DrivenClient();
    driven.load(1, 0);
    driven.answer('HTTPS', { records: [H3_RECORD] }, 10);
    driven.answer('AAAA', { addresses: [V6] }, 10);
    driven.answer('A', { addresses: [V4] }, 10);
    const started = driven.events.flatMap(({ type, params }) => (type === 'HTTP_STREAM_POOL_QUIC_ATTEMPT_ALIVE' ? [params] : []));
    expect(started).toMatchObject([{ ip_endpoint: TCP6, metadata: { supported_protocol_alpns: ['h3', 'h2', 'http/1.1'] } }]);
    driven.secured(1, 'h3', 40);
    driven.responded(1, 1, 70);
    driven.load(2, 100);
    driven.responded(1, 2, 130);
    const trace = driven.trace(200);
    expect(only(trace.races)).toMatchObject({ outcome: 'connected', endMs: 40, winner: { transport: 'quic', ipEndpoint: TCP6, alpn: 'h3' } });
    expect(only(trace.resolutions).httpsRecords).toMatchObject([{ priority: 1, alpn: ['h3', 'h2', 'http/1.1'], used: true }]);
    expect(only(trace.sessions)).toMatchObject({ protocol: 'h3', requestCount: 2, ipEndpoint: TCP6 });
    expect(trace.requests.map(({ connection, alpn }) => `${connection} ${alpn}`)).toEqual(['new h3', 'reused h3']);
  });

  it('tells of a name that has no addresses', () => {
    const driven = new DrivenClient();
    driven.load(1, 0);
    driven.answer('HTTPS', {}, 10);
    driven.answer('AAAA', {}, 10);
    driven.answer('A', {}, 10);
    driven.noAddressFromSystem(40);
    const trace = driven.trace(100);
    expect(only(trace.races)).toMatchObject({ outcome: 'failed', netError: { name: 'ERR_NAME_NOT_RESOLVED' }, attempts: [] });
    expect(only(trace.requests)).toMatchObject({ connection: 'none', netError: { name: 'ERR_NAME_NOT_RESOLVED' }, endMs: 40 });
  });

  it('tells of attempts that all fail', () => {
    const driven = new DrivenClient();
    driven.load(1, 0);
    driven.answer('HTTPS', {}, 10);
    driven.answer('AAAA', { addresses: [V6] }, 10);
    driven.answer('A', { addresses: [V4] }, 10);
    driven.failed(1, 'tcp-failed', 'ERR_CONNECTION_REFUSED', 30);
    driven.tcpConnected(2, 60);
    driven.failed(2, 'tls-failed', 'ERR_CONNECTION_RESET', 80);
    const trace = driven.trace(200);
    expect(only(trace.races)).toMatchObject({ outcome: 'failed', endMs: 80, netError: { name: 'ERR_CONNECTION_RESET' } });
    expect(only(trace.races).attempts.map(({ ipEndpoint, netError }) => `${ipEndpoint} ${netError?.name}`)).toEqual([`${TCP6} ERR_CONNECTION_REFUSED`, `${TCP4} ERR_CONNECTION_RESET`]);
    expect(only(trace.requests)).toMatchObject({ netError: { name: 'ERR_CONNECTION_RESET' } });
    expect(unended(trace, driven)).toEqual([]);
  });

  it('tells of TLS that waits for the HTTPS answer (HE-68)', () => {
    const driven = new DrivenClient();
    driven.load(1, 0);
    driven.answer('AAAA', { addresses: [V6] }, 10);
    driven.tcpConnected(1, 30);
    driven.answer('HTTPS', {}, 45);
    driven.answer('A', { addresses: [V4] }, 46);
    driven.secured(1, 'h2', 70);
    const race = only(driven.trace(100).races);
    expect(race.delays).toMatchObject({ cryptoWaitMs: 15 });
    expect(race.dns).toMatchObject({ firstEndpointsMs: 10, cryptoReadyMs: 45, finalMs: 46 });
  });

  it('tells of an HTTPS record that turns http into https (SB-27)', () => {
    const driven = new DrivenClient('http://www.example/a?b');
    driven.load(1, 0, { scheme: 'http', host: 'www.example', port: 80 });
    driven.answer('HTTPS', { records: [H3_RECORD] }, 10);
    const { requests, races } = driven.trace(50);
    expect(races.map(({ destination, outcome }) => `${destination?.scheme} ${outcome}`)).toEqual(['http failed', 'https unfinished']);
    expect(requests.map(({ url, part }) => `${part} ${url}`)).toEqual(['1 http://www.example/a?b', '2 https://www.example/a?b']);
  });

  it('tells of a second connection when ECH is rejected (RFC 9849 6.1.6)', () => {
    const driven = new DrivenClient();
    driven.load(1, 0);
    driven.answer('HTTPS', { records: [{ priority: 1, target: '.', params: { alpn: ['h2'], ech: 'AAA=' } }] }, 10);
    driven.answer('AAAA', { addresses: [V6] }, 10);
    driven.answer('A', {}, 10);
    driven.tcpConnected(1, 30);
    driven.failed(1, 'tls-failed', 'ERR_ECH_NOT_NEGOTIATED', 50, 'BBB=');
    driven.tcpConnected(2, 70);
    driven.secured(2, 'h2', 90);
    const race = only(driven.trace(100).races);
    expect(race.outcome).toBe('connected');
    expect(attempts(race)).toEqual([`10 tcp ${TCP6} failed`, `50 tcp ${TCP6} won`]);
    expect(driven.events.filter(({ type, phase }) => type === 'TLS_STREAM_ATTEMPT_ALIVE' && phase === 'BEGIN')).toHaveLength(1);
  });

  it('tells of a race that a session for another name ends (RFC 9113 9.1.1)', () => {
    const driven = new DrivenClient();
    driven.load(1, 0);
    driven.answer('HTTPS', {}, 10);
    driven.answer('AAAA', { addresses: [V6] }, 10);
    driven.answer('A', { addresses: [V4] }, 10);
    driven.tcpConnected(1, 30);
    driven.secured(1, 'h2', 50, ['www.example', 'cdn.example']);
    driven.load(2, 100, { ...ORIGIN, host: 'cdn.example' });
    driven.answer('AAAA', { addresses: [V6] }, 120, 'cdn.example');
    const { races, sessions } = driven.trace(200);
    expect(races.map(({ outcome }) => outcome)).toEqual(['connected', 'pooled']);
    expect(races[1]?.pooledOnto).toEqual({ sessionId: sessions[0]?.id, by: 'ip' });
  });

  it('answers from the cache', () => {
    const driven = new DrivenClient();
    driven.load(1, 0);
    driven.answer('HTTPS', {}, 10);
    driven.answer('AAAA', { addresses: [V6] }, 10);
    driven.answer('A', { addresses: [V4] }, 10);
    driven.tcpConnected(1, 30);
    driven.secured(1, 'http/1.1', 50);
    driven.load(2, 60);
    const { resolutions, races, requests } = driven.trace(70);
    expect(resolutions.map(({ source }) => source)).toEqual(['network', 'cache']);
    expect(races[1]?.attempts.map(({ endpointStage }) => endpointStage)).toEqual(['cached']);
    expect(requests[0]).toMatchObject({ connection: 'new', alpn: 'http/1.1' });
  });
});
