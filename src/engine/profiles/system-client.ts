/**
 * What clients have in common that ask getaddrinfo and wait for all it says: no resolution delay, no HTTPS records, no
 * QUIC, nothing remembered of addresses. A base for profiles, not one of them.
 */
import type { Parameters } from './parameters.ts';
import { RFC8305 } from './rfc8305.ts';

const { resolutionDelayMs: _none, ...WITHOUT_RESOLUTION_DELAY } = RFC8305;

export const SYSTEM_CLIENT: Parameters = {
  ...WITHOUT_RESOLUTION_DELAY,
  waitsFor: 'every-answer',
  addressHistory: 'unused',
  minimumConnectionAttemptDelayMs: 10,
  builtInResolver: false,
  dnsDrainMs: 0,
};
