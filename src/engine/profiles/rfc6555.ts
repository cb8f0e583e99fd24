/**
 * RFC 6555, the first Happy Eyeballs: one address of each family, IPv6 first, IPv4 250 ms later (150 to 250 are
 * recommended). General knowledge, not read again word by word.
 *
 * Left out: the memory of which family worked, kept for some ten minutes.
 */
import type { Parameters } from './parameters.ts';
import { SYSTEM_CLIENT } from './system-client.ts';

export const RFC6555: Parameters = { ...SYSTEM_CLIENT, plan: 'two-lists', attemptsPerFamily: 1 };
