/** Hosts that HTTP/3 is put off for: the browser remembers that QUIC failed there. */
import type { BrokenAlternative } from '../../model/broken-alternative.ts';
import type { Rule } from '../rule.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { count, duration, list } from '../subjects/words.ts';

export const quicAlternativeBroken: Rule = {
  id: 'quic.alternative_broken',
  title: 'HTTP/3 is put off for hosts where QUIC failed',
  severity: 'info',
  threshold: 'A request finds an alternative service marked broken, or the log’s snapshot of server properties lists one',
  spec: 'Chromium marks a server broken once QUIC failed and TCP worked there: for 5 minutes, doubled each time; RFC 7838 section 2.4 lets a client go back to the origin',
  advice: 'Mend what made QUIC fail (see the other findings); until the time is over, or the network changes, measurements of this profile say nothing about HTTP/3.',
  check({ brokenAlternatives, originUnixMs }) {
    if (brokenAlternatives.length === 0) return [];
    const requests = new Set(brokenAlternatives.flatMap(({ requestIds }) => requestIds)).size;
    return [
      {
        detail:
          `${list(brokenAlternatives.map((one) => sentenceOf(one, originUnixMs)))}. ` +
          `${requests === 0 ? 'No request in the log went without HTTP/3 because of it.' : `${count(requests, 'request')} went without HTTP/3 because of it.`}`,
        numbers: { servers: brokenAlternatives.length, requests },
        evidence: evidenceOf(brokenAlternatives),
      },
    ];
  },
};

function sentenceOf({ host, port, sinceMs, because, untilUnixMs }: BrokenAlternative, originUnixMs: number): string {
  const since = sinceMs === undefined ? '' : `, since ${duration(sinceMs)} after the log began`;
  const cause = because === undefined ? ' for a reason that the log does not show' : ` after ${because.netError?.name ?? 'a QUIC attempt that failed'}`;
  const until = untilUnixMs === undefined ? '' : `, until ${duration(untilUnixMs - originUnixMs)} after it`;
  return `${host}:${port}${cause}${since}${until}`;
}
