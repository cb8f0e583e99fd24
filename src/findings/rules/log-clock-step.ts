/** Spans that end before they begin: the clock that stamps events was stepped back. */
import type { Rule } from '../rule.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { count, duration } from '../subjects/words.ts';
import { largest } from '../subjects/extremes.ts';

/** Threads of one browser stamp a few milliseconds out of order without any clock step. */
const STEP_MS = 20;

export const logClockStep: Rule = {
  id: 'log.clock_step',
  title: 'The clock ran backwards',
  severity: 'info',
  threshold: 'A race, resolution, request or attempt that ends 20 ms or more before it begins',
  spec: 'NetLog times are ticks of a monotonic clock, which some systems and virtual machines do step',
  advice: 'Distrust durations around that moment; metrics leave negative ones out.',
  check({ races, resolutions, requests }) {
    const spans = [...races, ...races.flatMap(({ attempts }) => attempts), ...resolutions, ...requests];
    const negative = spans.filter(({ startMs, endMs }) => endMs !== undefined && startMs - endMs >= STEP_MS);
    if (negative.length === 0) return [];
    const stepMs = largest(negative.map(({ startMs, endMs = startMs }) => startMs - endMs));
    return [
      {
        detail: `${count(negative.length, 'span')} end before they begin, by up to ${duration(stepMs)}.`,
        numbers: { spans: negative.length, stepMs: Math.round(stepMs) },
        evidence: evidenceOf(negative),
      },
    ];
  },
};
