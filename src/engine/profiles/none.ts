/** No Happy Eyeballs: one address after the other, as the operating system orders them, until its time limits. */
import type { Parameters } from './parameters.ts';
import { SYSTEM_CLIENT } from './system-client.ts';

export const NONE: Parameters = { ...SYSTEM_CLIENT, plan: 'one-at-a-time' };
