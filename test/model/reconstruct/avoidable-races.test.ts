/** New connections that an open session of another host could have spared: which conditions decide. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markAvoidable, type AvoidableParts } from '../../../src/model/reconstruct/avoidable-races.ts';
import type { Race } from '../../../src/model/race.ts';
import type { Session } from '../../../src/model/session.ts';
import { attempt, raceOf, resolution } from '../../metrics/trace-builder.ts';

const evidence = (...sourceIds: number[]) => ({ sourceIds, eventIndices: [] });
const https = (host: string, port = 443) => ({ scheme: 'https', host, port });

/** a.test at 192.0.2.1, from 0 ms on; its race is 10. */
const OWNER: Race = raceOf([attempt({ id: 11, ipEndpoint: '192.0.2.1:443', family: 'ipv4', startMs: 0 })], {
  id: 10,
  destination: https('a.test'),
  evidence: evidence(10),
});

function session(parts: Partial<Session> = {}): Session {
  return {
    id: 7,
    protocol: 'h2',
    ipEndpoint: '192.0.2.1:443',
    hosts: ['a.test'],
    pooledHosts: [],
    pooled: [],
    requestCount: 1,
    startMs: 50,
    readyMs: 50,
    certificateNames: ['a.test', '*.many.test'],
    migrations: [],
    evidence: evidence(7, 11),
    ...parts,
  };
}

/** h1.many.test is at 192.0.2.2, and its race begins connecting at 100 ms. */
function race(parts: Partial<Race> = {}, attemptParts: Parameters<typeof attempt>[0] = {}): Race {
  const made = raceOf([attempt({ id: 21, ipEndpoint: '192.0.2.2:443', family: 'ipv4', startMs: 100, endMs: 140, ...attemptParts })], {
    id: 20,
    startMs: 90,
    destination: https('h1.many.test'),
    resolutionIds: [5],
    evidence: evidence(20),
    ...parts,
  });
  return made.winner === undefined ? made : { ...made, winner: { ...made.winner, alpn: made.winner.transport === 'quic' ? 'h3' : 'h2', ...parts.winner } };
}

function judged(sessions: readonly Session[], made: Race, parts: Partial<AvoidableParts> = {}): Pick<Race, 'avoidable' | 'avoidableBy'> {
  const resolutions = [resolution({ id: 5, addresses: ['192.0.2.2', '2001:db8::2'] })];
  const { avoidable, avoidableBy } = markAvoidable([OWNER, made], { sessions, resolutions, refusalsOf: () => [], showsAllSessions: true, ...parts })[1] ?? {};
  return { ...(avoidable !== undefined && { avoidable }), ...(avoidableBy !== undefined && { avoidableBy }) };
}

const spared = { avoidable: true, avoidableBy: 7 };
const needed = { avoidable: false };
const unknown = {};

describe('a new connection', () => {
  it('was avoidable where an open session’s certificate covers the host at another address', () => {
    expect(judged([session()], race())).toEqual(spared);
    expect(judged([session({ protocol: 'h3' })], race({}, { transport: 'quic' }))).toEqual(spared);
    // An open HTTP/2 session serves a host that speaks HTTP/3 as well.
    expect(judged([session()], race({}, { transport: 'quic' }))).toEqual(spared);
  });

  it('was needed where the session has one of the host’s addresses: something else kept it from being used', () => {
    expect(judged([session({ ipEndpoint: '[2001:db8::2]:443' })], race())).toEqual(needed);
  });

  it.each([
    ['names the host', ['h1.many.test'], spared],
    ['names another host', ['h2.many.test'], needed],
    ['has a star for the first label', ['*.many.test'], spared],
    ['has a star for labels further up', ['*.test'], needed],
    ['names the parent only', ['many.test'], needed],
    ['names nothing', [], needed],
    ['is not in the log', undefined, unknown],
  ])('depends on the certificate, which %s', (_, certificateNames, expected) => {
    const { certificateNames: _own, ...rest } = session();
    expect(judged([{ ...rest, ...(certificateNames && { certificateNames }) }], race())).toEqual(expected);
  });

  it('is not spared by a star for a whole top-level domain', () => {
    expect(judged([session({ certificateNames: ['*.test'] })], race({ destination: https('many.test') }))).toEqual(needed);
  });

  it.each([
    ['ready only when it had begun', { readyMs: 100 }],
    ['closed before', { endMs: 100 }],
    ['going away', { goingAwayMs: 99 }],
  ])('was needed where the session is %s', (_, parts) => {
    expect(judged([session(parts)], race())).toEqual(needed);
  });

  it.each([
    ['privacy mode', { privacyMode: 'enabled' }],
    ['network partition', { networkAnonymizationKey: 'https://b.test same_site' }],
    ['port', { destination: https('h1.many.test', 8443) }],
    ['scheme', { destination: { scheme: 'http', host: 'h1.many.test', port: 443 } }],
  ])('was needed in another %s', (_, parts) => {
    expect(judged([session()], race(parts))).toEqual(needed);
  });

  it('was needed where the host has an open session of its own: then it connected for other reasons', () => {
    const own = session({ id: 8, hosts: ['h1.many.test'], ipEndpoint: '192.0.2.3:443' });
    expect(judged([session(), own], race())).toEqual(needed);
  });

  it('over TCP is spared by an HTTP/3 session only if the QUIC pool says so', () => {
    const h3 = session({ protocol: 'h3' });
    expect(judged([h3], race())).toEqual(needed);
    expect(judged([h3], race(), { refusalsOf: (origin) => (origin === 'https://h1.many.test' ? [30, 95] : []) })).toEqual(spared);
    expect(judged([h3], race(), { refusalsOf: () => [120] })).toEqual(needed);
  });

  it('of HTTP/1.1, through a proxy, or that came to nothing is none that a session could spare', () => {
    expect(judged([session()], race({ winner: { attemptId: 21, transport: 'tcp', family: 'ipv4', ipEndpoint: '192.0.2.2:443', alpn: 'http/1.1', endpointStage: 'final' } }))).toEqual(unknown);
    expect(judged([session()], race({ proxy: 'http://proxy.test:3128' }))).toEqual(unknown);
    expect(judged([session()], race({}, { outcome: 'failed' }))).toEqual(unknown);
  });

  it('stays open where sessions from before the log may have been there, or the host’s addresses are not in it', () => {
    expect(judged([session({ certificateNames: [] })], race(), { showsAllSessions: false })).toEqual(unknown);
    expect(judged([session()], race(), { showsAllSessions: false })).toEqual(spared);
    expect(judged([session()], race({ resolutionIds: [] }))).toEqual(unknown);
    const { readyMs: _, ...older } = session({ startMs: -400, evidence: evidence(7) });
    expect(judged([older], race())).toEqual(unknown);
  });
});

it('any number of sessions, opened and closed in any order, are judged as one after the other would be', () => {
  const one = fc.record({ readyMs: fc.integer({ min: 0, max: 200 }), endMs: fc.integer({ min: 0, max: 200 }), last: fc.integer({ min: 1, max: 4 }), covers: fc.boolean() });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 8 }), (specs) => {
      const sessions = specs.map(({ readyMs, endMs, last, covers }, i) =>
        session({ id: 100 + i, readyMs, endMs, ipEndpoint: `192.0.2.${last}:443`, certificateNames: covers ? ['*.many.test'] : ['x.test'] }),
      );
      const alone = sessions.some((s) => judged([s], race()).avoidable === true);
      expect(judged(sessions, race()).avoidable).toBe(alone);
    }),
  );
});
