/** All packs: the ordinary web first, then what can go wrong with it, then laboratories. */
import { APPLE_WEB } from './apple-web.ts';
import { ATTEMPT_DELAY_STAIRCASE } from './attempt-delay-staircase.ts';
import { BAD_A_RECORD } from './bad-a-record.ts';
import { BAD_IPV6 } from './bad-ipv6.ts';
import { COALESCING } from './coalescing.ts';
import { NODE_ABANDON } from './node-abandon.ts';
import type { Pack } from './pack.ts';
import { PREFERRED_ADDRESS } from './preferred-address.ts';
import { RESOLUTION_DELAY_SWEEP } from './resolution-delay-sweep.ts';
import { RESOLVER } from './resolver.ts';
import { TYPICAL_WEB } from './typical-web.ts';
import { UDP_BLOCKING } from './udp-blocking.ts';

export const PACKS: readonly Pack[] = [
  TYPICAL_WEB,
  APPLE_WEB,
  RESOLVER,
  UDP_BLOCKING,
  BAD_IPV6,
  BAD_A_RECORD,
  NODE_ABANDON,
  COALESCING,
  PREFERRED_ADDRESS,
  ATTEMPT_DELAY_STAIRCASE,
  RESOLUTION_DELAY_SWEEP,
];
