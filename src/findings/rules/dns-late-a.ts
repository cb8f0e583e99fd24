/** A answers long after AAAA, or never. */
import type { Rule } from '../rule.ts';
import { lateAnswers } from '../subjects/late-answers.ts';

export const dnsLateA: Rule = {
  id: 'dns.late_a',
  title: 'A answers come late',
  severity: 'warning',
  threshold: 'The A answer comes 100 ms or more after the first other one of its name, or never; a warning if a connection waited 40 ms or more for it',
  spec: 'RFC 8305 section 3: once AAAA is there, connecting should not wait for A. Chromium without Happy Eyeballs v3 waits for both answers',
  advice: 'Ask the name servers of the zone directly for A and compare; clients with Happy Eyeballs v3 connect over IPv6 meanwhile.',
  check: (trace) => lateAnswers(trace, 'A'),
};
