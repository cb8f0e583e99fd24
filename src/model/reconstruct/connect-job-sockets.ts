/** The sockets of a connect job, and whether they lead to the destination itself. */
import type { ConnectJobRecord } from '../handlers/connect-jobs.ts';
import type { SocketHandler, SocketRecord } from '../handlers/sockets.ts';

/** By the link that every socket has from its first event; in a log without its head by the job's words. */
export function socketsOf(job: ConnectJobRecord, handler: SocketHandler): SocketRecord[] {
  const named = [...job.connectors.keys(), ...job.socketIds].map((id) => handler.sockets.get(id)).filter((s) => s !== undefined && s.ownerId === undefined);
  return [...new Set([...handler.ownedBy(job.id).filter((s) => s.type === 'SOCKET'), ...named])].filter((s) => s !== undefined);
}

/** A proxy stands between: the socket's address is the proxy's. */
export function isTunnel({ layers }: ConnectJobRecord): boolean {
  return layers.has('http-proxy') || layers.has('socks');
}
