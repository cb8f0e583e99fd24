/** A log that was cut off, damaged, or has lost its head: what is missing cannot be judged. */
import type { Rule } from '../rule.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { count, list } from '../subjects/words.ts';

export const logIncomplete: Rule = {
  id: 'log.incomplete',
  title: 'The log is not whole',
  severity: 'warning',
  threshold: 'The log was not closed, is damaged, or lost its oldest events to a size limit',
  spec: 'Chromium writes a log as it goes: a killed browser leaves it open, a size limit overwrites its oldest events',
  advice: 'Close the browser properly before reading the log, and record without a size limit (or with a larger one).',
  check({ complete, diagnostics, races }) {
    if (complete) return [];
    const unfinished = races.filter(({ outcome }) => outcome === 'unfinished');
    const reasons = diagnostics.filter(({ severity }) => severity !== 'info').map(({ code }) => code);
    return [
      {
        detail:
          `${reasons.length === 0 ? 'It ends before its end' : list(reasons)}. ` +
          `${unfinished.length === 0 ? 'No race was under way where it ends.' : `${count(unfinished.length, 'race')} cannot be judged: ${list(unfinished.map(({ destination }) => destination?.host ?? 'an unknown host'))}.`}`,
        numbers: { unfinishedRaces: unfinished.length },
        evidence: evidenceOf(unfinished),
      },
    ];
  },
};
