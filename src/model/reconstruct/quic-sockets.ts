/** The UDP sockets of QUIC jobs, by when they were connected. */
import type { SocketHandler, SocketRecord } from '../handlers/sockets.ts';
import { lastUpTo } from '../ascending.ts';

/** The socket of a job that was connected last before a place in the log. */
export type SocketBefore = (jobId: number, index: number) => SocketRecord | undefined;

export function createSocketBefore(sockets: SocketHandler): SocketBefore {
  const byJob = new Map<number, readonly Connected[]>();

  function connectedOf(jobId: number): readonly Connected[] {
    const made = sockets.ownedBy(jobId).flatMap((s) => (s.type === 'UDP_SOCKET' ? [s] : sockets.ownedBy(s.id)));
    const connected = made.flatMap((socket) => (socket.udpPeer === undefined ? [] : [{ at: socket.udpPeer.begin, socket }])).toSorted((a, b) => a.at.index - b.at.index);
    byJob.set(jobId, connected);
    return connected;
  }

  return (jobId, index) => lastUpTo(byJob.get(jobId) ?? connectedOf(jobId), index - 1)?.socket;
}

interface Connected {
  readonly at: { readonly index: number };
  readonly socket: SocketRecord;
}
