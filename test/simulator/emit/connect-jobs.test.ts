/** Short stories of Chromium before HEv3, held against what real logs of it show (trace-findings 3 to 6, chromium-netlog 4). */
import { describe, expect, it } from 'vitest';
import type { NetLogEvent } from '../../../src/netlog/event.ts';
import type { Race } from '../../../src/model/race.ts';
import { DrivenClient, V4, V6 } from './driven-client.ts';

const TCP6 = `[${V6}]:443`;
const TCP4 = `${V4}:443`;
const H3_RECORD = { priority: 1, target: '.', params: { alpn: ['h3', 'h2'] } };

function only<Item>(items: readonly Item[]): Item {
  const [item] = items;
  if (item === undefined || items.length > 1) throw new Error(`${items.length} instead of one`);
  return item;
}

/** Start, connector, transport, endpoint and outcome of each attempt. */
function attempts(race: Race): string[] {
  return race.attempts.map(({ transport, ipEndpoint, startMs, outcome, connector }) => `${startMs} ${connector ?? ''} ${transport} ${ipEndpoint} ${outcome}`);
}

/** The events of one type of source, without those of its resolution. */
function eventsOf(events: readonly NetLogEvent[], sourceType: string): string[] {
  return events
    .filter(({ source, type }) => source.type === sourceType && !type.startsWith('HOST_RESOLVER'))
    .map(({ time, type, phase }) => `${time} ${type}${phase === 'NONE' ? '' : ` ${phase}`}`);
}

/** Both addresses, and no HTTPS record, at 10. */
function answered(driven: DrivenClient): void {
  driven.answer('HTTPS', {}, 10);
  driven.answer('AAAA', { addresses: [V6] }, 10);
  driven.answer('A', { addresses: [V4] }, 10);
}

describe('a simulation logged as the connect jobs log', () => {
  it('tells of an IPv6 black hole: a backup job after 250 ms, a second connector after 300, as in v6-blackhole-hev2', () => {
    const driven = new DrivenClient(undefined, 'chromium-hev2');
    driven.load(1, 0);
    answered(driven);
    driven.tcpConnected(3, 332);
    driven.secured(3, 'h2', 354);
    driven.responded(3, 1, 380);
    const trace = driven.trace(400);
    const race = only(trace.races);
    expect(race).toMatchObject({ engine: 'hev2', outcome: 'connected', startMs: 0, endMs: 354, winner: { ipEndpoint: TCP4, alpn: 'h2' }, delays: { connectionAttemptDelayMs: 300 } });
    // The first connect over TCP ends the others (simulating-chromium 20).
    expect(attempts(race)).toEqual([`10 first tcp ${TCP6} cancelled`, `260 backup tcp ${TCP6} cancelled`, `310 second tcp ${TCP4} won`]);
    expect(only(trace.requests)).toMatchObject({ connection: 'new', alpn: 'h2', status: 200, raceId: race.id });
    expect(trace.resolutions.filter(({ source }) => source === 'network')).toHaveLength(1);
  });

  it('makes a second connector though there is no second address', () => {
    const driven = new DrivenClient(undefined, 'chromium-hev2');
    driven.load(1, 0);
    driven.answer('HTTPS', {}, 10);
    driven.answer('A', {}, 10);
    driven.answer('AAAA', { addresses: [V6] }, 10);
    driven.trace(400);
    expect(eventsOf(driven.events, 'SSL_CONNECT_JOB')).toContain('310 TCP_CONNECT_JOB_CREATE_SECOND_CONNECTOR');
  });

  it('goes on to the next address on the same connector after a refusal, as in v6-rst-hev2', () => {
    const driven = new DrivenClient(undefined, 'chromium-hev2');
    driven.load(1, 0);
    answered(driven);
    driven.failed(1, 'tcp-failed', 'ERR_CONNECTION_REFUSED', 32);
    driven.tcpConnected(2, 54);
    driven.secured(2, 'http/1.1', 76);
    expect(attempts(only(driven.trace(100).races))).toEqual([`10 first tcp ${TCP6} failed`, `32 first tcp ${TCP4} won`]);
    expect(eventsOf(driven.events, 'SSL_CONNECT_JOB')).toEqual([
      '10 CONNECT_JOB BEGIN',
      '10 SOCKET_POOL_CONNECT_JOB_CREATED',
      '10 SSL_CONNECT_JOB_CONNECT BEGIN',
      '10 TCP_CONNECT_JOB_CONNECT BEGIN',
      '10 TCP_CONNECT_JOB_CONNECTOR_CONNECT_START',
      '32 TCP_CONNECT_JOB_CONNECTOR_CONNECT_COMPLETE',
      '32 TCP_CONNECT_JOB_CONNECTOR_CONNECT_START',
      '54 TCP_CONNECT_JOB_CONNECTOR_CONNECT_COMPLETE',
      '54 TCP_CONNECT_JOB_VERIFY_IP_ENDPOINT_USABLE',
      '54 TCP_CONNECT_JOB_CONNECTOR_DONE',
      '54 CONNECT_JOB_SET_SOCKET',
      '54 TCP_CONNECT_JOB_CONNECT END',
      '54 SSL_CONNECT_JOB_SSL_CONNECT',
      '76 CONNECT_JOB_SET_SOCKET',
      '76 SSL_CONNECT_JOB_CONNECT END',
      '76 CONNECT_JOB END',
    ]);
  });

  it('tells of a fallback from IPv6 in the older form, as in v6-blackhole-legacy', () => {
    const driven = new DrivenClient(undefined, 'chromium-legacy');
    driven.load(1, 0);
    answered(driven);
    driven.tcpConnected(3, 332);
    driven.secured(3, 'h2', 354);
    const race = only(driven.trace(400).races);
    expect(race).toMatchObject({ engine: 'legacy', winner: { ipEndpoint: TCP4 }, fallback: { family: true } });
    expect(race.attempts.map(({ connector, startMs }) => `${startMs} ${connector}`)).toEqual(['10 main', '260 backup', '310 fallback']);
    expect(eventsOf(driven.events, 'SSL_CONNECT_JOB')).toContain('310 TRANSPORT_CONNECT_JOB_IPV6_FALLBACK');
  });

  it('has the QUIC job resolve, and the main job wait for it', () => {
    const driven = new DrivenClient(undefined, 'chromium-hev2');
    driven.load(1, 0);
    driven.answer('HTTPS', { records: [H3_RECORD] }, 10);
    driven.answer('AAAA', { addresses: [V6] }, 10);
    driven.answer('A', { addresses: [V4] }, 20);
    driven.secured(1, 'h3', 45);
    driven.responded(1, 1, 70);
    const { races, requests, sessions } = driven.trace(100);
    expect(only(races)).toMatchObject({ outcome: 'connected', startMs: 0, endMs: 45, winner: { transport: 'quic', ipEndpoint: TCP6, alpn: 'h3' } });
    expect(only(requests)).toMatchObject({ connection: 'new', alpn: 'h3', sessionId: only(sessions).id });
    expect(eventsOf(driven.events, 'QUIC_SESSION_POOL_DIRECT_JOB')).toEqual([
      '0 QUIC_SESSION_POOL_JOB BEGIN',
      '0 QUIC_SESSION_POOL_JOB_BOUND_TO',
      '20 QUIC_SESSION_POOL_JOB_CONNECT BEGIN',
      '20 QUIC_SESSION_CREATED',
      '20 QUIC_SESSION_POOL_JOB_RESULT',
      '45 QUIC_SESSION_POOL_JOB_CONNECT END',
      '45 QUIC_SESSION_POOL_JOB END',
    ]);
    // The loser is dropped; its connect job goes on (simulating-chromium 12).
    expect(eventsOf(driven.events, 'HTTP_STREAM_JOB').slice(-5)).toEqual(['45 HTTP_STREAM_JOB_BOUND_TO_REQUEST', '45 HTTP_STREAM_JOB END', '45 CANCELLED', '45 SOCKET_POOL END', '45 HTTP_STREAM_JOB END']);
    expect(eventsOf(driven.events, 'SSL_CONNECT_JOB')).not.toContain('45 CONNECT_JOB END');
  });

  it('orphans the job for HTTP/3 when TCP is first, as in svc-hev2', () => {
    const driven = new DrivenClient(undefined, 'chromium-hev2');
    driven.load(1, 0);
    driven.answer('HTTPS', { records: [H3_RECORD] }, 10);
    driven.answer('AAAA', { addresses: [V6] }, 10);
    driven.answer('A', { addresses: [V4] }, 20);
    driven.tcpConnected(2, 42);
    driven.secured(2, 'h2', 64);
    driven.secured(1, 'h3', 90);
    const race = only(driven.trace(100).races);
    expect(race.attempts.map(({ transport, outcome }) => `${transport} ${outcome}`).toSorted()).toEqual(['quic spare', 'tcp won']);
    expect(eventsOf(driven.events, 'HTTP_STREAM_JOB')).toContain('64 HTTP_STREAM_JOB_ORPHANED');
    expect(eventsOf(driven.events, 'HTTP_STREAM_JOB_CONTROLLER').at(-1)).toBe('90 HTTP_STREAM_JOB_CONTROLLER END');
  });

  it('restarts a job whose server rejects ECH, as in ech-hev2', () => {
    const driven = new DrivenClient(undefined, 'chromium-hev2');
    driven.load(1, 0);
    driven.answer('AAAA', { addresses: [V6] }, 10);
    driven.answer('A', { addresses: [V4] }, 10);
    driven.answer('HTTPS', { records: [{ priority: 1, target: '.', params: { alpn: ['h2'], ech: 'AAA=' } }] }, 10);
    driven.tcpConnected(1, 32);
    driven.failed(1, 'tls-failed', 'ERR_ECH_NOT_NEGOTIATED', 54, 'BBB=');
    driven.tcpConnected(2, 76);
    driven.secured(2, 'h2', 98);
    expect(attempts(only(driven.trace(120).races))).toEqual([`10 first tcp ${TCP6} failed`, `54 first tcp ${TCP6} won`]);
    const restart = driven.events.find(({ type }) => type === 'SSL_CONNECT_JOB_RESTART_WITH_ECH_CONFIG_LIST');
    expect(restart?.params).toEqual({ bytes: 'BBB=' });
    expect(driven.events.filter(({ type, phase }) => type === 'CONNECT_JOB' && phase === 'BEGIN')).toHaveLength(1);
  });

  it('resolves in the connect job of an http origin', () => {
    const driven = new DrivenClient('http://www.example/', 'chromium-hev2');
    driven.load(1, 0, { scheme: 'http', host: 'www.example', port: 80 });
    answered(driven);
    driven.tcpConnected(1, 32);
    const { races, requests } = driven.trace(50);
    expect(only(races)).toMatchObject({ engine: 'hev2', destination: { scheme: 'http' }, outcome: 'connected', endMs: 32 });
    expect(only(requests)).toMatchObject({ connection: 'new', alpn: 'http/1.1' });
    expect(driven.events.some(({ source }) => source.type.startsWith('QUIC'))).toBe(false);
  });
});
