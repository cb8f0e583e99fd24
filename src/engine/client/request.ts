/** What a client is asked for: to load something, to make connections ready, or to resolve a name. */
import type { Protocol } from '../endpoint.ts';
import type { ConnectionId, RaceId, RequestId } from './client-output.ts';
import type { Destination } from './destination.ts';

/** Lowest first. */
export const PRIORITIES = ['idle', 'lowest', 'low', 'medium', 'highest'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** What a load may ask for; each has a default. */
export interface RequestTerms {
  /** `highest` if absent, as for the page itself. */
  readonly priority?: Priority;
  /** What may carry it; absent: all that the client speaks. Without `h3`, alternative services are disabled for it. */
  readonly protocols?: readonly Protocol[];
  /** It waits for no limit on sockets (M-35). */
  readonly ignoresLimits?: boolean;
}

export interface Request extends RequestTerms {
  readonly id: RequestId;
  readonly purpose: 'load' | 'preconnect' | 'resolve';
  /** How many a preconnect wants; 1 for others. */
  readonly sockets: number;
  destination: Destination;
  priority: Priority;
  /** The race that it was told to wait for. */
  race?: RaceId;
  /** The session that carries it. */
  connection?: ConnectionId;
  /** That session had been opened before. */
  reused: boolean;
  /** It is under way for the second time. */
  retried: boolean;
}

export function permits({ protocols }: RequestTerms, protocol: string): boolean {
  return protocols === undefined || protocols.some((permitted) => permitted === protocol);
}
