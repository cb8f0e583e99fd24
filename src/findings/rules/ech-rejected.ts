/** The server does not know the ECH key that DNS gave out: keys are stale, or the record is of another server. */
import type { Rule } from '../rule.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { pageRaces } from '../../metrics/subjects/page-races.ts';
import { isEchError } from '../subjects/tls-errors.ts';
import { count, duration, list } from '../subjects/words.ts';
import { largest } from '../subjects/extremes.ts';

const INVALID_CONFIG = -182;

export const echRejected: Rule = {
  id: 'ech.rejected',
  title: 'ECH was rejected: its keys are stale or unknown to the server',
  severity: 'warning',
  threshold: 'An attempt ends in an ECH error; an error instead of a warning if the race failed with it',
  spec: 'RFC 9849 section 6.1.6: a client whose ECH is rejected connects again, with the retry configurations or without ECH',
  advice: 'Publish in the ech parameter of the HTTPS record the keys that every server behind the name has, and keep old keys for as long as records are cached.',
  check(trace) {
    const rejected = pageRaces(trace).flatMap((race) => {
      const attempts = race.attempts.filter(({ netError }) => netError !== undefined && (isEchError(netError.code) || netError.code === INVALID_CONFIG));
      return attempts.length === 0 ? [] : [{ race, attempts, host: race.destination?.host ?? 'an unknown host' }];
    });
    if (rejected.length === 0) return [];
    const attempts = rejected.flatMap((one) => one.attempts);
    const isFatal = rejected.some(({ race }) => race.outcome === 'failed');
    const costMs = largest(rejected.map(({ race, attempts: [first] }) => (race.winner === undefined || first?.endMs === undefined ? 0 : first.endMs - first.startMs)));
    return [
      {
        ...(isFatal ? { severity: 'error' as const } : {}),
        ...(attempts.every(({ netError }) => netError?.code === INVALID_CONFIG) ? { title: 'The ECH configuration in DNS is invalid' } : {}),
        detail:
          `${count(attempts.length, 'attempt')} at ${list(rejected.map(({ host }) => host))}: ${list(attempts.map(({ netError }) => netError?.name ?? ''))}. ` +
          `${isFatal ? 'No connection came of it.' : `The connection was made anew without it, ${duration(costMs)} later, with the real name in clear.`}`,
        numbers: { attempts: attempts.length, costMs },
        evidence: evidenceOf(attempts),
      },
    ];
  },
};
