/** A UDP socket as Chromium logs it: a client socket around the socket proper. */
import { type IpEndpoint, formatEndpoint } from '../../address.ts';
import type { Millis } from '../../units.ts';
import type { SimulatedSource, SourceLog } from '../log/source-log.ts';

export interface UdpSocket {
  readonly client: SimulatedSource;
  readonly socket: SimulatedSource;
}

export function openUdpSocket(log: SourceLog, owner: SimulatedSource, at: Millis): UdpSocket {
  const client = log.source('UDP_CLIENT_SOCKET', at);
  const socket = log.source('UDP_SOCKET', at);
  log.begin(socket, 'SOCKET_ALIVE', at, { source_dependency: log.dependency(client) });
  log.begin(client, 'SOCKET_ALIVE', at, { source_dependency: log.dependency(owner) });
  return { client, socket };
}

/** Connecting a UDP socket sends nothing and succeeds at once. */
export function connectUdpSocket(log: SourceLog, { socket }: UdpSocket, peer: IpEndpoint, at: Millis): void {
  log.begin(socket, 'UDP_CONNECT', at, { address: formatEndpoint(peer) });
  log.end(socket, 'UDP_CONNECT', at);
}

export function closeUdpSocket(log: SourceLog, { client, socket }: UdpSocket, at: Millis): void {
  log.end(client, 'SOCKET_ALIVE', at);
  log.end(socket, 'SOCKET_ALIVE', at);
}
