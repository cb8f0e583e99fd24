/**
 * TCP and UDP sockets: who made them, where they connected to, their TLS handshakes, their end.
 *
 * A cancelled connect has no TCP_CONNECT END; SOCKET_ALIVE END is the end of every socket, missing
 * only where the log was cut.
 */
import type { NetLogEvent } from '../../netlog/event.ts';
import { certificateNames } from './certificate-names.ts';
import { serverNameIn } from './client-hello.ts';
import { type Handler, type Moment, momentOf, recordOf, startOf } from './handler.ts';
import { dependency, flag, netError, number, text, texts } from './params.ts';

/** One SYN: TCP_CONNECT_ATTEMPT. Logs of old Chromium have several on one socket. */
export interface TcpConnect {
  readonly address: string;
  readonly start: Moment;
  end?: Moment | undefined;
  osError?: number | undefined;
}

export interface TlsHandshake {
  readonly start: Moment;
  end?: Moment | undefined;
  netError?: number | undefined;
  alpn?: string | undefined;
  /** ECH was accepted, as SSL_CONNECT END says. */
  ech?: boolean | undefined;
  echOffered?: boolean | undefined;
}

export interface SocketRecord {
  readonly id: number;
  readonly type: string;
  readonly start: Moment;
  /** The source that SOCKET_ALIVE BEGIN depends on; absent where the head of the log is lost. */
  ownerId?: number | undefined;
  readonly connects: TcpConnect[];
  connectEnd?: Moment | undefined;
  connectError?: number | undefined;
  localAddress?: string | undefined;
  remoteAddress?: string | undefined;
  readonly handshakes: TlsHandshake[];
  /** The last of them that ended, and the last that ended well. */
  lastHandshake?: TlsHandshake | undefined;
  lastGoodHandshake?: TlsHandshake | undefined;
  /** From the ClientHello; with ECH from the inner one, which is the true one. */
  serverName?: string | undefined;
  /** Of the last certificate received: behind an HTTPS proxy that of the host. */
  certificateNames?: readonly string[] | undefined;
  /** UDP_CONNECT. */
  udpPeer?: { readonly address: string; readonly begin: Moment; end?: Moment };
  firstSent?: Moment | undefined;
  closed?: Moment | undefined;
}

export interface SocketHandler extends Handler {
  readonly sockets: ReadonlyMap<number, SocketRecord>;
  /** Sockets by the source that made them, in log order. */
  ownedBy(ownerId: number): readonly SocketRecord[];
}

export function createSocketHandler(): SocketHandler {
  const sockets = new Map<number, SocketRecord>();
  const byOwner = new Map<number, SocketRecord[]>();
  const socketOf = (event: NetLogEvent): SocketRecord =>
    recordOf(sockets, event, (e) => ({ id: e.source.id, type: e.source.type, start: startOf(e), connects: [], handshakes: [] }));

  return {
    sockets,
    ownedBy: (ownerId) => byOwner.get(ownerId) ?? [],
    firstOnly: ['UDP_BYTES_SENT'],
    headersOnly: ['UDP_BYTES_SENT', 'SSL_ECH_CONFIG_LIST'],
    on: {
      SOCKET_ALIVE(event) {
        const socket = socketOf(event);
        if (event.phase === 'END') socket.closed = momentOf(event);
        const ownerId = event.phase === 'BEGIN' ? dependency(event.params) : undefined;
        if (ownerId === undefined || socket.ownerId !== undefined) return;
        socket.ownerId = ownerId;
        const siblings = byOwner.get(ownerId);
        if (siblings === undefined) byOwner.set(ownerId, [socket]);
        else siblings.push(socket);
      },
      TCP_CONNECT(event) {
        if (event.phase !== 'END') return;
        const socket = socketOf(event);
        socket.connectEnd = momentOf(event);
        socket.connectError = netError(event.params);
        // `source_address` is the name of the local address in logs before `local_address` came.
        socket.localAddress = text(event.params, 'local_address') ?? text(event.params, 'source_address');
        socket.remoteAddress = text(event.params, 'remote_address');
      },
      TCP_CONNECT_ATTEMPT(event) {
        const { connects } = socketOf(event);
        if (event.phase === 'BEGIN') {
          const address = text(event.params, 'address');
          if (address !== undefined) connects.push({ address, start: momentOf(event) });
          return;
        }
        const open = connects.at(-1);
        if (open === undefined || open.end !== undefined) return;
        open.end = momentOf(event);
        open.osError = number(event.params, 'os_error');
      },
      SSL_CONNECT(event) {
        const { handshakes } = socketOf(event);
        if (event.phase === 'BEGIN') {
          handshakes.push({ start: momentOf(event) });
          return;
        }
        const open = handshakes.at(-1);
        if (open === undefined || open.end !== undefined) return;
        open.end = momentOf(event);
        open.netError = netError(event.params);
        open.alpn = negotiated(text(event.params, 'next_proto'));
        open.ech = flag(event.params, 'encrypted_client_hello');
        const socket = socketOf(event);
        socket.lastHandshake = open;
        if (open.netError === undefined) socket.lastGoodHandshake = open;
      },
      SSL_ENCRYPTED_CLIENT_HELLO(event) {
        // Logged before the outer ClientHello. QUIC sessions log it too.
        if (event.source.type === 'SOCKET') socketOf(event).serverName ??= serverNameIn(text(event.params, 'bytes'));
      },
      SSL_HANDSHAKE_MESSAGE_SENT(event) {
        if (event.source.type === 'SOCKET') socketOf(event).serverName ??= serverNameIn(text(event.params, 'bytes'));
      },
      SSL_CERTIFICATES_RECEIVED(event) {
        // The server's own comes first; the others vouch for it.
        socketOf(event).certificateNames = certificateNames(texts(event.params, 'certificates')[0]);
      },
      SSL_ECH_CONFIG_LIST(event) {
        const open = socketOf(event).handshakes.at(-1);
        if (open !== undefined) open.echOffered = true;
      },
      UDP_CONNECT(event) {
        const socket = socketOf(event);
        const address = text(event.params, 'address');
        if (event.phase === 'BEGIN' && address !== undefined) socket.udpPeer = { address, begin: momentOf(event) };
        if (event.phase === 'END' && socket.udpPeer !== undefined) socket.udpPeer.end = momentOf(event);
      },
      UDP_LOCAL_ADDRESS(event) {
        socketOf(event).localAddress ??= text(event.params, 'address');
      },
      UDP_BYTES_SENT(event) {
        socketOf(event).firstSent ??= momentOf(event);
      },
    },
  };
}

/** `unknown`: no protocol was negotiated by ALPN. */
function negotiated(nextProto: string | undefined): string | undefined {
  return nextProto === 'unknown' ? undefined : nextProto;
}
