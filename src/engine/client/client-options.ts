/** What a client is, apart from the network it is in: parameters of its layers. */
import type { Millis } from '../../units.ts';
import type { RaceOptions } from '../race/race.ts';
import type { ResolverOptions } from '../resolver/options.ts';
import type { LookupOptions } from '../svcb/lookup-options.ts';
import type { Scheme } from '../query-name.ts';
import type { QuicMemoryOptions } from './quic-memory.ts';

/** What the client knows when a race begins. */
export interface RaceOccasion {
  readonly scheme: Scheme;
  /** How long the TCP lane waits for QUIC; absent: it does not. */
  readonly tcpHeldBack: Millis | undefined;
  /** There is a session over TCP already, and the race is for a better one. */
  readonly quicOnly: boolean;
}

export interface ClientOptions {
  readonly resolver: ResolverOptions;
  readonly lookup: LookupOptions;
  readonly raceFor: (occasion: RaceOccasion) => RaceOptions;
  /** A request on a TCP session whose origin has advertised h3 starts a QUIC connection beside it, for those to come. */
  readonly startsQuicBeside: boolean;
  readonly quic: QuicMemoryOptions & {
    /** Head start of QUIC once it has worked on the network; absent: none. */
    readonly tcpHeldBack?: Millis;
  };
}
