/** Hand-made rows for charts: few enough to check each bar against them. */
import type { Race } from '../../../src/model/race.ts';
import type { Request } from '../../../src/model/request.ts';
import type { Resolution } from '../../../src/model/resolution.ts';
import type { Session } from '../../../src/model/session.ts';
import type { ProfileRow } from '../../../src/report/charts/profile-comparison.ts';
import type { Sweep } from '../../../src/report/charts/sweep.ts';
import { aRace, anAttempt, aRequest, aResolution, aSession, aTransaction, blackholeRace, cryptoWaitRace, failedRace } from '../builders.ts';

export const races: readonly Race[] = [
  blackholeRace().race,
  cryptoWaitRace().race,
  failedRace().race,
  aRace({
    id: 300,
    destination: { scheme: 'https', host: 'a.test', port: 443 },
    startMs: 2000,
    endMs: 2040,
    durationMs: 40,
    dns: { startMs: 2000, firstEndpointsMs: 2010 },
    attempts: [anAttempt({ id: 301, ipEndpoint: '[2001:db8:77::21]:443', transport: 'quic', startMs: 2010, endMs: 2040, endpointStage: 'cached' })],
    winner: { attemptId: 301, transport: 'quic', family: 'ipv6', ipEndpoint: '[2001:db8:77::21]:443', alpn: 'h3', endpointStage: 'cached' },
  }),
  aRace({ id: 310, startMs: 2100, outcome: 'unfinished' }),
];

export const resolutions: readonly Resolution[] = [
  { ...blackholeRace().resolution, httpsRecords: [{ ownerName: 'a.test', mode: 'service', priority: 1, targetName: '.', alpn: ['h3', 'h2'], ech: true, ipv4Hint: ['10.77.0.21'], ipv6Hint: [], used: true }] },
  { ...cryptoWaitRace().resolution, httpsRecords: [{ ownerName: 'svc.a.test', mode: 'alias', priority: 0, targetName: 'other.test', alpn: [], ech: false, ipv4Hint: [], ipv6Hint: [], used: false, ignoredBecause: 'AliasMode' }] },
  failedRace().resolution,
  aResolution({ id: 400, source: 'cache', startMs: 2000, endMs: 2000, durationMs: 0 }),
  aResolution({ id: 401, startMs: 2200, outcome: 'cancelled', transactions: [aTransaction({ type: 'HTTPS', startMs: 2200, outcome: 'cancelled' })] }),
];

export const sessions: readonly Session[] = [
  aSession({ id: 150, protocol: 'h2', hosts: ['a.test', 'b.test'], pooledHosts: ['b.test'], pooled: [{ host: 'b.test', by: 'ip' }], requestCount: 4 }),
  aSession({ id: 151, protocol: 'h3', hosts: ['c.test'], startMs: 100, requestCount: 1 }),
];

export const requests: readonly Request[] = [
  aRequest({ id: 1, sessionId: 150, alpn: 'h2', connection: 'new' }),
  aRequest({ id: 2, sessionId: 150, alpn: 'h2', connection: 'reused' }),
  aRequest({ id: 3, sessionId: 150, alpn: 'h2', connection: 'pooled', url: 'https://b.test/' }),
  aRequest({ id: 4, sessionId: 151, alpn: 'h3', connection: 'new', url: 'https://c.test/' }),
  aRequest({ id: 5, connection: 'none', url: 'https://nx.a.test/' }),
];

export const profileRows: readonly ProfileRow[] = [
  { profile: 'draft-v3', request: 'Request https://dual.test/', connectedMs: 310, family: 'ipv4', transport: 'tcp', attempts: 2 },
  { profile: 'none', request: 'Request https://dual.test/', attempts: 1 },
  { profile: 'go', request: 'Request https://dual.test/', failedMs: 60, error: 'ERR_CONNECTION_REFUSED', attempts: 2 },
  { profile: 'draft-v3', request: 'Request https://dual.test/again', connectedMs: 0, family: 'ipv4', transport: 'tcp', reused: true },
];

export const aSweep: Sweep = {
  scenario: 'dual',
  parameter: 'ipv6DelayMs (ms)',
  quantity: 'Time to a connection (ms)',
  rows: [
    { profile: 'curl-8', value: 0, result: 60, family: 'ipv6' },
    { profile: 'curl-8', value: 300, result: 260, family: 'ipv4' },
    { profile: 'none', value: 0, result: 60, family: 'ipv6' },
    { profile: 'none', value: 300 },
  ],
};
