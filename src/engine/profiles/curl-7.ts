/** curl 7.88: every answer first, then a list for each family, 200 ms apart. Measured from outside (IMC 2025). */
import type { Parameters } from './parameters.ts';
import { SYSTEM_CLIENT } from './system-client.ts';

export const CURL_7: Parameters = { ...SYSTEM_CLIENT, familyOrder: 'preferred-first', plan: 'two-lists', connectionAttemptDelayMs: 200 };
