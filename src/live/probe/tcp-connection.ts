/** One connection over TCP, with TLS and a request on it if the engine wants them. */
import { X509Certificate } from 'node:crypto';
import { type Socket, connect, isIP } from 'node:net';
import { type PeerCertificate, type SecureContext, type TLSSocket, checkServerIdentity, connect as tlsConnect, createSecureContext, rootCertificates } from 'node:tls';
import type { IpEndpoint } from '../../address.ts';
import { canonicalAddress } from '../../address.ts';
import { type NetErrorName, netError } from '../../simulator/network/net-error.ts';
import type { ConnectionEvent, HttpRequest, NegotiatedTls } from '../../simulator/network/network-event.ts';
import type { TlsOffer } from '../../simulator/network/tls.ts';
import { cipherSuiteNumber } from './cipher-suites.ts';
import type { Cancellable } from './dns-exchange.ts';
import { type HttpEvents, requestOverHttp1, requestOverHttp2 } from './http-request.ts';
import { netErrorOf } from './socket-errors.ts';

/** Which certificates count. */
export interface Trust {
  /** Any does, of any name. */
  readonly insecure: boolean;
  /** Certificate authorities in PEM in place of Node's own; absent: Node's own. */
  readonly authorities?: string;
}

/** The same, ready for handshakes: reading certificate authorities takes its time, which is none of the network's. */
export interface PreparedTrust {
  readonly insecure: boolean;
  readonly context: SecureContext;
  /** In PEM, for QUIC. */
  readonly authorities: string;
}

export function prepareTrust({ insecure, authorities }: Trust): PreparedTrust {
  return { insecure, context: createSecureContext(authorities === undefined ? {} : { ca: authorities }), authorities: authorities ?? rootCertificates.join('\n') };
}

/** `names`: of the certificate, with the end of the handshake. */
export type TellConnection = (event: ConnectionEvent, names: readonly string[]) => void;

type Phase = 'connecting' | 'connected' | 'securing' | 'secure' | 'over';

const OTHER_ERRORS: Readonly<Record<Exclude<Phase, 'over'>, NetErrorName>> = {
  connecting: 'ERR_CONNECTION_FAILED',
  connected: 'ERR_CONNECTION_CLOSED',
  securing: 'ERR_SSL_PROTOCOL_ERROR',
  secure: 'ERR_CONNECTION_CLOSED',
};

export class TcpConnection implements Cancellable {
  readonly #trust: PreparedTrust;
  readonly #tell: TellConnection;
  #socket: Socket;
  #alpn = 'http/1.1';
  #phase: Phase = 'connecting';

  constructor({ address, port }: IpEndpoint, trust: PreparedTrust, tell: TellConnection) {
    this.#trust = trust;
    this.#tell = tell;
    this.#socket = connect({ host: address, port, noDelay: true, autoSelectFamily: false });
    this.#socket.once('connect', () => {
      this.#connected();
    });
    this.#watch(this.#socket);
  }

  /** On a connection that is up. */
  startTls({ serverName, alpn }: TlsOffer): void {
    if (this.#phase !== 'connected') return;
    this.#phase = 'securing';
    const { insecure, context } = this.#trust;
    const socket = tlsConnect({
      socket: this.#socket,
      host: serverName,
      // An address is no server name (RFC 6066 §3).
      servername: isIP(serverName) === 0 ? serverName : '',
      ALPNProtocols: [...alpn],
      rejectUnauthorized: !insecure,
      checkServerIdentity: checkIdentity,
      secureContext: context,
    });
    socket.once('secureConnect', () => {
      this.#secured(socket);
    });
    this.#watch(socket);
    this.#socket = socket;
  }

  sendRequest(request: HttpRequest): void {
    if (this.#phase === 'over') return;
    const events: HttpEvents = {
      responded: (response) => {
        if (this.#phase !== 'over') this.#tell({ kind: 'response', request: request.id, response }, []);
      },
      failed: (error) => {
        this.#failed(error);
      },
      origins: (origins) => {
        if (this.#phase !== 'over') this.#tell({ kind: 'origin-frame', origins }, []);
      },
    };
    try {
      if (this.#alpn === 'h2') requestOverHttp2(this.#socket, request, events);
      else requestOverHttp1(this.#socket, request, events);
    } catch (error) {
      // The socket has just gone. Nobody is told amid a call of theirs.
      setImmediate(() => {
        this.#failed(error);
      });
    }
  }

  cancel(): void {
    this.#phase = 'over';
    this.#socket.destroy();
  }

  #watch(socket: Socket): void {
    socket.on('error', (error) => {
      this.#failed(error);
    });
    socket.on('close', () => {
      // The plain socket goes on under TLS, which tells of its end itself.
      if (socket === this.#socket) this.#failed(undefined);
    });
  }

  #connected(): void {
    if (this.#phase !== 'connecting') return;
    this.#phase = 'connected';
    const { localAddress, localPort } = this.#socket;
    const local = localAddress === undefined || localPort === undefined ? {} : { local: { address: canonicalAddress(localAddress) ?? localAddress, port: localPort } };
    this.#tell({ kind: 'tcp-connected', ...local }, []);
  }

  #secured(socket: TLSSocket): void {
    if (this.#phase !== 'securing') return;
    this.#phase = 'secure';
    // Without ALPN it is HTTP/1.1 (RFC 9112).
    this.#alpn = typeof socket.alpnProtocol === 'string' ? socket.alpnProtocol : 'http/1.1';
    this.#tell({ kind: 'tls-done', alpn: this.#alpn, ech: 'not-offered', tls: negotiated(socket) }, certificateNames(socket));
  }

  /** `undefined`: closed without an error. */
  #failed(cause: unknown): void {
    const phase = this.#phase;
    if (phase === 'over') return;
    this.cancel();
    const error = cause === undefined ? netError('ERR_CONNECTION_CLOSED') : netErrorOf(cause, OTHER_ERRORS[phase]);
    if (phase === 'connecting') this.#tell({ kind: 'tcp-failed', error }, []);
    else if (phase === 'securing') this.#tell({ kind: 'tls-failed', error }, []);
    else this.#tell({ kind: 'closed', error }, []);
  }
}

function negotiated(socket: TLSSocket): NegotiatedTls {
  const suite = cipherSuiteNumber(socket.getCipher().standardName);
  return { version: (socket.getProtocol() ?? '').replace('TLSv', 'TLS '), ...(suite !== undefined && { cipherSuite: suite }), isResumed: socket.isSessionReused() };
}

function certificateNames(socket: TLSSocket): readonly string[] {
  const { subjectaltname = '' } = socket.getPeerCertificate();
  return [...subjectaltname.matchAll(/DNS:([^,"\s]+)/g)].map(([, name = '']) => name.toLowerCase());
}

/** What is wrong with the certificate's names, if anything. Node 22 knows IPv6 addresses in none but one of their spellings. */
function checkIdentity(host: string, certificate: PeerCertificate): Error | undefined {
  if (isIP(host) === 0) return checkServerIdentity(host, certificate);
  if (new X509Certificate(certificate.raw).checkIP(host) !== undefined) return undefined;
  return Object.assign(new Error(`The certificate is not of ${host}`), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
}
