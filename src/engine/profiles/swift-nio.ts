/** SwiftNIO: RFC 8305 with its recommended values. Certain: from its sources. */
import type { Parameters } from './parameters.ts';
import { RFC8305 } from './rfc8305.ts';

export const SWIFT_NIO: Parameters = { ...RFC8305, addressHistory: 'unused', dnsDrainMs: 0 };
