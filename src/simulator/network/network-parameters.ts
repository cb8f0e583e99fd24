/**
 * How the operating system and the QUIC stack repeat and give up, as measured with Chromium 156 on Linux.
 *
 * The client's own limits (DNS retries, the TLS time-out, hold-back of TCP) are the engine's affair, not here.
 */
import type { Millis } from '../../units.ts';

export interface NetworkParameters {
  /** When each SYN is repeated, after the first one. */
  readonly synRetransmitsMs: readonly Millis[];
  /** When connecting fails for want of an answer, after the first SYN. */
  readonly connectTimeoutMs: Millis;
  /** What the first retransmission of TCP data waits on top of the round trip time; it doubles from there. */
  readonly minimumRetransmissionMs: Millis;
  /** So many repetitions of a message go unanswered before its connection is given up. */
  readonly dataRetransmits: number;
  /** Wait for an answer to the first QUIC Initial before it is repeated; doubles each time. */
  readonly quicInitialTimeoutMs: Millis;
  /** A QUIC handshake without an answer fails after this long. */
  readonly quicHandshakeTimeoutMs: Millis;
  /** Probe timeout of a QUIC connection with a known round trip time, in round trips; doubles each time. */
  readonly quicProbeRoundTrips: number;
  /** Gap between the challenges of a path validation, and how many there are (recorded: at 0, 300 and 600, given up at 900). */
  readonly pathChallengeMs: Millis;
  readonly pathChallenges: number;
  /** getaddrinfo: wait for the answers of one try, and tries for each server. */
  readonly systemLookupTimeoutMs: Millis;
  readonly systemLookupTries: number;
}

/** Five SYNs evenly apart, then doubling: Linux with four linear time-outs and six exponential ones. */
const synGap = 1024;

export const LINUX_CHROMIUM: NetworkParameters = {
  synRetransmitsMs: [1, 2, 3, 4, 5, 7, 11, 19, 35, 67].map((gaps) => gaps * synGap),
  connectTimeoutMs: 131 * synGap,
  minimumRetransmissionMs: 200,
  dataRetransmits: 15,
  quicInitialTimeoutMs: 300,
  quicHandshakeTimeoutMs: 4000,
  quicProbeRoundTrips: 2,
  pathChallengeMs: 300,
  pathChallenges: 3,
  systemLookupTimeoutMs: 5000,
  systemLookupTries: 2,
};
