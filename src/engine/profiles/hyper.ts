/** Rust's hyper, and reqwest on top of it: the families as two lists, 300 ms apart, as Go. Certain: from its sources. */
import type { Parameters } from './parameters.ts';
import { SYSTEM_CLIENT } from './system-client.ts';

export const HYPER: Parameters = { ...SYSTEM_CLIENT, plan: 'two-lists', connectionAttemptDelayMs: 300 };
