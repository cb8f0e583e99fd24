/** QUIC sessions that never heard from their peer. With 0-RTT such a session takes requests all the same. */
import type { QuicSessionRecord } from '../handlers/quic-sessions.ts';
import type { Context } from './context.ts';

/** From the first packet to the session's end, or to that of the log; `undefined` if a packet came back, or if the log could not tell. */
export function silenceOf(session: QuicSessionRecord, context: Context): number | undefined {
  const { begun, heard, handshakeComplete, firstPacketSent, closed, end } = session;
  if (!begun || heard || handshakeComplete !== undefined || firstPacketSent === undefined) return undefined;
  return context.between(firstPacketSent, closed?.at ?? end ?? context.logEnd);
}
