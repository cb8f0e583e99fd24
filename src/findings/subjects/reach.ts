/**
 * What a connection attempt shows of the path to its address.
 *
 * A cancelled attempt says nothing of what would have come later: an address whose SYN-ACK was never seen is `silent`
 * for as long as somebody listened, and `undecided` if that was shorter than a client waits before it tries another.
 */
import type { NetError } from '../../model/common.ts';
import type { Attempt } from '../../model/race.ts';

export type Reach =
  | { readonly kind: 'answered'; readonly afterMs: number }
  /** An error came back, or the system knew no route. */
  | { readonly kind: 'refused'; readonly error: NetError }
  | { readonly kind: 'silent'; readonly forMs: number }
  | { readonly kind: 'undecided' };

/** The Connection Attempt Delay that RFC 8305 section 5 recommends, and that Chromium's stream pool waits. */
export const ATTEMPT_DELAY_MS = 250;

/** Told by the client's own state, not by the path: aborted, network changed, disconnected, suspended, out of sockets. */
const NOT_THE_PATH = new Set([-3, -21, -106, -331, -176, -138]);
const NOT_THE_PATH_EITHER = new Set(['IpAddressChanged', 'SslConfigChanged', 'CloseAllConnections']);
/** The connect timed out, by the kernel's clock or the browser's. */
const TIMED_OUT = new Set([-7, -118]);
/** What a QUIC handshake ends with, timed out or rejected; only its length tells which. */
const QUIC_FAILED = new Set([-356, -358]);
/** A rejection comes within round trips; Chromium gives a silent handshake 4 s. */
const QUIC_PATIENCE_MS = 2000;

/** `logEndMs`: up to where an attempt that has no end was seen to wait. */
export function reachOf(attempt: Attempt, logEndMs: number): Reach {
  const { startMs, connectedMs, endMs = logEndMs, netError, cancelReason, unansweredMs } = attempt;
  if (connectedMs !== undefined) return { kind: 'answered', afterMs: Math.max(0, connectedMs - startMs) };
  // Usable by 0-RTT before anybody answered; the attempt's end is no answer.
  if (unansweredMs !== undefined && unansweredMs >= ATTEMPT_DELAY_MS) return { kind: 'silent', forMs: unansweredMs };
  const waitedMs = endMs - startMs;
  if (attempt.zeroRtt === true || attempt.outcome === 'won' || attempt.outcome === 'spare') return { kind: 'undecided' };
  if (netError !== undefined && NOT_THE_PATH.has(netError.code)) return { kind: 'undecided' };
  if (cancelReason !== undefined && NOT_THE_PATH_EITHER.has(cancelReason)) return { kind: 'undecided' };
  if (netError !== undefined && !TIMED_OUT.has(netError.code)) {
    const isSilence = attempt.transport === 'quic' && QUIC_FAILED.has(netError.code) && waitedMs >= QUIC_PATIENCE_MS;
    return isSilence ? { kind: 'silent', forMs: waitedMs } : { kind: 'refused', error: netError };
  }
  return waitedMs >= ATTEMPT_DELAY_MS ? { kind: 'silent', forMs: waitedMs } : { kind: 'undecided' };
}
