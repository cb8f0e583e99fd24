/** IPv6 leads nowhere where IPv4 does: a black hole, a refusal, no route; or it is slower than anybody waited. */
import type { Rule } from '../rule.ts';
import { unusableFamily } from '../subjects/unusable-family.ts';

export const ipv6Unusable: Rule = {
  id: 'ipv6.unusable',
  title: 'IPv6 connections get no answer',
  severity: 'warning',
  threshold: 'An IPv6 attempt refused, or silent for 250 ms or more, none answered, and IPv4 answered at the same place',
  spec: 'RFC 8305 section 5: the next attempt starts after the Connection Attempt Delay, so that a dead family costs one delay for each address',
  advice: 'Look at the IPv6 route and firewalls between client and server (trace the path to the address named), or take the AAAA record away until it works.',
  check: (trace) => unusableFamily(trace, 'ipv6'),
};
