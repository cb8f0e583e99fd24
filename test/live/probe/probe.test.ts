/** The engine on real sockets, against servers of the test's own: who wins, what is tried, and where answers come from. */
import { type Http2SecureServer, createSecureServer } from 'node:http2';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { PROFILES } from '../../../src/engine/profiles/profiles.ts';
import { DRAFT_V3 } from '../../../src/engine/profiles/draft-v3.ts';
import { probe } from '../../../src/live/probe/probe.ts';
import type { Happening } from '../../../src/simulator/happening.ts';
import { createModel } from '../../../src/model/model.ts';
import type { Trace } from '../../../src/model/trace.ts';
import { SERVER_CERTIFICATE, SERVER_KEY, TEST_AUTHORITY } from '../certificate.ts';
import { type Question, type Reply, type TestDnsServer, startDnsServer, zone } from './dns-server.ts';
import { RACE_TEST_ALPN_H2 } from './service-rdata.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** At a free port, or a given one, of an address of the loopback. */
async function listen(server: Server | Http2SecureServer, address: '127.0.0.1' | '::1', port = 0): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(port, address, resolve));
  closing.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}

/** Of HTTP/2, or HTTP/1.1 for those who know no other. */
function secureServer(): Http2SecureServer {
  return createSecureServer({ cert: SERVER_CERTIFICATE, key: SERVER_KEY, allowHTTP1: true }, (_, response) => response.end());
}

/** Takes connections, and never says a word. */
const silentServer = (): Server => createServer((socket) => socket.on('error', () => undefined));

/** The same port at both addresses; `silent` or nothing instead of a server. */
async function dualStack(ipv6: 'secure' | 'silent' | 'closed', ipv4: 'secure' | 'silent' | 'closed'): Promise<number> {
  const serverOf = { secure: secureServer, silent: silentServer };
  const first = ipv4 === 'closed' ? undefined : await listen(serverOf[ipv4](), '127.0.0.1');
  if (ipv6 === 'closed') return first ?? 1;
  return listen(serverOf[ipv6](), '::1', first);
}

interface Told {
  readonly trace: Trace;
  readonly happenings: readonly Happening[];
}

async function probed(path: string, dns: TestDnsServer, more: Partial<Parameters<typeof probe>[0]> = {}): Promise<Told> {
  const model = createModel();
  const happenings: Happening[] = [];
  await probe(
    {
      url: new URL(path),
      parameters: DRAFT_V3,
      network: { ipv4: true, ipv6: true, sources: [], dnsServers: [{ address: '127.0.0.1', port: dns.port }] },
      trust: { insecure: false, authorities: TEST_AUTHORITY },
      timeoutMs: 20_000,
      client: { name: 'test', version: '0', os: 'test', commandLine: 'test' },
      observe: (happening) => happenings.push(happening),
      ...more,
    },
    model,
  );
  return { trace: model.trace(), happenings };
}

async function dnsServer(answer: (question: Question) => Reply | Promise<Reply>): Promise<TestDnsServer> {
  const server = await startDnsServer(answer);
  closing.push(() => {
    server.close();
  });
  return server;
}

const BOTH = { A: '127.0.0.1', AAAA: '::1' } as const;
const onlyRace = ({ races }: Trace) => {
  expect(races).toHaveLength(1);
  return races[0];
};
const attemptsOf = (trace: Trace) => onlyRace(trace)?.attempts.map(({ ipEndpoint, outcome }) => `${ipEndpoint.split(/:\d+$/)[0]} ${outcome}`);

describe('probe', () => {
  test('IPv6 wins where both families work, and the log says what was on the wire', async () => {
    const port = await dualStack('secure', 'secure');
    const dns = await dnsServer(zone('race.test', BOTH, RACE_TEST_ALPN_H2));
    const { trace } = await probed(`https://race.test:${port}/x?y`, dns);
    expect(trace.complete).toBe(true);
    const race = onlyRace(trace);
    expect(race).toMatchObject({ outcome: 'connected', winner: { ipEndpoint: `[::1]:${port}`, transport: 'tcp', alpn: 'h2' } });
    expect(race?.attempts[0]?.localEndpoint).toMatch(/^\[::1\]:\d+$/);
    expect(trace.requests).toMatchObject([{ url: `https://race.test:${port}/x?y`, status: 200, alpn: 'h2' }]);
    expect(dns.questions.map(({ name, type, transport }) => `${type} ${name} ${transport}`).toSorted()).toEqual(['A race.test udp', 'AAAA race.test udp', `HTTPS _${port}._https.race.test udp`]);
    const [resolution] = trace.resolutions;
    expect(resolution?.transactions.map(({ type, attempts }) => `${type} ${attempts.length}`).toSorted()).toEqual(['A 1', 'AAAA 1', 'HTTPS 1']);
  });

  test('IPv4 comes after IPv6 was refused', async () => {
    const port = await dualStack('closed', 'secure');
    const { trace } = await probed(`https://race.test:${port}/`, await dnsServer(zone('race.test', BOTH)));
    expect(attemptsOf(trace)).toEqual(['[::1] failed', '127.0.0.1 won']);
    expect(onlyRace(trace)?.attempts[0]?.netError).toMatchObject({ name: 'ERR_CONNECTION_REFUSED' });
  });

  test('IPv4 comes beside an IPv6 that says nothing, and wins', async () => {
    const port = await dualStack('silent', 'secure');
    const { trace } = await probed(`https://race.test:${port}/`, await dnsServer(zone('race.test', BOTH)));
    expect(attemptsOf(trace)).toEqual(['[::1] lost', '127.0.0.1 won']);
  });

  test('an AAAA that is late is waited for only so long, and its answer still belongs to the story', async () => {
    let connected: () => void = () => undefined;
    const ipv4Connected = new Promise<void>((resolve) => (connected = resolve));
    const server = secureServer();
    server.on('connection', () => {
      connected();
    });
    const port = await listen(server, '127.0.0.1');
    const answer = zone('race.test', BOTH, RACE_TEST_ALPN_H2);
    const dns = await dnsServer(async (question) => {
      if (question.type === 'AAAA') await ipv4Connected;
      return answer(question);
    });
    const { trace } = await probed(`https://race.test:${port}/`, dns);
    expect(onlyRace(trace)).toMatchObject({ outcome: 'connected', winner: { ipEndpoint: `127.0.0.1:${port}` } });
    expect(onlyRace(trace)?.attempts).toMatchObject([{ outcome: 'won', endpointStage: 'intermediate' }]);
    expect(trace.resolutions[0]?.resolutionDelay).toMatchObject({ timedOut: true });
  });

  test('what is truncated over UDP is asked once more over TCP', async () => {
    const port = await dualStack('secure', 'secure');
    const answer = zone('race.test', BOTH, RACE_TEST_ALPN_H2);
    const dns = await dnsServer((question) => (question.transport === 'udp' && question.type === 'AAAA' ? { kind: 'truncated' } : answer(question)));
    const { trace } = await probed(`https://race.test:${port}/`, dns);
    expect(dns.questions.filter(({ type }) => type === 'AAAA').map(({ transport }) => transport)).toEqual(['udp', 'tcp']);
    expect(onlyRace(trace)?.outcome).toBe('connected');
    const aaaa = trace.resolutions[0]?.transactions.find(({ type }) => type === 'AAAA');
    expect(aaaa?.attempts.map(({ transport }) => transport)).toEqual(['udp', 'tcp']);
  });

  test('a question without an answer is asked again', async () => {
    const port = await dualStack('secure', 'secure');
    const answer = zone('race.test', BOTH);
    let asked = 0;
    const dns = await dnsServer((question) => (question.type === 'A' && asked++ === 0 ? { kind: 'silence' } : answer(question)));
    await probed(`https://race.test:${port}/`, dns, { parameters: { ...DRAFT_V3, waitsFor: 'every-answer' } });
    expect(dns.questions.filter(({ type }) => type === 'A')).toHaveLength(2);
  });

  test('an alias in DNS leads to the addresses at its end', async () => {
    const port = await dualStack('secure', 'closed');
    const dns = await dnsServer(({ name, type }) => {
      const alias = [name, 'CNAME', 'edge.race.test'] as const;
      return { kind: 'records', records: type === 'HTTPS' ? [] : [alias, ['edge.race.test', type, BOTH[type]]] };
    });
    const { trace } = await probed(`https://race.test:${port}/`, dns);
    expect(onlyRace(trace)).toMatchObject({ outcome: 'connected', winner: { ipEndpoint: `[::1]:${port}` } });
  });

  test.each<[string, Reply, string]>([
    ['NXDOMAIN', { kind: 'rcode', rcode: 3 }, 'ERR_NAME_NOT_RESOLVED'],
    ['SERVFAIL', { kind: 'rcode', rcode: 2 }, 'ERR_NAME_NOT_RESOLVED'],
    ['garbage', { kind: 'garbage' }, 'ERR_NAME_NOT_RESOLVED'],
  ])('%s fails the request', async (_, reply, error) => {
    const { trace } = await probed('https://race.test/', await dnsServer(() => reply));
    expect(trace.requests).toMatchObject([{ netError: { name: error } }]);
    expect(trace.races.flatMap(({ attempts }) => attempts)).toEqual([]);
  });

  test('nobody listens at the DNS server', async () => {
    const dns = await startDnsServer(() => ({ kind: 'silence' }));
    dns.close();
    const { trace } = await probed('https://race.test/', dns);
    expect(trace.requests).toMatchObject([{ netError: { name: 'ERR_NAME_NOT_RESOLVED' } }]);
  });

  test('a certificate that nobody vouches for fails the race at once, unless any will do', async () => {
    const port = await dualStack('secure', 'secure');
    const dns = await dnsServer(zone('race.test', BOTH));
    const { trace } = await probed(`https://race.test:${port}/`, dns, { trust: { insecure: false } });
    expect(onlyRace(trace)).toMatchObject({ outcome: 'failed', netError: { name: 'ERR_CERT_AUTHORITY_INVALID' } });
    expect(attemptsOf(trace)).toEqual(['[::1] failed']);
    const { trace: careless } = await probed(`https://race.test:${port}/`, dns, { trust: { insecure: true } });
    expect(onlyRace(careless)?.outcome).toBe('connected');
  });

  test('so does one of another name', async () => {
    const port = await dualStack('secure', 'closed');
    const { trace } = await probed(`https://other.test:${port}/`, await dnsServer(zone('other.test', BOTH)));
    expect(onlyRace(trace)).toMatchObject({ outcome: 'failed', netError: { name: 'ERR_CERT_COMMON_NAME_INVALID' } });
  });

  test('an address needs no DNS, and has a certificate of its own', async () => {
    const port = await dualStack('secure', 'closed');
    const dns = await dnsServer(() => ({ kind: 'silence' }));
    const { trace } = await probed(`https://[::1]:${port}/`, dns);
    expect(onlyRace(trace)).toMatchObject({ outcome: 'connected', winner: { ipEndpoint: `[::1]:${port}` } });
    expect(dns.questions).toEqual([]);
  });

  test('plain HTTP/1.1 goes out as the log says', async () => {
    const heard: string[] = [];
    const server = createHttpServer((request, response) => {
      heard.push(`${request.method} ${request.url} ${request.rawHeaders.join(': ')}`);
      response.end();
    });
    const port = await listen(server, '127.0.0.1');
    const { trace } = await probed(`http://race.test:${port}/a?b`, await dnsServer(zone('race.test', { A: '127.0.0.1' })));
    expect(heard).toEqual([`GET /a?b Host: race.test:${port}`]);
    expect(trace.requests).toMatchObject([{ status: 200, alpn: 'http/1.1' }]);
  });

  test('an http URL whose host has HTTPS records goes out over TLS (RFC 9460 §9.5)', async () => {
    const port = await dualStack('secure', 'secure');
    const { trace } = await probed(`http://race.test:${port}/`, await dnsServer(zone('race.test', BOTH, RACE_TEST_ALPN_H2)));
    expect(trace.requests.map(({ url, status }) => `${url} ${status}`)).toContain(`https://race.test:${port}/ 200`);
    expect(trace.races.find(({ outcome }) => outcome === 'connected')).toMatchObject({ winner: { transport: 'tcp', alpn: 'h2' } });
  });

  test('a server that takes the request and says nothing is given up', async () => {
    const server = createSecureServer({ cert: SERVER_CERTIFICATE, key: SERVER_KEY }, () => undefined);
    const port = await listen(server, '127.0.0.1');
    const { happenings } = await probed(`https://race.test:${port}/`, await dnsServer(zone('race.test', { A: '127.0.0.1' })), { timeoutMs: 1500 });
    expect(happenings).toContainEqual(expect.objectContaining({ kind: 'request-cancelled' }));
  });

  test('an interruption ends it', async () => {
    const interrupted = new AbortController();
    const dns = await dnsServer(() => {
      interrupted.abort();
      return { kind: 'silence' };
    });
    await expect(probed('https://race.test/', dns, { signal: interrupted.signal })).rejects.toThrow('aborted');
  });

  test.each(Object.entries(PROFILES).filter(([, { builtInResolver }]) => builtInResolver))('%s connects', async (_, parameters) => {
    const port = await dualStack('secure', 'secure');
    const { trace } = await probed(`https://race.test:${port}/`, await dnsServer(zone('race.test', BOTH, RACE_TEST_ALPN_H2)), { parameters });
    expect(trace.requests).toMatchObject([{ status: 200 }]);
    expect(trace.races.filter(({ outcome }) => outcome === 'connected').length).toBeGreaterThan(0);
  });

  test('profiles without a resolver of their own ask the system', async () => {
    const port = await dualStack('secure', 'secure');
    const dns = await dnsServer(() => ({ kind: 'silence' }));
    const { trace } = await probed(`https://localhost:${port}/`, dns, { parameters: PROFILES['go'] ?? DRAFT_V3, trust: { insecure: true } });
    expect(dns.questions).toEqual([]);
    expect(onlyRace(trace)?.outcome).toBe('connected');
    expect(trace.resolutions[0]?.tasks.map(({ kind }) => kind)).toEqual(['system']);
  });
});
