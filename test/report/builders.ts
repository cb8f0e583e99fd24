/** Hand-made reports: what a test does not mention has a plain default. Times read like a timeline. */
import type { Finding } from '../../src/findings/finding.ts';
import type { Metric } from '../../src/metrics/metric.ts';
import type { Attempt, Race } from '../../src/model/race.ts';
import type { Request } from '../../src/model/request.ts';
import type { DnsTransaction, Resolution, ServiceEndpoint } from '../../src/model/resolution.ts';
import type { Session } from '../../src/model/session.ts';
import type { Report } from '../../src/report/report.ts';
import type { Style } from '../../src/report/view.ts';

const evidence = { sourceIds: [], eventIndices: [] };

export function anAttempt(parts: Partial<Attempt> & Pick<Attempt, 'id' | 'ipEndpoint'>): Attempt {
  return {
    transport: 'tcp',
    family: parts.ipEndpoint.startsWith('[') ? 'ipv6' : 'ipv4',
    startMs: 0,
    outcome: 'won',
    endpointStage: 'final',
    evidence,
    ...parts,
  };
}

export function aRace(parts: Partial<Race> = {}): Race {
  return {
    id: 112,
    engine: 'hev3',
    destination: { scheme: 'https', host: 'a.test', port: 443 },
    preconnect: false,
    startMs: 0,
    outcome: 'connected',
    resolutionIds: [],
    dns: {},
    requestIds: [],
    attempts: [],
    fallback: { family: false, transport: false, service: false, resolver: false },
    delays: {},
    evidence,
    ...parts,
  };
}

export function aTransaction(parts: Partial<DnsTransaction> & Pick<DnsTransaction, 'type'>): DnsTransaction {
  const { startMs = 0, endMs } = parts;
  const answered = endMs === undefined ? {} : { endMs };
  return {
    id: 900,
    name: 'a.test',
    startMs,
    outcome: 'ok',
    attempts: [{ transport: 'udp', server: '10.77.0.1:53', startMs, ...answered }],
    ...parts,
  };
}

export function aResolution(parts: Partial<Resolution> = {}): Resolution {
  return {
    id: 128,
    host: 'a.test',
    scheme: 'https',
    port: 443,
    queryTypes: ['A', 'AAAA', 'HTTPS'],
    source: 'network',
    startMs: 0,
    outcome: 'ok',
    speculative: false,
    requesterIds: [],
    tasks: [],
    transactions: [],
    endpointUpdates: [],
    addresses: [],
    aliases: [],
    httpsRecords: [],
    evidence,
    ...parts,
  };
}

export function anEndpoint(parts: Partial<ServiceEndpoint> = {}): ServiceEndpoint {
  return { ipv4: ['10.77.0.21'], ipv6: ['2001:db8:77::21'], alpn: [], ech: false, ...parts };
}

export function aRequest(parts: Partial<Request> = {}): Request {
  return { id: 108, url: 'https://a.test/', method: 'GET', startMs: 0, phases: {}, evidence, ...parts };
}

export function aSession(parts: Partial<Session> = {}): Session {
  return { id: 150, protocol: 'h2', hosts: ['a.test'], startMs: 0, requestCount: 1, pooledHosts: [], pooled: [], migrations: [], evidence, ...parts };
}

export function aMetric(parts: Partial<Metric> = {}): Metric {
  return { id: 'race.duration', title: 'Time to a usable connection', unit: 'ms', better: 'lower', n: 0, ...parts };
}

export function aFinding(parts: Partial<Finding> = {}): Finding {
  return { id: 'ipv6-dead', severity: 'warning', title: 'IPv6 gets no answer', detail: 'Four attempts.', evidence, ...parts };
}

export function aReport(parts: Partial<Omit<Report, 'trace'>> & { readonly trace?: Partial<Report['trace']> } = {}): Report {
  return {
    schemaVersion: 1,
    tool: { name: 'netlog-analyze', version: '0.1.0' },
    resolutions: [],
    races: [],
    sessions: [],
    requests: [],
    metrics: [],
    histograms: [],
    findings: [],
    ...parts,
    trace: {
      file: 'trace.json.gz',
      bytes: 18_214,
      compression: 'gzip',
      client: { name: 'Chromium', version: '156.0.8078.79', os: 'Linux: 6.1' },
      captureMode: 'Default',
      raceEngines: ['hev3'],
      originUnixMs: Date.UTC(2026, 10, 20, 14, 3, 22, 120),
      durationMs: 2315,
      eventCount: 1160,
      sourceCount: 184,
      complete: true,
      diagnostics: [],
      ...parts.trace,
    },
  };
}

/** A dead IPv6 address: two sockets to it, the attempt delay, and IPv4 wins. */
export function blackholeRace(): { race: Race; resolution: Resolution } {
  const v6 = {
    ipEndpoint: '[2001:db8:77::21]:443',
    startMs: 30,
    endMs: 325,
    outcome: 'lost',
    slow: true,
    cancelReason: 'SpdySessionCreated',
  } as const;
  const race = aRace({
    startMs: 0,
    endMs: 325,
    durationMs: 325,
    resolutionIds: [128],
    requestIds: [108],
    dns: { startMs: 0, firstEndpointsMs: 30, cryptoReadyMs: 30, finalMs: 32 },
    attempts: [
      anAttempt({ id: 132, ...v6 }),
      anAttempt({ id: 134, ...v6 }),
      anAttempt({ id: 138, ipEndpoint: '10.77.0.21:443', startMs: 280, connectedMs: 302, secureStartMs: 302, endMs: 325 }),
      anAttempt({
        id: 140,
        ipEndpoint: '10.77.0.21:443',
        startMs: 280,
        connectedMs: 303,
        secureStartMs: 303,
        endMs: 325,
        outcome: 'lost',
        cancelReason: 'SpdySessionCreated',
      }),
    ],
    winner: { attemptId: 138, transport: 'tcp', family: 'ipv4', ipEndpoint: '10.77.0.21:443', alpn: 'h2', endpointStage: 'final' },
    fallback: { family: true, transport: false, service: false, resolver: false },
    delays: { connectionAttemptDelayMs: 250 },
  });
  const resolution = aResolution({
    endMs: 32,
    durationMs: 32,
    tasks: [{ kind: 'dns', startMs: 0, endMs: 32, outcome: 'ok' }],
    transactions: [
      aTransaction({ type: 'HTTPS', startMs: 1, endMs: 29 }),
      aTransaction({ type: 'AAAA', startMs: 1, endMs: 30 }),
      aTransaction({ type: 'A', startMs: 1, endMs: 32 }),
    ],
    endpointUpdates: [
      { atMs: 30, stage: 'intermediate', cryptoReady: true, endpoints: [anEndpoint()] },
      { atMs: 32, stage: 'final', cryptoReady: true, endpoints: [anEndpoint()] },
    ],
    addresses: ['2001:db8:77::21', '10.77.0.21'],
  });
  return { race, resolution };
}

/** HTTPS and A come late: TCP connects, TLS waits, QUIC starts with the HTTPS answer and loses. */
export function cryptoWaitRace(): { race: Race; resolution: Resolution } {
  const race = aRace({
    id: 126,
    destination: { scheme: 'https', host: 'svc.a.test', port: 443 },
    startMs: 1000,
    endMs: 1248,
    durationMs: 248,
    resolutionIds: [129],
    dns: { startMs: 1000, firstEndpointsMs: 1030, cryptoReadyMs: 1225, finalMs: 1436 },
    attempts: [
      anAttempt({
        id: 144,
        ipEndpoint: '[2001:db8:77::11]:443',
        startMs: 1030,
        connectedMs: 1053,
        secureStartMs: 1225,
        cryptoWaitMs: 172,
        endMs: 1248,
        endpointStage: 'intermediate',
      }),
      anAttempt({
        id: 145,
        ipEndpoint: '[2001:db8:77::11]:443',
        transport: 'quic',
        startMs: 1227,
        endMs: 1248,
        outcome: 'cancelled',
        netError: { code: -3, name: 'ERR_ABORTED' },
        endpointStage: 'intermediate',
      }),
    ],
    winner: {
      attemptId: 144,
      transport: 'tcp',
      family: 'ipv6',
      ipEndpoint: '[2001:db8:77::11]:443',
      alpn: 'h2',
      endpointStage: 'intermediate',
    },
    fallback: { family: false, transport: true, service: false, resolver: false },
    delays: { cryptoWaitMs: 172 },
  });
  const resolution = aResolution({
    id: 129,
    host: 'svc.a.test',
    startMs: 1000,
    endMs: 1436,
    durationMs: 436,
    transactions: [
      aTransaction({ type: 'HTTPS', name: 'svc.a.test', startMs: 1001, endMs: 1225 }),
      aTransaction({ type: 'AAAA', name: 'svc.a.test', startMs: 1001, endMs: 1030 }),
      aTransaction({ type: 'A', name: 'svc.a.test', startMs: 1001, endMs: 1436 }),
    ],
    endpointUpdates: [
      { atMs: 1030, stage: 'intermediate', cryptoReady: false, endpoints: [anEndpoint()] },
      { atMs: 1225, stage: 'intermediate', cryptoReady: true, endpoints: [anEndpoint()] },
      { atMs: 1436, stage: 'final', cryptoReady: true, endpoints: [anEndpoint()] },
    ],
  });
  return { race, resolution };
}

/** A name that does not exist: the DNS task fails, the system resolver repeats it, the race fails. */
export function failedRace(): { race: Race; resolution: Resolution } {
  const netError = { code: -105, name: 'ERR_NAME_NOT_RESOLVED' };
  const race = aRace({
    id: 200,
    destination: { scheme: 'https', host: 'nx.a.test', port: 8443 },
    startMs: 500,
    endMs: 548,
    durationMs: 48,
    outcome: 'failed',
    netError,
    resolutionIds: [201],
    dns: { startMs: 500 },
  });
  const resolution = aResolution({
    id: 201,
    host: 'nx.a.test',
    port: 8443,
    startMs: 500,
    endMs: 548,
    durationMs: 48,
    outcome: 'failed',
    netError,
    tasks: [
      { kind: 'dns', startMs: 500, endMs: 524, outcome: 'failed', netError },
      { kind: 'system', startMs: 524, endMs: 548, outcome: 'failed', netError },
    ],
    transactions: [
      aTransaction({ type: 'AAAA', name: 'nx.a.test', startMs: 501, endMs: 524, outcome: 'failed', rcode: 'NXDOMAIN', netError }),
    ],
  });
  return { race, resolution };
}

/** Makes colour visible in a golden: `<good>…</>`. */
export const tagStyle: Style = (tone, text) => `<${tone}>${text}</>`;
