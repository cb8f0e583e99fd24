/** ReactPHP's socket component: RFC 8305 with an attempt delay of 100 ms. Certain: from its sources. */
import type { Parameters } from './parameters.ts';
import { RFC8305 } from './rfc8305.ts';

export const REACTPHP: Parameters = { ...RFC8305, addressHistory: 'unused', connectionAttemptDelayMs: 100, dnsDrainMs: 0 };
