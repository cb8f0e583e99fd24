/** A log in which no page resolved a name or made a connection. */
import type { Rule } from '../rule.ts';

export const logNothingToJudge: Rule = {
  id: 'log.nothing_to_judge',
  title: 'The log holds nothing to judge',
  severity: 'info',
  threshold: 'No race, resolution or session at all',
  spec: 'A log shows only what happened while it was recorded; connections made before are reused unseen',
  advice: 'Begin recording before the page is loaded, best in a fresh profile or after closing the sockets.',
  check: ({ races, resolutions, sessions }) =>
    races.length + resolutions.length + sessions.length === 0
      ? [{ detail: 'No name was resolved and no connection made while it was recorded.', evidence: { sourceIds: [], eventIndices: [] } }]
      : [],
};
