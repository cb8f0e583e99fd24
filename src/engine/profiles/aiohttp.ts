/** Python's aiohttp with aiohappyeyeballs: families by turns, 250 ms apart. Certain: from its sources. */
import type { Parameters } from './parameters.ts';
import { SYSTEM_CLIENT } from './system-client.ts';

export const AIOHTTP: Parameters = SYSTEM_CLIENT;
