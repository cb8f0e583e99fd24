/**
 * What one connection attempt shows of its path: an outcome, or only that there was none for so long.
 *
 * A cancelled attempt says nothing of who would have answered later: slow and dead look the same.
 */
import type { Attempt } from '../model/race.ts';
import type { Millis } from '../units.ts';
import type { StepOutcome } from './inferred-race.ts';
import type { AfterTcp } from './raced-target.ts';

export type SeenStep = { readonly kind: 'outcome'; readonly outcome: StepOutcome } | { readonly kind: 'unanswered'; readonly forMs: Millis };

export interface SeenAttempt {
  readonly connect: SeenStep;
  /** What comes after TCP, such as TLS; absent: it did not come to that. */
  readonly secure?: SeenStep;
}

const TIMED_OUT = -7;
const CONNECTION_TIMED_OUT = -118;
const CONNECTION_RESET = -101;
const CONNECTION_REFUSED = -102;
const ADDRESS_UNREACHABLE = -109;
const INTERNET_DISCONNECTED = -106;
const ECH_NOT_NEGOTIATED = -183;
const CERTIFICATE_ERRORS = { from: -299, to: -200 };
/** ERR_TUNNEL_CONNECTION_FAILED, ERR_SOCKS_CONNECTION_FAILED, ERR_SOCKS_CONNECTION_HOST_UNREACHABLE, ERR_PROXY_AUTH_UNSUPPORTED, ERR_PROXY_AUTH_REQUESTED. */
const PROXY_DENIALS: ReadonlySet<number> = new Set([-111, -120, -121, -115, -127]);

/** `undefined`: the attempt ended for a reason of the client's own, or the log was cut before it shows anything. */
export function seenAttempt(attempt: Attempt, after: AfterTcp): SeenAttempt | undefined {
  return attempt.transport === 'quic' ? quicAttempt(attempt) : tcpAttempt(attempt, after);
}

function quicAttempt(attempt: Attempt): SeenAttempt | undefined {
  const { startMs, connectedMs, endMs, netError, zeroRtt } = attempt;
  if (connectedMs !== undefined) return { connect: took(connectedMs - startMs) };
  if (endMs === undefined || zeroRtt === true) return undefined;
  // A QUIC handshake has one error for everything; only a server or a router that answers makes it quick.
  if (netError !== undefined && endMs - startMs < QUIC_GIVES_UP_MS) return { connect: { kind: 'outcome', outcome: { kind: 'unreachable', ms: endMs - startMs } } };
  return { connect: netError === undefined ? unanswered(endMs - startMs) : { kind: 'outcome', outcome: { kind: 'silent' } } };
}

/** Chromium gives an unanswered handshake up after 4 s. */
const QUIC_GIVES_UP_MS: Millis = 3900;

function tcpAttempt(attempt: Attempt, after: AfterTcp): SeenAttempt | undefined {
  const { startMs, connectedMs, endMs, netError } = attempt;
  if (connectedMs === undefined) {
    if (endMs === undefined) return undefined;
    const connect = netError === undefined ? unanswered(endMs - startMs) : failure(netError.code, endMs - startMs);
    return connect && { connect };
  }
  const connect = took(connectedMs - startMs);
  // Of a tunnel the log has all from the connection on; its last TLS handshake alone is the destination's.
  const secure = after === 'nothing' ? undefined : secureStep(attempt, after === 'tunnel' ? connectedMs : attempt.secureStartMs);
  return { connect, ...(secure !== undefined && { secure }) };
}

function secureStep({ endMs, outcome, netError }: Attempt, beganMs: Millis | undefined): SeenStep | undefined {
  if (beganMs === undefined || endMs === undefined) return undefined;
  const ms = endMs - beganMs;
  if (outcome === 'won' || outcome === 'spare') return took(ms);
  if (netError === undefined) return unanswered(ms);
  if (netError.code === ECH_NOT_NEGOTIATED) return took(ms);
  if (PROXY_DENIALS.has(netError.code) || (netError.code <= CERTIFICATE_ERRORS.to && netError.code >= CERTIFICATE_ERRORS.from)) return { kind: 'outcome', outcome: { kind: 'denied', ms } };
  return failure(netError.code, ms) ?? { kind: 'outcome', outcome: { kind: 'refused', ms } };
}

function failure(code: number, ms: Millis): SeenStep | undefined {
  switch (code) {
    case CONNECTION_RESET:
    case CONNECTION_REFUSED:
      return { kind: 'outcome', outcome: { kind: 'refused', ms } };
    case ADDRESS_UNREACHABLE:
    case INTERNET_DISCONNECTED:
      return { kind: 'outcome', outcome: { kind: 'unreachable', ms } };
    case TIMED_OUT:
    case CONNECTION_TIMED_OUT:
      return { kind: 'outcome', outcome: { kind: 'silent' } };
    default:
      // Aborted, network changed and the like: no word from the other end.
      return unanswered(ms);
  }
}

function took(ms: Millis): SeenStep {
  return { kind: 'outcome', outcome: { kind: 'took', ms: Math.max(0, ms) } };
}

function unanswered(forMs: Millis): SeenStep {
  return { kind: 'unanswered', forMs };
}
