/** The sockets of a connect job, and whether they lead to the destination itself. */
import type { ConnectJobRecord } from '../handlers/connect-jobs.ts';
import type { SocketRecord } from '../handlers/sockets.ts';
import type { SocketsOf } from './socket-owners.ts';

export function socketsOfJob(job: ConnectJobRecord, socketsOf: SocketsOf): SocketRecord[] {
  return socketsOf(job.id, [...job.connectors.keys(), ...job.socketIds]).filter(({ ownerId, type }) => ownerId === undefined || type === 'SOCKET');
}

/** A proxy stands between: the socket's address is the proxy's. */
export function isTunnel({ layers }: ConnectJobRecord): boolean {
  return layers.has('http-proxy') || layers.has('socks');
}
