/** Secure handshakes that waited for the service records (HE-68, HE-74), once those are known. */
import type { Millis } from '../../units.ts';
import type { Service } from '../svcb/service.ts';
import { type Attempts, isSameSocket } from './attempts.ts';
import type { Candidate } from './candidates.ts';

/**
 * They go ahead with what is known of their endpoint now, such as its ECH configuration. Where every service that is
 * left has one, a handshake can't go ahead without (DEC-8, M-78, M-79).
 */
export function permitHeld(attempts: Attempts, services: readonly Service[], candidates: readonly Candidate[], now: Millis): void {
  const keepsToEch = services.length > 0 && services.every(({ ech }) => ech !== undefined);
  for (const attempt of attempts.running()) {
    if (attempt.secureHandshake === 'permitted') continue;
    const listed = candidates.find(({ endpoint }) => isSameSocket(endpoint, attempt.candidate.endpoint));
    if (listed === undefined && keepsToEch) attempts.cancel(attempt, 'DEC-8', now);
    else attempts.permitCrypto(attempt, listed ?? attempt.candidate, now);
  }
}
