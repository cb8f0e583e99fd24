/** What a race is told beforehand: the parameters by which clients differ, and what this client knows of the path. */
import type { Family } from '../../address.ts';
import type { Millis } from '../../units.ts';
import type { CandidateOptions } from './candidates.ts';
import type { GateOptions } from './gate.ts';
import type { LaneOptions } from './lane.ts';

export interface RaceOptions {
  readonly gate: GateOptions;
  readonly preferredFamily: Family;
  readonly candidates: CandidateOptions;
  /** In order of preference; a lane that is held back waits for the one before it. At least one. */
  readonly lanes: readonly [LaneOptions, ...LaneOptions[]];
  /**
   * What must wait until the service records are answered: nothing, secure handshakes (HE-68, HE-74), or every
   * packet, because an HTTPS record would turn `http` into `https` (HE-88).
   */
  readonly heldForService: 'nothing' | 'crypto' | 'connections';
  /**
   * When there is no address to try: once every answer is negative (HE-15), or never by the race itself, because a
   * resolver that has other ways may yet find one.
   */
  readonly givesUpWithoutAddresses: 'when-all-negative' | 'never';
  /** Which records come first: those of lowest SvcPriority, or those that fit a running attempt (SB-24). */
  readonly recordsFirst: 'by-priority' | 'fitting-running';
  /**
   * Answers are asked for again when their TTL has ended without success (HE-24), this long after they came at the
   * earliest, more than 0; absent: never.
   */
  readonly asksAgainAfter?: Millis;
  /** What a failure that no other attempt can mend does: it ends the race, or is one like others (DEC-14). */
  readonly fatalFailure: 'ends-race' | 'fails-attempt';
  readonly afterWin: AfterWinOptions;
  /** For one attempt, from its start; absent: as long as the network takes (DEC-13). */
  readonly attemptTimeout?: Millis;
  /** For the whole race, from `start` (DEC-13). */
  readonly raceTimeout?: Millis;
  /** Expected round trip to an address, from history (HE-57); `undefined` if nothing is known. */
  readonly expectedRoundTrip?: (address: string) => Millis | undefined;
}

/** What becomes of attempts over the other transport when one has won; over the same one they are cancelled (HE-51). */
interface AfterWinOptions {
  /** TCP, after QUIC has won: cancelled, or what has begun goes on to its end (Chromium before HEv3). */
  readonly tcp: 'cancelled' | 'goes-on';
  /** QUIC, after TCP has won: goes on until the attempt is this old; 0: cancelled. */
  readonly quicUntilAge: Millis;
}
