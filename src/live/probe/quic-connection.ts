/**
 * One connection over QUIC, as far as its handshake: HTTP/3 is missing, so that nothing is sent on it.
 *
 * A port where nobody listens is silence, as the library's socket hears no ICMP.
 */
import { randomBytes } from 'node:crypto';
import { type IpEndpoint, familyOfCanonical } from '../../address.ts';
import { type NetError, netError } from '../../simulator/network/net-error.ts';
import { LINUX_CHROMIUM } from '../../simulator/network/network-parameters.ts';
import type { ConnectionEvent, QuicErrorName } from '../../simulator/network/network-event.ts';
import type { Cancellable } from './dns-exchange.ts';
import type { QuicLogger, QuicModule } from './quic-module.ts';
import { netErrorOf } from './socket-errors.ts';
import type { PreparedTrust } from './tcp-connection.ts';

interface QuicFailure {
  readonly error: NetError;
  readonly quicError?: QuicErrorName;
}

const SILENT: QuicLogger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, getChild: () => SILENT };

/** Octets; the longest that RFC 9000 §17.2 has. */
const CONNECTION_ID_SIZE = 20;
/** RFC 9114 §8.1. */
const H3_NO_ERROR = 0x100;
/** CRYPTO_ERROR (RFC 9000 §20.1) with the alerts `bad_certificate` to `certificate_unknown`, and `unknown_ca` (RFC 8446 §6). */
const CERTIFICATE_ALERTS: ReadonlySet<number> = new Set([42, 43, 44, 45, 46, 48].map((alert) => 0x100 + alert));

/** The library's own defaults, but for what a client without streams can do without. */
const CONFIG = {
  sigalgs: 'ecdsa_secp256r1_sha256:rsa_pss_rsae_sha256:rsa_pkcs1_sha256:ecdsa_secp384r1_sha384:rsa_pss_rsae_sha384:rsa_pkcs1_sha384:ecdsa_secp521r1_sha512:rsa_pss_rsae_sha512:rsa_pkcs1_sha512:ed25519',
  grease: true,
  maxIdleTimeout: 0,
  maxRecvUdpPayloadSize: 1350,
  maxSendUdpPayloadSize: 1350,
  initialMaxData: 1_048_576,
  initialMaxStreamDataBidiLocal: 65_536,
  initialMaxStreamDataBidiRemote: 65_536,
  initialMaxStreamDataUni: 65_536,
  initialMaxStreamsBidi: 0,
  // HTTP/3 servers open three at once (RFC 9114 §6.2).
  initialMaxStreamsUni: 3,
  maxConnectionWindow: 1_048_576,
  maxStreamWindow: 65_536,
  enableDgram: [false, 0, 0],
  disableActiveMigration: true,
  applicationProtos: ['h3'],
  enableEarlyData: false,
  readableChunkSize: 4096,
} as const;

export class QuicConnection implements Cancellable {
  readonly #tell: (event: ConnectionEvent) => void;
  /** Aborted when it is over. */
  readonly #over = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #isConnected = false;

  constructor(endpoint: IpEndpoint, serverName: string, trust: PreparedTrust, quic: QuicModule, tell: (event: ConnectionEvent) => void) {
    this.#tell = tell;
    this.#timer = setTimeout(() => {
      this.#failed({ error: netError('ERR_QUIC_PROTOCOL_ERROR'), quicError: 'QUIC_NETWORK_IDLE_TIMEOUT' });
    }, LINUX_CHROMIUM.quicHandshakeTimeoutMs);
    this.#live(endpoint, serverName, trust, quic).catch((error: unknown) => {
      // A handshake that was given up rejects with whatever it likes.
      if (!this.#over.signal.aborted) this.#failed({ error: netErrorOf(error, 'ERR_QUIC_PROTOCOL_ERROR') });
    });
  }

  /** The server is told. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#over.abort();
  }

  /** From the socket's beginning to its end. */
  async #live({ address, port }: IpEndpoint, serverName: string, { insecure, authorities }: PreparedTrust, quic: QuicModule): Promise<void> {
    const { signal } = this.#over;
    const socket = new quic.QUICSocket({ logger: SILENT });
    const isIpv6 = familyOfCanonical(address) === 'ipv6';
    await socket.start({ host: isIpv6 ? '::' : '0.0.0.0', port: 0, ipv6Only: isIpv6 });
    try {
      if (signal.aborted) return;
      const config = { ...CONFIG, verifyPeer: !insecure, ...(!insecure && { ca: authorities }) };
      const scid = new quic.QUICConnectionId(randomBytes(CONNECTION_ID_SIZE));
      const connection = new quic.QUICConnection({ type: 'client', scid, serverName, socket, remoteInfo: { host: address, port }, config, logger: SILENT });
      socket.connectionMap.set(connection.connectionId, connection);
      connection.addEventListener('EventQUICConnectionSend', ({ detail }) => {
        socket.send_(detail.msg, detail.port, detail.address).catch((error: unknown) => {
          this.#failed({ error: netErrorOf(error, 'ERR_QUIC_PROTOCOL_ERROR') });
        });
      });
      connection.addEventListener('EventQUICConnectionError', ({ detail }) => {
        this.#failed(failureOf(detail.data?.errorCode));
      });
      await connection.start(undefined, { signal });
      this.#connected();
      await aborted(signal);
      await connection.stop({ isApp: true, errorCode: H3_NO_ERROR });
    } finally {
      await socket.stop({ force: true });
    }
  }

  #connected(): void {
    if (this.#over.signal.aborted) return;
    clearTimeout(this.#timer);
    this.#isConnected = true;
    this.#tell({ kind: 'quic-connected', alpn: 'h3', earlyData: false });
    this.#tell({ kind: 'quic-handshake-complete', ech: 'not-offered' });
  }

  /** The first end counts; what comes of a cancellation is none. */
  #failed(failure: QuicFailure): void {
    if (this.#over.signal.aborted) return;
    this.cancel();
    this.#tell({ ...failure, kind: this.#isConnected ? 'closed' : 'quic-failed' });
  }
}

function failureOf(errorCode: number | undefined): QuicFailure {
  const isCertificate = errorCode !== undefined && CERTIFICATE_ALERTS.has(errorCode);
  return { error: netError('ERR_QUIC_PROTOCOL_ERROR'), quicError: isCertificate ? 'QUIC_TLS_CERTIFICATE_UNKNOWN' : 'QUIC_HANDSHAKE_FAILED' };
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => {
    signal.addEventListener('abort', resolve, { once: true });
  });
}
