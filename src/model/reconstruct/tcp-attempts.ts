/**
 * TCP attempts: one per TCP_CONNECT_ATTEMPT on a socket, that is one per SYN.
 *
 * The socket's own events serve all engines: connected is TCP_CONNECT END without error, usable is
 * SSL_CONNECT END without error (https) or the transport itself (http). A cancelled connect has no
 * END; its end is SOCKET_ALIVE END.
 */
import type { Moment } from '../handlers/handler.ts';
import type { SocketRecord, TcpConnect } from '../handlers/sockets.ts';
import type { Attempt, EndpointStage } from '../race.ts';
import type { AttemptDraft } from './attempt-draft.ts';
import { echOfTls } from './ech.ts';
import { endpointText } from './endpoint-text.ts';

/** What the owner of a socket knows of an attempt that the socket's events do not show. */
export interface TcpAttemptOwner {
  readonly sourceIds: readonly number[];
  /** The connection carries TLS. */
  readonly secure: boolean;
  /** For tunnels: when the whole connection, not just this socket's handshake, was usable. */
  readonly usable?: 'by-handshake' | { readonly at: Moment | undefined };
  readonly connector?: Attempt['connector'];
  readonly wait?: AttemptDraft['wait'];
  /** An error that ended the attempt from outside: a time-out of the owner. */
  readonly failed?: AttemptDraft['failed'];
  readonly cancelReason?: string | undefined;
  readonly slow?: boolean;
  stageOf(ipEndpoint: string, start: Moment): EndpointStage;
}

export function tcpAttempts(socket: SocketRecord, owner: TcpAttemptOwner): AttemptDraft[] {
  const connects: readonly TcpConnect[] = socket.connects.length > 0 ? socket.connects : connectOfLostHead(socket);
  return connects.flatMap((connect, i) => {
    const ipEndpoint = endpointText(connect.address);
    if (ipEndpoint === undefined) return [];
    const part = connects.length > 1 ? { part: i + 1 } : {};
    if (i < connects.length - 1) return [earlierPart(socket, connect, ipEndpoint, i, owner)];
    return [{ ...lastPart(socket, connect, ipEndpoint, owner), ...part }];
  });
}

/** The head of the log is lost: the start is in `source.start_time`, the address in TCP_CONNECT END. */
function connectOfLostHead(socket: SocketRecord): TcpConnect[] {
  return socket.remoteAddress === undefined ? [] : [{ address: socket.remoteAddress, start: socket.start, end: socket.connectEnd }];
}

function lastPart(socket: SocketRecord, connect: TcpConnect, ipEndpoint: string, owner: TcpAttemptOwner): AttemptDraft {
  const { connectEnd, connectError, handshakes } = socket;
  const connected = connectError === undefined && connect.osError === undefined ? (connectEnd ?? connect.end) : undefined;
  const handshakeError = handshakes.find((h) => h.netError !== undefined);
  const done = handshakes.find((h) => h.end !== undefined && h.netError === undefined);
  const usable = usableAt(connected, done?.end, owner);
  return {
    ...common(socket, connect, ipEndpoint, owner),
    localEndpoint: endpointText(socket.localAddress),
    connected,
    secureStart: handshakes[0]?.start,
    wait: owner.wait,
    usable,
    failed: usable === undefined ? (connectFailure(socket, connect) ?? failureOf(handshakeError) ?? owner.failed) : undefined,
    closed: socket.closed,
    cancelReason: owner.cancelReason,
    ech: echOfTls(handshakes.at(-1)),
    alpn: done?.alpn,
  };
}

/** A connect to one address of a list before the last tried: it failed, and the next one followed at once. */
function earlierPart(socket: SocketRecord, connect: TcpConnect, ipEndpoint: string, i: number, owner: TcpAttemptOwner): AttemptDraft {
  return {
    ...common(socket, connect, ipEndpoint, owner),
    part: i + 1,
    failed: connect.end && { at: connect.end },
    closed: connect.end ?? socket.closed,
  };
}

function common(socket: SocketRecord, connect: TcpConnect, ipEndpoint: string, owner: TcpAttemptOwner) {
  return {
    id: socket.id,
    transport: 'tcp' as const,
    ipEndpoint,
    connector: owner.connector,
    start: connect.start,
    slow: owner.slow,
    stage: owner.stageOf(ipEndpoint, connect.start),
    sourceIds: [socket.id, ...owner.sourceIds],
  };
}

function usableAt(connected: Moment | undefined, handshakeDone: Moment | undefined, owner: TcpAttemptOwner): Moment | undefined {
  if (owner.usable !== undefined && owner.usable !== 'by-handshake') return owner.usable.at;
  return owner.secure ? handshakeDone : connected;
}

function connectFailure(socket: SocketRecord, connect: TcpConnect): AttemptDraft['failed'] {
  if (socket.connectError !== undefined && socket.connectEnd !== undefined) return { at: socket.connectEnd, code: socket.connectError };
  return connect.osError !== undefined && connect.end !== undefined ? { at: connect.end } : undefined;
}

function failureOf(handshake: { readonly end?: Moment | undefined; readonly netError?: number | undefined } | undefined): AttemptDraft['failed'] {
  return handshake?.end && { at: handshake.end, code: handshake.netError };
}
