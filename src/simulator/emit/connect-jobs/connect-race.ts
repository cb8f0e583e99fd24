/** What the emitters of the connect jobs' form know of one race: its jobs, and who waits for them. */
import type { Millis } from '../../../units.ts';
import type { ConnectionId } from '../../../engine/client/client-output.ts';
import type { Destination } from '../../../engine/client/destination.ts';
import type { AttemptId } from '../../../engine/race/race-output.ts';
import type { ServiceView } from '../../../engine/svcb/service.ts';
import type { ConnectJob } from './connect-job.ts';
import type { QuicJob } from './quic-job.ts';
import type { Stream } from './streams.ts';

export interface ConnectRace {
  readonly destination: Destination;
  readonly resolverRequest: number;
  readonly tcpHeldBack: Millis | undefined;
  /** A QUIC job resolves, and what there is over TCP waits for it. */
  readonly resolvesOverQuic: boolean;
  /** Those that have joined, whatever became of them. */
  readonly streams: Set<Stream>;
  /** Which of its connect jobs made an attempt over TCP. */
  readonly attempts: Map<AttemptId, ConnectJob>;
  /** Connections that are neither usable nor given up. */
  readonly running: Set<ConnectionId>;
  /** Endpoints that the first connect job has tried: a second time, it is the backup job's doing. */
  readonly tried: Set<string>;
  quic?: QuicJob;
  main?: ConnectJob;
  backup?: ConnectJob;
  view?: ServiceView;
  asked: boolean;
  resolved: boolean;
  /** Connecting over TCP has begun. */
  released: boolean;
  gateOpen: boolean;
  delayedSince?: Millis;
  lastError?: number;
  /** Nobody wants its outcome any more. */
  ending?: 'pooled' | 'abandoned';
}
