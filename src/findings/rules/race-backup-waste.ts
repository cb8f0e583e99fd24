/** Connections that backup connect jobs made for nothing. */
import type { Rule } from '../rule.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { pageRaces } from '../../metrics/subjects/page-races.ts';
import { count, list } from '../subjects/words.ts';

export const raceBackupWaste: Rule = {
  id: 'race.backup_waste',
  title: 'Backup connect jobs make connections that nobody uses',
  severity: 'info',
  threshold: 'An attempt of a backup job that did not win a connected race and carried no request',
  spec: 'Chromium’s socket pool starts a second whole connect job after 250 ms, which begins with the first address again',
  advice: 'Nothing to mend here: mend what made the first job slow. Happy Eyeballs v3 has no backup jobs.',
  check(trace) {
    const used = new Set(trace.requests.map(({ attemptId }) => attemptId));
    const wasted = pageRaces(trace).flatMap((race) => {
      if (race.winner === undefined) return [];
      return race.attempts.filter(({ connector, outcome, id }) => connector === 'backup' && outcome !== 'won' && !used.has(id)).map((attempt) => ({ race, attempt }));
    });
    if (wasted.length === 0) return [];
    return [
      {
        detail: `${count(wasted.length, 'attempt')} of backup jobs to ${list(wasted.map(({ race }) => race.destination?.host ?? 'an unknown host'))} came to nothing.`,
        numbers: { attempts: wasted.length },
        evidence: evidenceOf(wasted.map(({ attempt }) => attempt)),
      },
    ];
  },
};
