/** What the emitters of the pool's form know of one HTTP_STREAM_POOL_ATTEMPT_MANAGER. */
import type { Millis } from '../../../units.ts';
import type { ConnectionId, RaceId } from '../../../engine/client/client-output.ts';
import type { Destination } from '../../../engine/client/destination.ts';
import type { Endpoint } from '../../../engine/endpoint.ts';
import type { AttemptId } from '../../../engine/race/race-output.ts';
import type { ServiceView } from '../../../engine/svcb/service.ts';
import type { SimulatedSource } from '../../log/source-log.ts';

export interface AttemptManager {
  readonly source: SimulatedSource;
  readonly group: SimulatedSource;
  readonly destination: Destination;
  readonly tcpHeldBack: Millis | undefined;
  /** Of the race that it began with, which tells it of its host. */
  readonly lead: RaceId;
  readonly resolverRequest: number;
  /** Its races that are not over: one for each connection that is wanted at once. */
  readonly races: Set<RaceId>;
  /** Attempts that are neither over nor won, oldest first. */
  readonly running: Map<ConnectionId, RunningAttempt>;
  view?: ServiceView;
  told?: ServiceView;
  asked: boolean;
  gateOpen: boolean;
  resolved: boolean;
  /** Since when it waits for better addresses. */
  delayedSince?: Millis;
  tcpStarted: boolean;
  won: boolean;
  lastError?: number;
  nameNotResolved: boolean;
  /** Why attempts that still run are given up. */
  cancelReason: string;
  pooled: boolean;
  /** Races that ended without success or failure: nobody is left to tell. */
  readonly abandoned: Set<RaceId>;
  /** What a race failed with; all are told when the last one has ended. */
  failure?: number;
}

export interface RunningAttempt {
  readonly race: RaceId;
  /** Within the race. */
  readonly id: AttemptId;
  readonly endpoint: Endpoint;
  /** When it will be slow; `Infinity`: its timer stands still, or it is known to be slow. */
  slowAt: Millis;
  slow: boolean;
}
