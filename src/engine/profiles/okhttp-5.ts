/**
 * OkHttp 5 with `fastFallback`, on by default: families by turns, 250 ms apart. From its sources, but for the order,
 * which is general knowledge.
 */
import type { Parameters } from './parameters.ts';
import { SYSTEM_CLIENT } from './system-client.ts';

export const OKHTTP_5: Parameters = SYSTEM_CLIENT;
