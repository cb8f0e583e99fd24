/** Go's `net.Dialer`: the families as two lists, 300 ms apart. Certain: from its sources. */
import type { Parameters } from './parameters.ts';
import { SYSTEM_CLIENT } from './system-client.ts';

export const GO: Parameters = { ...SYSTEM_CLIENT, plan: 'two-lists', connectionAttemptDelayMs: 300 };
