/**
 * Envoy's connections over TCP: families by turns, 300 ms apart. From issues of its makers and general knowledge.
 *
 * Left out: QUIC, which it tries with one address of each family before TCP.
 */
import type { Parameters } from './parameters.ts';
import { SYSTEM_CLIENT } from './system-client.ts';

export const ENVOY: Parameters = { ...SYSTEM_CLIENT, connectionAttemptDelayMs: 300 };
