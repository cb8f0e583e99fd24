/** Whose sockets are whose. */
import type { SocketHandler, SocketRecord } from '../handlers/sockets.ts';

/** Those of a source: the ones that it made, and of the ones that it names those that nobody else has. */
export type SocketsOf = (ownerId: number, named: Iterable<number>) => SocketRecord[];

/** By the link that every socket has from its first event; in a log without its head a socket is of the first that names it. */
export function createSocketsOf(handler: SocketHandler): SocketsOf {
  const firstToName = new Map<number, number>();

  function isFirstToName(ownerId: number, socketId: number): boolean {
    const first = firstToName.get(socketId) ?? ownerId;
    firstToName.set(socketId, first);
    return first === ownerId;
  }

  return (ownerId, named) => {
    const adopted = [...named].flatMap((id) => {
      const socket = handler.sockets.get(id);
      return socket !== undefined && socket.ownerId === undefined && isFirstToName(ownerId, id) ? [socket] : [];
    });
    return [...new Set([...handler.ownedBy(ownerId), ...adopted])];
  };
}
