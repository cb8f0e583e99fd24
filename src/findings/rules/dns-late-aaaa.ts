/** AAAA answers long after A, or never: what IPv6 connections, and clients that wait for both, pay for. */
import type { Rule } from '../rule.ts';
import { lateAnswers } from '../subjects/late-answers.ts';

export const dnsLateAaaa: Rule = {
  id: 'dns.late_aaaa',
  title: 'AAAA answers come late',
  severity: 'warning',
  threshold: 'The AAAA answer comes 100 ms or more after the first other one of its name, or never; a warning if a connection waited 40 ms or more for it',
  spec: 'RFC 8305 section 3: wait for AAAA no longer than the Resolution Delay of 50 ms. Chromium without Happy Eyeballs v3 waits for both answers',
  advice: 'Ask the name servers of the zone directly for AAAA: some drop what they have no record for instead of answering NOERROR without records.',
  check: (trace) => lateAnswers(trace, 'AAAA'),
};
