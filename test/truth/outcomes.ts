/**
 * What became of one attempt, held against its packets.
 *
 * What a browser no longer waits for is on the wire all the same (the SYN-ACK for a connect that was
 * cancelled), and what comes after the last event of a log cannot be in the report.
 */
import type { AttemptPair } from './judged.ts';
import { isGivenUp } from './judged.ts';
import { type WireClock, show } from './wire-clock.ts';

const REFUSED = -102;
const RESET = -101;

export function outcomeMistakes(pair: AttemptPair, clock: WireClock): string[] {
  const ofTransport = pair.wire.transport === 'tcp' ? [...tcpMistakes(pair, clock), ...tlsMistakes(pair, clock)] : quicMistakes(pair, clock);
  return [...ofTransport, ...useMistakes(pair, clock), ...afterlife(pair, clock)];
}

/** The browser had let go, or the log had ended: nothing that happened at `moment` need be in the report. */
function wasGoneBy(moment: number, { mine }: AttemptPair, clock: WireClock): boolean {
  return clock.isAfterLog(moment) || (isGivenUp(mine) && mine.end !== undefined && mine.end < moment - clock.tolerance);
}

function tcpMistakes(pair: AttemptPair, clock: WireClock): string[] {
  const { mine, wire } = pair;
  const refusal = mine.attempt.netError?.code === REFUSED || mine.attempt.netError?.code === RESET;
  if (wire.synAck !== undefined) {
    if (refusal && mine.connected === undefined) return [`refused, but the SYN-ACK came at ${show(wire.synAck)}`];
    if (mine.connected === undefined) return wasGoneBy(wire.synAck, pair, clock) ? [] : [`not connected, but the SYN-ACK came at ${show(wire.synAck)}`];
    // However late the browser was, it knew of the connection before it sent the ClientHello.
    const tooLate = wire.clientHello !== undefined && mine.connected > wire.clientHello + clock.tolerance;
    const right = clock.near(mine.connected, wire.synAck) || (!tooLate && clock.readLate(mine.connected, wire.synAck));
    return right ? [] : [`connected at ${show(mine.connected)}, SYN-ACK at ${show(wire.synAck)}`];
  }
  if (mine.connected !== undefined) return [`connected at ${show(mine.connected)}, but no SYN-ACK came`];
  if (wire.refused !== undefined) {
    if (mine.attempt.outcome !== 'failed' || !refusal) return wasGoneBy(wire.refused, pair, clock) ? [] : [`not refused, but the RST came at ${show(wire.refused)}`];
    const right = mine.end !== undefined && (clock.near(mine.end, wire.refused) || clock.readLate(mine.end, wire.refused));
    return right ? [] : [`refused at ${show(mine.end)}, RST at ${show(wire.refused)}`];
  }
  return refusal ? ['refused, but nothing ever answered'] : [];
}

/** The ClientHello leaves when TLS begins. */
function tlsMistakes(pair: AttemptPair, clock: WireClock): string[] {
  const { mine, wire } = pair;
  if (wire.clientHello === undefined) return [];
  if (mine.secureStart === undefined) return wasGoneBy(wire.clientHello, pair, clock) ? [] : [`no TLS, but the ClientHello left at ${show(wire.clientHello)}`];
  const right = clock.near(mine.secureStart, wire.clientHello) || clock.sentLate(mine.secureStart, wire.clientHello);
  return right ? [] : [`TLS begins at ${show(mine.secureStart)}, ClientHello at ${show(wire.clientHello)}`];
}

/**
 * A client's QUIC handshake is complete after the server's hello and before HANDSHAKE_DONE; neither
 * moment can be seen exactly. With 0-RTT a connection may be used before, or without, either.
 */
function quicMistakes(pair: AttemptPair, clock: WireClock): string[] {
  const { mine, wire } = pair;
  const hello = wire.serverHello ?? wire.firstServerPacket;
  if (mine.connected === undefined) {
    const missed = wire.handshakeDone !== undefined && !wasGoneBy(wire.handshakeDone, pair, clock);
    return missed ? [`not connected, but HANDSHAKE_DONE came at ${show(wire.handshakeDone)}`] : [];
  }
  if (hello === undefined) return [`connected at ${show(mine.connected)}, but the server never sent a packet`];
  if (mine.connected < hello - clock.tolerance) return [`connected at ${show(mine.connected)}, before the server's hello at ${show(hello)}`];
  const late = wire.handshakeDone !== undefined && mine.connected > wire.handshakeDone + clock.tolerance;
  return late ? [`connected at ${show(mine.connected)}, after HANDSHAKE_DONE at ${show(wire.handshakeDone)}`] : [];
}

/** A connection that carried a request was usable by then; one over TLS not before the server's hello. */
function useMistakes({ mine, wire }: AttemptPair, clock: WireClock): string[] {
  const usable = mine.attempt.outcome === 'won' || mine.attempt.outcome === 'spare' ? mine.end : undefined;
  if (wire.firstRequest !== undefined && !clock.isAfterLog(wire.firstRequest)) {
    if (usable === undefined) return [`never usable, but a request left on it at ${show(wire.firstRequest)}`];
    if (usable > wire.firstRequest + clock.tolerance) return [`usable at ${show(usable)}, but a request left on it at ${show(wire.firstRequest)}`];
  }
  if (usable === undefined || mine.attempt.zeroRtt === true) return [];
  const ready = wire.serverHello ?? (wire.clientHello === undefined ? wire.synAck : undefined);
  if (ready === undefined) return [`usable at ${show(usable)}, but the server never got that far`];
  return usable < ready - clock.tolerance ? [`usable at ${show(usable)}, but the server was ready at ${show(ready)}`] : [];
}

/** A socket that was closed neither repeats itself nor says hello. */
function afterlife({ mine, wire }: AttemptPair, clock: WireClock): string[] {
  const { end } = mine;
  if (end === undefined || !isGivenUp(mine)) return [];
  const spoke = wire.transport === 'tcp' ? [...wire.repeats, wire.clientHello] : wire.repeats;
  const after = spoke.find((moment) => moment !== undefined && moment > end + clock.tolerance && moment < clock.logEnd);
  return after === undefined ? [] : [`over at ${show(end)}, but still speaking at ${show(after)}`];
}
