/** IPv4 leads nowhere where IPv6 does. Seldom seen: while IPv6 works, IPv4 is hardly ever tried. */
import type { Rule } from '../rule.ts';
import { unusableFamily } from '../subjects/unusable-family.ts';

export const ipv4Unusable: Rule = {
  id: 'ipv4.unusable',
  title: 'IPv4 connections get no answer',
  severity: 'warning',
  threshold: 'An IPv4 attempt refused, or silent for 250 ms or more, none answered, and IPv6 answered at the same place',
  spec: 'RFC 8305 section 5: attempts alternate between the families, so that a dead family costs one delay for each address',
  advice: 'Look at the IPv4 route, NAT and firewalls between client and server; clients without IPv6 cannot reach the address named at all.',
  check: (trace) => unusableFamily(trace, 'ipv4'),
};
