/** How many sockets there may be, to one destination and in all. Connections over QUIC are none of these. */

export interface SocketLimits {
  readonly perGroup: number;
  readonly perPool: number;
}

/** Which limit leaves no room for one more socket; `undefined`: there is room. A pool bounds its groups (M-31). */
export function limitReached({ perGroup, perPool }: SocketLimits, ofGroup: number, ofPool: number): 'group' | 'pool' | undefined {
  if (ofGroup >= Math.min(perGroup, perPool)) return 'group';
  return ofPool >= perPool ? 'pool' : undefined;
}
