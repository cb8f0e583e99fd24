/** Names that DNS over HTTPS failed to resolve, and plain DNS then did. */
import type { Rule } from '../rule.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { networkResolutions } from '../../metrics/subjects/page-resolutions.ts';
import { count, duration, list } from '../subjects/words.ts';
import { largest } from '../subjects/extremes.ts';

export const dohFallback: Rule = {
  id: 'doh.fallback',
  title: 'DNS over HTTPS fails and plain DNS takes over',
  severity: 'warning',
  threshold: 'A resolution whose secure task failed and whose plain task answered',
  spec: 'Chromium’s automatic mode falls back to plain DNS when a secure transaction fails, or after 1 s without an answer',
  advice: 'Look at the server’s errors and round trips; whoever wants no query in clear must set the mode to secure.',
  check(trace) {
    const fallen = networkResolutions(trace).flatMap((resolution) => {
      const secure = resolution.tasks.find(({ kind, outcome }) => kind === 'secure-dns' && outcome === 'failed');
      const plain = resolution.tasks.some(({ kind, outcome }) => kind !== 'secure-dns' && outcome === 'ok');
      return secure?.endMs !== undefined && plain ? [{ resolution, costMs: secure.endMs - secure.startMs, error: secure.netError?.name ?? 'no error told' }] : [];
    });
    if (fallen.length === 0) return [];
    const costMs = largest(fallen.map((one) => one.costMs));
    return [
      {
        detail: `${count(fallen.length, 'resolution')} (${list(fallen.map(({ resolution }) => resolution.host ?? ''))}): ${list(fallen.map(({ error }) => error))} over HTTPS, then plain DNS. It cost up to ${duration(costMs)}.`,
        numbers: { resolutions: fallen.length, costMs: Math.round(costMs) },
        evidence: evidenceOf(fallen.map(({ resolution }) => resolution)),
      },
    ];
  },
};
