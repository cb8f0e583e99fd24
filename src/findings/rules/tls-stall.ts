/** TCP connects and TLS stands still. The race is over by then, so that nothing else is tried. */
import type { Rule } from '../rule.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { targetsOf } from '../subjects/targets.ts';
import { count, duration, list } from '../subjects/words.ts';
import { largest } from '../subjects/extremes.ts';

/** Longer than a lost flight that is sent again twice (RFC 6298: after 1 s and 2 s at most on a fresh connection). */
const STALL_MS = 3000;

export const tlsStall: Rule = {
  id: 'tls.stalled',
  title: 'TLS handshakes stand still after TCP connected',
  severity: 'error',
  threshold: 'A TLS handshake unfinished for 3 s or more, at a place where none over the same address ever ended well',
  spec: 'draft-ietf-happy-happyeyeballs-v3 section 6.1: other attempts should be kept until TLS is done; Chromium counts an attempt as answered once TCP is, and starts no other for a stalled handshake',
  advice: 'Look for a path that loses large packets (test with a smaller MTU) or a middlebox that answers TCP itself; the addresses named are the ones to test.',
  check(trace) {
    const stalled = targetsOf(trace).flatMap(({ name, tried }) => {
      const attempts = tried.map(({ attempt }) => attempt).filter(({ transport }) => transport === 'tcp');
      const good = new Set(attempts.filter(({ outcome }) => outcome === 'won' || outcome === 'spare').map(({ ipEndpoint }) => ipEndpoint));
      return attempts.flatMap((attempt) => {
        const { secureStartMs, endMs = trace.durationMs, outcome, ipEndpoint } = attempt;
        if (secureStartMs === undefined || outcome === 'won' || outcome === 'spare' || good.has(ipEndpoint)) return [];
        return endMs - secureStartMs >= STALL_MS ? [{ name, attempt, forMs: endMs - secureStartMs }] : [];
      });
    });
    if (stalled.length === 0) return [];
    const longestMs = largest(stalled.map(({ forMs }) => forMs));
    return [
      {
        detail: `${count(stalled.length, 'handshake')} with ${list(stalled.map(({ name }) => name))} (${list(stalled.map(({ attempt }) => attempt.ipEndpoint))}): TCP was up, TLS was unfinished after ${duration(longestMs)}. No race cures this, as the addresses count as answered.`,
        numbers: { handshakes: stalled.length, longestMs: Math.round(longestMs) },
        evidence: evidenceOf(stalled.map(({ attempt }) => attempt)),
      },
    ];
  },
};
