/** What a client is, apart from the network it is in: parameters of its layers. */
import type { Millis } from '../../units.ts';
import type { AddressHistory } from '../addresses/address-history.ts';
import type { RaceOptions } from '../race/race-options.ts';
import type { ResolverOptions } from '../resolver/options.ts';
import type { LookupOptions } from '../svcb/lookup-options.ts';
import type { Scheme } from '../query-name.ts';
import type { Destination } from './destination.ts';
import type { QuicMemoryOptions } from './quic-memory.ts';
import type { SocketLimits } from './socket-limits.ts';

/** What the client knows when a race begins. */
export interface RaceOccasion {
  readonly scheme: Scheme;
  /** How long the TCP lane waits for QUIC; absent: it does not. */
  readonly tcpHeldBack: Millis | undefined;
  /** `quic`: there is a session over TCP already, or TCP is forbidden; `tcp`: another race has QUIC, or it is broken. */
  readonly transports: 'any' | 'tcp' | 'quic';
  /** Another race of the destination is running. */
  readonly isBeside: boolean;
  /** Of the destination's partition, on this network (HE-44, HE-45); absent: nothing is remembered. */
  readonly history?: AddressHistory;
}

export interface ClientOptions {
  readonly resolver: ResolverOptions;
  readonly lookup: LookupOptions;
  readonly raceFor: (occasion: RaceOccasion) => RaceOptions;
  readonly sockets: SocketOptions;
  readonly quic: QuicMemoryOptions & QuicOptions;
}

export interface SocketOptions {
  readonly limits: SocketLimits;
  /** A destination known to multiplex gets a second socket only this long after the first attempt began (M-46). */
  readonly throttle: Millis;
  /**
   * `attempt-manager`: connections to a destination are in one hand; when a session that serves all requests is there,
   * what else is under way ends (M-42), and the first attempt that fails fails preconnects (M-40). `connect-jobs`: QUIC
   * and each socket are on their own. What is under way goes on, and preconnects fail with a socket's last attempt. A
   * preconnect leaves QUIC alone with a host that has a usable h3 record; a name that fails is resolved once more for
   * TCP, if a load waits; and TCP that still resolves goes on when QUIC has won.
   */
  readonly connectionsBy: 'attempt-manager' | 'connect-jobs';
  /** Of a secure handshake over TCP; absent: none (L-10). */
  readonly tlsTimeout?: Millis;
}

export interface QuicOptions {
  /** Head start of QUIC once it has worked on the network; absent: none. */
  readonly tcpHeldBack?: Millis;
  /** A request on a TCP session whose origin has advertised h3 starts a QUIC connection beside it, for those to come. */
  readonly startsBeside: boolean;
  /** Origins that are reached over QUIC or not at all (M-66). */
  readonly isForced: (destination: Destination) => boolean;
  /** Sessions on which ORIGIN frames count (RFC 8336, RFC 9412). */
  readonly originFrames: 'ignored' | 'over-quic' | 'on-all';
  /** An origin named in an ORIGIN frame is served without asking DNS (RFC 8336 §2.4). */
  readonly originFrameSkipsDns: boolean;
  /** The client moves to the server's preferred address (RFC 9000 §9.6). */
  readonly migratesToPreferredAddress: boolean;
}
