/**
 * Two connections at once to one destination, as two races of the client: one attempt manager in the pool's form, a
 * connect job for each in the older forms. The decisions are made up here; the second race is for a further socket.
 */
import { describe, expect, it } from 'vitest';
import type { ClientAction, ClientDecision } from '../../../src/engine/client/client-output.ts';
import type { Endpoint } from '../../../src/engine/endpoint.ts';
import { PROFILES } from '../../../src/engine/profiles/profiles.ts';
import type { ServiceView } from '../../../src/engine/svcb/service.ts';
import { createModel } from '../../../src/model/model.ts';
import type { NetLogEvent } from '../../../src/netlog/event.ts';
import type { Happening } from '../../../src/simulator/happening.ts';
import { createLogEmitter } from '../../../src/simulator/emit/log-emitter.ts';
import { simulatedConstants } from '../../../src/simulator/log/constants.ts';
import { createSourceLog } from '../../../src/simulator/log/source-log.ts';
import { OutcomeCollector } from '../../../src/simulator/outcomes/outcome-collector.ts';

const DESTINATION = { scheme: 'http', host: '192.0.2.1', port: 80 } as const;
const ENDPOINT: Endpoint = { ip: { address: '192.0.2.1', port: 80 }, transport: 'tcp', alpn: ['http/1.1'] };
const VIEW: ServiceView = {
  info: 'not-asked',
  services: [{ name: '192.0.2.1', kind: 'authority', provisional: false, ipv4: { state: 'positive', from: 'literal', addresses: ['192.0.2.1'] }, ipv6: { state: 'not-asked' }, port: 80, quic: [], tcp: ['http/1.1'] }],
  refusals: [],
  openQueries: [],
  upgradeToHttps: false,
};

const client = (at: number, event: ClientAction | ClientDecision): Happening => ({ layer: 'client', at, ...event });

/** A request, its race, and the attempt of that; numbers are those of the request. */
function begins(id: number, at: number, besides?: number): Happening[] {
  return [
    client(at, { kind: 'request-began', request: id, destination: DESTINATION, purpose: 'load' }),
    client(at, { kind: 'race-began', race: id, resolverRequest: id, destination: DESTINATION, preconnect: false, tcpHeldBack: undefined, ...(besides !== undefined && { besides }) }),
    client(at, { kind: 'services-updated', race: id, view: VIEW }),
    client(at, { kind: 'race-joined', race: id, request: id }),
    { layer: 'race', race: id, at, output: { at, rule: 'HE-54', kind: 'start-attempt', attempt: 1, endpoint: ENDPOINT, secureHandshake: 'permitted', cause: { why: 'first' } } },
    client(at, { kind: 'attempt-began', race: id, connection: id, attempt: 1, endpoint: ENDPOINT }),
    client(at, { kind: 'connect-tcp', connection: id, ip: ENDPOINT.ip }),
  ];
}

function connects(id: number, at: number): Happening[] {
  return [
    { layer: 'network', at, event: { at, id: `c${id}`, kind: 'tcp-connected' } },
    client(at, { kind: 'session-opened', race: id, connection: id, destination: DESTINATION, alpn: 'http/1.1' }),
    { layer: 'race', race: id, at, output: { at, rule: 'HE-51', kind: 'won', attempt: 1 } },
    client(at, { kind: 'request-assigned', request: id, connection: id, reused: false }),
  ];
}

const HAPPENINGS = [...begins(1, 0), ...begins(2, 5, 1), ...connects(1, 20), ...connects(2, 26), client(30, { kind: 'request-done', request: 1 })];

function logged(profile: string): { readonly events: NetLogEvent[]; readonly races: ReturnType<ReturnType<typeof createModel>['trace']>['races'] } {
  const parameters = PROFILES[profile];
  if (parameters === undefined) throw new Error(`no profile ${profile}`);
  const model = createModel();
  const events: NetLogEvent[] = [];
  model.start(simulatedConstants({ tickOffset: 0, version: '0', subject: 'test' }));
  const log = createSourceLog({ start: () => {}, end: () => {}, event: (event) => (events.push(event), model.event(event)) });
  const emitter = createLogEmitter(log, { parameters, url: () => 'http://192.0.2.1/', localAddress: () => '192.0.2.100', dnsServers: [], secureDns: false });
  for (const happening of HAPPENINGS) emitter.observe(happening);
  emitter.finish(40);
  model.end({ complete: true, diagnostics: [] });
  return { events, races: model.trace().races };
}

const begun = (events: readonly NetLogEvent[], type: string): number => events.filter((event) => event.type === type && event.phase === 'BEGIN').length;

describe('races side by side', () => {
  it('have one attempt manager in the pool, which lives until both are over', () => {
    const { events, races } = logged('chromium-hev3');
    expect(begun(events, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_ALIVE')).toBe(1);
    expect(events.find(({ type, phase }) => type === 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_ALIVE' && phase === 'END')?.time).toBe(26);
    expect(races.map(({ startMs, endMs, attempts }) => ({ startMs, endMs, outcomes: attempts.map(({ outcome }) => outcome) }))).toEqual([{ startMs: 0, endMs: 20, outcomes: ['won', 'spare'] }]);
  });

  it.each(['chromium-hev2', 'chromium-legacy'])('are connect jobs of one group for %s, which a reader takes for one race', (profile) => {
    const { events, races } = logged(profile);
    expect(begun(events, 'CONNECT_JOB')).toBe(2);
    expect(new Set(events.flatMap(({ type, params }) => (type === 'SOCKET_POOL_CONNECT_JOB_CREATED' ? [params?.['group_id']] : []))).size).toBe(1);
    expect(races.map(({ endMs, attempts }) => ({ endMs, outcomes: attempts.map(({ outcome }) => outcome) }))).toEqual([{ endMs: 20, outcomes: ['won', 'spare'] }]);
  });

  it('count as one for the requests that wait for them', () => {
    const collector = new OutcomeCollector();
    for (const happening of HAPPENINGS) collector.happens(happening);
    expect(collector.outcomes().map(({ race }) => race?.started)).toEqual([2, 2]);
  });
});
