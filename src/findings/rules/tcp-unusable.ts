/** QUIC works and TCP gets no answer: the name lives on UDP alone. */
import type { Rule } from '../rule.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { answered, longestSilence, targetsOf, triedOver, unanswered } from '../subjects/targets.ts';
import { endpoints, SURELY_SILENT_MS, unansweredWords } from '../subjects/unanswered-words.ts';
import { count, list } from '../subjects/words.ts';

export const tcpUnusable: Rule = {
  id: 'tcp.unusable',
  title: 'TCP gets no answer where QUIC does',
  severity: 'warning',
  threshold: 'QUIC answered at a place, no TCP attempt did, and one was refused or silent for 1 s or more',
  spec: 'RFC 9114 section 3.1: HTTP/3 is an alternative; clients whose UDP is blocked need the origin over TCP',
  advice: 'Open the TCP port, or make the server listen on it: whoever cannot use UDP, and every first visit without an HTTPS record, has no other way.',
  check(trace) {
    const places = targetsOf(trace).flatMap((target) => {
      const tcp = triedOver(target, 'tcp');
      const bad = unanswered(tcp);
      const isSure = bad.some(({ reach }) => reach.kind === 'refused') || longestSilence(bad) >= SURELY_SILENT_MS;
      return isSure && answered(tcp).length === 0 && answered(triedOver(target, 'quic')).length > 0 ? [{ name: target.name, bad }] : [];
    });
    const bad = places.flatMap((place) => place.bad);
    if (bad.length === 0) return [];
    return [
      {
        detail: `${count(bad.length, 'TCP attempt')} at ${list(places.map(({ name }) => name))} (${list(endpoints(bad))}): ${unansweredWords(bad)}; QUIC was answered there.`,
        numbers: { places: places.length, attempts: bad.length },
        evidence: evidenceOf(bad.map(({ attempt }) => attempt)),
      },
    ];
  },
};
