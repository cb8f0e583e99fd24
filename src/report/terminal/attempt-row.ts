/** The row of a waterfall about one connection attempt: its phases, and how it ended. */
import type { Attempt, Race } from '../../model/race.ts';
import { attemptOutcomeText } from '../story/attempt-sentences.ts';
import { attemptName } from '../story/names.ts';
import type { Tone } from '../view.ts';
import { GLYPH } from './glyphs.ts';
import { spanText, type LaneRow } from './lane-row.ts';

function attemptTone({ outcome }: Attempt): Tone | undefined {
  switch (outcome) {
    case 'won':
      return 'good';
    case 'failed':
      return 'bad';
    case 'spare':
      return 'accent';
    case 'unfinished':
      return 'warning';
    case 'lost':
    case 'cancelled':
      return 'dim';
  }
}

export function attemptRow(race: Race, attempt: Attempt): LaneRow {
  const { startMs, endMs, outcome, endpointStage } = attempt;
  const tone = attemptTone(attempt);
  const took = spanText(startMs, endMs);
  return {
    label: attemptName(race, attempt),
    winner: outcome === 'won',
    note: `${took} ${outcome}`,
    wideNote: `${took} ${attemptOutcomeText(attempt)}${endpointStage === 'unknown' ? '' : `, ${endpointStage}`}`,
    ...(tone === undefined ? {} : { tone }),
    paint(lane, horizonMs) {
      const usable = outcome === 'won' || outcome === 'spare';
      const lastMs = endMs ?? horizonMs;
      const connectedMs = attempt.connectedMs ?? lastMs;
      const secureStartMs = attempt.secureStartMs ?? connectedMs;
      lane.span(startMs, Math.min(secureStartMs, lastMs), GLYPH.connecting, tone);
      if (attempt.slow === true && race.delays.connectionAttemptDelayMs !== undefined) {
        lane.mark(startMs + race.delays.connectionAttemptDelayMs, GLYPH.slow, 'warning');
      }
      // Between connecting and TLS: a proxy's tunnel is set up, or the HTTPS answer is awaited.
      lane.longSpan(connectedMs, secureStartMs, (attempt.cryptoWaitMs ?? 0) > 0 ? GLYPH.held : GLYPH.paused, tone);
      if (lastMs > secureStartMs) lane.span(secureStartMs, lastMs, GLYPH.tls, tone);
      if (endMs === undefined) lane.mark(horizonMs, GLYPH.open, 'warning');
      else if (usable) {
        lane.span(endMs, horizonMs, GLYPH.usable, tone);
        if (outcome === 'won') lane.mark(endMs, GLYPH.winner, tone);
      } else lane.mark(endMs, outcome === 'failed' ? GLYPH.failed : GLYPH.stopped, tone);
    },
  };
}
