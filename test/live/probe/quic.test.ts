/**
 * Attempts over QUIC: with a stand-in for the library, and with the library itself against a server of its own. It is no dependency:
 * `MATRIXAI_QUIC` names a folder that `@matrixai/quic` is installed in, and without it the stand-in alone is asked.
 */
import { type Http2SecureServer, createSecureServer } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DRAFT_V3 } from '../../../src/engine/profiles/draft-v3.ts';
import { probe } from '../../../src/live/probe/probe.ts';
import { type QuicModule, loadQuic } from '../../../src/live/probe/quic-module.ts';
import type { Trust } from '../../../src/live/probe/tcp-connection.ts';
import { createModel } from '../../../src/model/model.ts';
import type { Trace } from '../../../src/model/trace.ts';
import type { Happening } from '../../../src/simulator/happening.ts';
import { SERVER_CERTIFICATE, SERVER_KEY, TEST_AUTHORITY } from '../certificate.ts';
import { type TestDnsServer, startDnsServer, zone } from './dns-server.ts';
import { quicStandIn } from './quic-stand-in.ts';
import { RACE_TEST_ALPN_H2, RACE_TEST_ALPN_H3_H2 } from './service-rdata.ts';

const libraryFolder = process.env['MATRIXAI_QUIC'] ?? '';

let server: Http2SecureServer;
let port = 0;
let asked: string[] = [];
const sockets = new Set<Socket>();
let dns: TestDnsServer;
beforeEach(async () => {
  asked = [];
  server = createSecureServer({ cert: SERVER_CERTIFICATE, key: SERVER_KEY }, (request, response) => {
    asked.push(request.url);
    response.end();
  });
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  dns = await startDnsServer(zone('race.test', { A: '127.0.0.1' }, RACE_TEST_ALPN_H3_H2));
});
afterEach(() => {
  server.close();
  dns.close();
  for (const socket of sockets) socket.destroy();
  sockets.clear();
});

interface Told {
  readonly trace: Trace;
  readonly happenings: readonly Happening[];
}

async function probed(quic: QuicModule | undefined, { trust = { insecure: false, authorities: TEST_AUTHORITY }, dnsPort = dns.port, at = port }: { readonly trust?: Trust; readonly dnsPort?: number; readonly at?: number } = {}): Promise<Told> {
  const model = createModel();
  const happenings: Happening[] = [];
  await probe(
    {
      url: new URL(`https://race.test:${at}/page`),
      parameters: DRAFT_V3,
      ...(quic !== undefined && { quic }),
      network: { ipv4: true, ipv6: false, sources: [], dnsServers: [{ address: '127.0.0.1', port: dnsPort }] },
      trust,
      timeoutMs: 20_000,
      client: { name: 'test', version: '0', os: 'test', commandLine: 'test' },
      observe: (happening) => happenings.push(happening),
    },
    model,
  );
  return { trace: model.trace(), happenings };
}

const attemptsOf = ({ races }: Trace) => races.flatMap(({ attempts }) => attempts.map(({ transport, outcome }) => `${transport} ${outcome}`));
const quicFailure = ({ happenings }: Told) => happenings.flatMap((happening) => (happening.layer === 'network' && happening.event.kind === 'quic-failed' ? [happening.event] : []));

describe('a handshake over QUIC', () => {
  test('wins the race, and there the request ends', async () => {
    const quic = quicStandIn({ kind: 'succeeds' });
    const { trace, happenings } = await probed(quic.module);
    expect(trace.races).toMatchObject([{ outcome: 'connected', winner: { ipEndpoint: `127.0.0.1:${port}`, transport: 'quic', alpn: 'h3' } }]);
    expect(trace.requests).toMatchObject([{ netError: { name: 'ERR_ABORTED' } }]);
    expect(happenings).toContainEqual(expect.objectContaining({ kind: 'request-cancelled' }));
    expect(happenings).not.toContainEqual(expect.objectContaining({ kind: 'send-request' }));
    expect(asked).toEqual([]);
    await vi.waitFor(() => {
      expect(quic).toMatchObject({ openSockets: 0, connections: [{ ended: 'stopped' }] });
    });
  });

  test('offers h3 to the server by its name, and verifies its certificate against the authorities of TLS', async () => {
    const quic = quicStandIn({ kind: 'succeeds' });
    await probed(quic.module);
    expect(quic.connections[0]?.options).toMatchObject({ serverName: 'race.test', remoteInfo: { host: '127.0.0.1', port }, config: { applicationProtos: ['h3'], verifyPeer: true, ca: TEST_AUTHORITY } });
  });

  test('takes any certificate if it is told to', async () => {
    const quic = quicStandIn({ kind: 'succeeds' });
    await probed(quic.module, { trust: { insecure: true } });
    expect(quic.connections[0]?.options.config).toMatchObject({ verifyPeer: false });
    expect(quic.connections[0]?.options.config).not.toHaveProperty('ca');
  });

  test('that is refused leaves the race to TCP', async () => {
    const quic = quicStandIn({ kind: 'refused', errorCode: 0x100 + 120 });
    const told = await probed(quic.module);
    expect(quicFailure(told)).toMatchObject([{ error: { name: 'ERR_QUIC_PROTOCOL_ERROR' }, quicError: 'QUIC_HANDSHAKE_FAILED' }]);
    expect(attemptsOf(told.trace)).toEqual(['quic failed', 'tcp won']);
    expect(told.trace.requests).toMatchObject([{ status: 200, alpn: 'h2' }]);
    expect(quic).toMatchObject({ openSockets: 0 });
  });

  test('that fails at the certificate says so', async () => {
    const told = await probed(quicStandIn({ kind: 'refused', errorCode: 0x100 + 48 }).module);
    expect(quicFailure(told)).toMatchObject([{ quicError: 'QUIC_TLS_CERTIFICATE_UNKNOWN' }]);
  });

  test('that nobody answers is given up when TCP has won', async () => {
    const quic = quicStandIn({ kind: 'silent' });
    const told = await probed(quic.module);
    expect(attemptsOf(told.trace)).toEqual(['quic lost', 'tcp won']);
    expect(quicFailure(told)).toEqual([]);
    await vi.waitFor(() => {
      expect(quic).toMatchObject({ openSockets: 0, connections: [{ ended: 'aborted' }] });
    });
  });

  test('is not begun where no record offers h3', async () => {
    const quic = quicStandIn({ kind: 'succeeds' });
    const other = await startDnsServer(zone('race.test', { A: '127.0.0.1' }, RACE_TEST_ALPN_H2));
    const { trace } = await probed(quic.module, { dnsPort: other.port });
    other.close();
    expect(attemptsOf(trace)).toEqual(['tcp won']);
    expect(quic.connections).toEqual([]);
  });

  test('is not begun without the library', async () => {
    expect(attemptsOf((await probed(undefined)).trace)).toEqual(['tcp won']);
  });
});

test('a library that is not there says how to get it', async () => {
  expect(await loadQuic('@matrixai/quic-that-is-not-there')).toEqual({ state: 'absent', remedy: 'npm install @matrixai/quic' });
});

const remark = libraryFolder === '' ? ' (left out: MATRIXAI_QUIC names no folder with @matrixai/quic)' : '';

describe.skipIf(libraryFolder === '')(`the library itself${remark}`, () => {
  interface LibraryServer {
    readonly port: number;
    start(options: { readonly host: string; readonly port: number }): Promise<void>;
    stop(options: { readonly force: boolean }): Promise<void>;
  }
  type Library = QuicModule & { readonly QUICServer: new (options: object) => LibraryServer };
  const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, getChild: () => silent };

  /** At the port of the server over TCP. */
  async function withServer<Result>(protocol: string, run: (library: Library) => Promise<Result>): Promise<Result> {
    const support = await loadQuic(pathToFileURL(join(libraryFolder, 'node_modules/@matrixai/quic/dist/index.js')).href);
    if (support.state === 'absent') throw new Error(support.remedy);
    const library = support.module as Library;
    // Address validation by tokens is not what is tested.
    const ops = { sign: () => Promise.resolve(new ArrayBuffer(32)), verify: () => Promise.resolve(true) };
    const quicServer = new library.QUICServer({ crypto: { key: new ArrayBuffer(32), ops }, config: { key: SERVER_KEY, cert: SERVER_CERTIFICATE, applicationProtos: [protocol] }, logger: silent });
    await quicServer.start({ host: '127.0.0.1', port });
    try {
      return await run(library);
    } finally {
      await quicServer.stop({ force: true });
    }
  }

  test('connects', async () => {
    const { trace } = await withServer('h3', (library) => probed(library));
    expect(trace.races).toMatchObject([{ outcome: 'connected', winner: { transport: 'quic', alpn: 'h3' } }]);
  });

  test('fails where the server is nobody to trust, and where it speaks something else', async () => {
    const distrusted = await withServer('h3', (library) => probed(library, { trust: { insecure: false } }));
    expect(quicFailure(distrusted)).toMatchObject([{ quicError: 'QUIC_TLS_CERTIFICATE_UNKNOWN' }]);
    const other = await withServer('other', (library) => probed(library));
    expect(quicFailure(other)).toMatchObject([{ quicError: 'QUIC_HANDSHAKE_FAILED' }]);
    expect(attemptsOf(other.trace)).toEqual(['quic failed', 'tcp won']);
  });
});
