/**
 * Ruby 3.4, `Socket.tcp`: RFC 8305 with its recommended values. Certain: from its sources.
 *
 * Each family is looked up by getaddrinfo in a thread of its own; queries of a resolver stand for that here.
 */
import type { Parameters } from './parameters.ts';
import { RFC8305 } from './rfc8305.ts';

export const RUBY: Parameters = { ...RFC8305, addressHistory: 'unused', dnsDrainMs: 0 };
