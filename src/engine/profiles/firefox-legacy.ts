/**
 * Firefox 132 as shipped: a connection in DNS order, and after 250 ms a second one over the other family. Measured from
 * outside (IMC 2025); on phones it was 300 ms.
 *
 * Left out: HTTP/3, which it races by a logic of its own, and HTTPS records, which it has over DoH alone.
 */
import type { Parameters } from './parameters.ts';
import { SYSTEM_CLIENT } from './system-client.ts';

export const FIREFOX_LEGACY: Parameters = { ...SYSTEM_CLIENT, plan: 'two-lists' };
