/** A server of DNS over HTTPS that cannot be reached, or does not answer queries. */
import type { Rule } from '../rule.ts';
import type { Trace } from '../../model/trace.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { answered, targetsOf, unanswered } from '../subjects/targets.ts';
import { unansweredWords } from '../subjects/unanswered-words.ts';
import { networkResolutions } from '../../metrics/subjects/page-resolutions.ts';
import { count, list } from '../subjects/words.ts';

export const dohUnusable: Rule = {
  id: 'doh.unusable',
  title: 'DNS over HTTPS does not work',
  severity: 'warning',
  threshold: 'No query over HTTPS was answered with 200, and one was refused, answered with an error, or got no connection; an error if names stayed unresolved',
  spec: 'RFC 8484 section 4.2.1: only a 2xx answer is a DNS answer. Chromium’s automatic mode stays with plain DNS until a probe succeeds; secure mode has no other way',
  advice: 'Check the address and certificate of the server named and the path of its template; in secure mode no name can be resolved until it works.',
  check(trace) {
    const queries = trace.requests.filter(({ forResolver }) => forResolver === true);
    if (queries.length === 0 || queries.some(({ status }) => status === 200)) return [];
    const reason = reasonOf(trace);
    if (reason === undefined) return [];
    const unresolved = networkResolutions(trace).filter(({ outcome, secureDnsMode, tasks }) => outcome === 'failed' && secureDnsMode === 'secure' && tasks.some(({ kind }) => kind === 'secure-dns'));
    return [
      {
        ...(unresolved.length > 0 ? { severity: 'error' as const } : {}),
        detail:
          `${count(queries.length, 'query', 'queries')} over HTTPS, none answered: ${reason}. ` +
          `${unresolved.length > 0 ? `Not resolved for it: ${list(unresolved.map(({ host }) => host ?? ''))}.` : 'Names were resolved by plain DNS meanwhile.'}`,
        numbers: { queries: queries.length, namesNotResolved: new Set(unresolved.map(({ host }) => host)).size },
        evidence: evidenceOf([...queries, ...unresolved]),
      },
    ];
  },
};

function reasonOf(trace: Trace): string | undefined {
  const statuses = trace.requests.flatMap(({ forResolver, status }) => (forResolver === true && status !== undefined && status >= 300 ? [`HTTP ${status}`] : []));
  if (statuses.length > 0) return list(statuses);
  const servers = targetsOf(trace).filter(({ kind }) => kind === 'doh-server');
  const dead = servers.filter(({ tried }) => answered(tried).length === 0 && unanswered(tried).length > 0);
  if (dead.length > 0) return list(dead.map(({ name, tried }) => `${name}: ${unansweredWords(unanswered(tried))}`));
  const errors = trace.requests.flatMap(({ forResolver, netError }) => (forResolver === true && netError !== undefined && netError.code !== -3 ? [netError.name] : []));
  return errors.length === 0 ? undefined : list(errors);
}
