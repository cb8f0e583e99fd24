/** Nothing that was tried at a place was ever answered, over any transport. */
import { parseEndpoint } from '../../address.ts';
import type { Judgement, Rule } from '../rule.ts';
import { evidenceOf, resolutionFinder } from '../subjects/evidence.ts';
import { answered, longestSilence, type Target, targetsOf, type TriedAttempt, triedOver, unanswered } from '../subjects/targets.ts';
import { endpoints, unansweredWords } from '../subjects/unanswered-words.ts';
import { count, list } from '../subjects/words.ts';

type Finder = ReturnType<typeof resolutionFinder>;

/** Time for the second SYN, after 1 s, and the third, after 3 s (RFC 6298 section 2). */
const SILENCE_MS = 3000;

/** Where blocking lists and hosts files point names to. */
const LOOPBACK = /^(127\.|0\.0\.0\.0:|\[::1?\]:)/;

export const hostUnreachable: Rule = {
  id: 'host.unreachable',
  title: 'A host cannot be reached at all',
  severity: 'error',
  threshold: 'No attempt answered, and every one of some race refused, or one of them silent for 3 s or more; info for loopback addresses, to which blocking lists point names',
  spec: 'RFC 8305 section 5: with every address dead no order of attempts helps; a client may only fail sooner',
  advice: 'Check that the server listens and that no firewall drops its port; compare with another network. Addresses that were never tried may work.',
  check(trace) {
    const find = resolutionFinder(trace);
    return targetsOf(trace)
      .filter((target) => target.kind !== 'doh-server')
      .flatMap((target) => judge(target, find));
  },
};

function judge(target: Target, find: Finder): Judgement[] {
  const bad = unanswered(target.tried);
  // QUIC alone proves nothing: its TCP may have been tried before the log begins, or never.
  if (triedOver({ ...target, tried: bad }, 'tcp').length === 0 || answered(target.tried).length > 0 || target.races.some(({ outcome }) => outcome === 'connected' || outcome === 'pooled')) return [];
  const isRefused = target.races.some(({ attempts, outcome }) => outcome === 'failed' && attempts.length > 0 && attempts.every(({ outcome: one }) => one === 'failed'));
  if (longestSilence(bad) < SILENCE_MS && !(isRefused && bad.some(({ reach }) => reach.kind === 'refused'))) return [];
  const untried = untriedAddresses(target, bad, find);
  const isLocal = bad.every(({ attempt }) => LOOPBACK.test(attempt.ipEndpoint));
  return [
    {
      ...(isLocal ? { severity: 'info' as const } : {}),
      title: isLocal ? 'A name points to this machine, where nobody listens' : target.kind === 'proxy' ? 'A proxy cannot be reached at all' : 'A host cannot be reached at all',
      detail:
        `${count(bad.length, 'attempt')} at ${target.name} (${list(endpoints(bad))}): ${unansweredWords(bad)}.` +
        `${untried.length === 0 ? '' : ` ${count(untried.length, 'more address was', 'more addresses were')} known and never tried: ${list(untried)}.`}`,
      numbers: { attempts: bad.length, longestSilenceMs: Math.round(longestSilence(bad)), addressesNeverTried: untried.length },
      evidence: evidenceOf(bad.map(({ attempt }) => attempt)),
    },
  ];
}

function untriedAddresses({ races, kind }: Target, tried: readonly TriedAttempt[], find: Finder): string[] {
  if (kind === 'proxy') return [];
  const seen = new Set(endpoints(tried).map((endpoint) => parseEndpoint(endpoint)?.address));
  const resolutionIds = [...new Set(races.flatMap((race) => race.resolutionIds))];
  const known = find(resolutionIds).flatMap(({ addresses }) => addresses);
  return [...new Set(known)].filter((address) => !seen.has(address));
}
