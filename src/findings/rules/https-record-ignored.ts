/** Names with HTTPS records of which the browser took none. */
import type { Rule } from '../rule.ts';
import { evidenceOf, resolutionFinder } from '../subjects/evidence.ts';
import { networkResolutions } from '../../metrics/subjects/page-resolutions.ts';
import type { HttpsRecord } from '../../model/resolution.ts';
import type { Trace } from '../../model/trace.ts';
import { list } from '../subjects/words.ts';

export const httpsRecordIgnored: Rule = {
  id: 'https.record_ignored',
  title: 'An HTTPS record is ignored',
  severity: 'warning',
  threshold: 'A name has HTTPS records and none is used; an error if it could not be resolved without following them',
  spec: 'Chromium ignores all records of a name if one is in AliasMode, and those with another TargetName, port, unknown mandatory keys or no known ALPN; RFC 9460 sections 2.4 and 3 have clients follow them',
  advice: 'Publish a ServiceMode record for the name itself (TargetName "." and the usual port) beside its own A and AAAA records, so that browsers that do not follow records have the same service.',
  check(trace) {
    const followed = followedResolutions(trace);
    const ignored = networkResolutions(trace).filter(({ id, httpsRecords }) => !followed.has(id) && httpsRecords.length > 0 && httpsRecords.every(({ used }) => used === false));
    if (ignored.length === 0) return [];
    const unresolved = ignored.filter(({ outcome, netError }) => outcome === 'failed' && netError?.code !== HTTPS_ONLY);
    return [
      {
        ...(unresolved.length > 0 ? { severity: 'error' as const } : {}),
        detail:
          `${list(ignored.map(({ host }) => host ?? ''))}: ${list(ignored.flatMap(({ httpsRecords }) => httpsRecords.map(reasonOf)))}. ` +
          `${unresolved.length > 0 ? `Without following it there was no address for ${list(unresolved.map(({ host }) => host ?? ''))}.` : 'Connections went to the name’s own addresses, without what the record says (protocols, ECH, another server).'}`,
        numbers: { names: new Set(ignored.map(({ host }) => host)).size, namesNotResolved: unresolved.length },
        evidence: evidenceOf(ignored),
      },
    ];
  },
};

/** ERR_DNS_NAME_HTTPS_ONLY: the record, though ignored, turns http into https, and the name is looked up anew. */
const HTTPS_ONLY = -809;

/** Of a race that looked up several names, as a client does that follows records. Chromium never does. */
function followedResolutions(trace: Trace): ReadonlySet<number> {
  const find = resolutionFinder(trace);
  const several = trace.races.filter(({ resolutionIds }) => new Set(find(resolutionIds).map(({ host }) => host)).size > 1);
  return new Set(several.flatMap(({ resolutionIds }) => resolutionIds));
}

function reasonOf({ ownerName, ignoredBecause, targetName }: HttpsRecord): string {
  const where = targetName === undefined || targetName === ownerName ? '' : ` to ${targetName}`;
  return `a record${where} (${ignoredBecause ?? 'no reason told'})`;
}
