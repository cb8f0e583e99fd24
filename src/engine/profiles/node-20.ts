/**
 * Node.js 20 to 25 with `autoSelectFamily`: families by turns, and an attempt that is slow is closed, not raced.
 * Certain: from its sources. Left out: the last attempt of a list, which has no time limit there either.
 */
import type { Parameters } from './parameters.ts';
import { SYSTEM_CLIENT } from './system-client.ts';

export const NODE_20: Parameters = { ...SYSTEM_CLIENT, plan: 'abandon-slow' };
