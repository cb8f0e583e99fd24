/** Net.QuicSession.FindMatchingIpSessionResult: each verdict of the QUIC session pool on whether a session fits the answers. */
import type { Count } from './counters.ts';
import { CODES } from './layouts.ts';
import type { Timelines } from './timelines.ts';

const VERDICTS: Readonly<Record<string, number>> = {
  QUIC_SESSION_POOL_MATCHING_IP_SESSION_FOUND: 0,
  QUIC_SESSION_POOL_CAN_POOL_BUT_DIFFERENT_IP: 1,
  QUIC_SESSION_POOL_CANNOT_POOL_WITH_EXISTING_SESSIONS: 2,
  QUIC_SESSION_POOL_POOLED_WITH_DIFFERENT_IP_SESSION: 3,
};

export function countQuicPooling(timelines: Timelines, count: Count): void {
  for (const [verdict, code] of Object.entries(VERDICTS)) {
    for (const timeline of timelines.having(verdict)) {
      for (const { type } of timeline) if (type === verdict) count('Net.QuicSession.FindMatchingIpSessionResult', CODES, code);
    }
  }
}
