/** What HTTPS records led to, in sentences; nothing is said of what did not happen. */
import type { HttpsRecordsOfName } from '../metrics/https-records/https-records-by-name.ts';
import { formatPlural } from './format.ts';

type FollowUp = HttpsRecordsOfName['followUps'][number];

export function httpsRecordSentences({ records, unseenRecords, followUps, otherPorts, hinted, http3, ech, upgrades }: HttpsRecordsOfName): string[] {
  const unexplained = records.find(({ explained }) => !explained)?.ignoredBecause;
  return [
    ...(unexplained === undefined ? [] : [`The log tells no more of what was ignored than this: ${unexplained}. Capture mode Everything would.`]),
    ...(unseenRecords === 0 ? [] : [`The answer held ${formatPlural(unseenRecords, 'more record')} of which the log shows nothing, ignored as well.`]),
    ...(followUps.length === 0 ? [] : [followUpSentence(followUps)]),
    ...(otherPorts.length === 0 ? [] : [`Following the port would have taken no query, but a connection to port ${otherPorts.join(', ')}.`]),
    ...(hinted === 0 ? [] : [`Address hints were offered to connect to in ${formatPlural(hinted, 'resolution')}, before A and AAAA were in.`]),
    ...(upgrades === 0 ? [] : [`${formatPlural(upgrades, 'request')} ${upgrades === 1 ? 'was' : 'were'} turned from http to https by the record.`]),
    ...http3Sentences(http3),
    ...echSentences(ech),
  ];
}

function followUpSentence(followUps: readonly FollowUp[]): string {
  const queries = followUps.reduce((sum, { types }) => sum + types.length, 0);
  const along = followUps.reduce((sum, { sentAlong }) => sum + sentAlong.length, 0);
  const asked = followUps.map(({ name, types }) => `${listed(types)} of ${name}`).join('; ');
  const saved = along === 0 ? '' : ` (${along === queries ? 'all' : along} of them had come along with the answer)`;
  return `Following up would have taken at least ${formatPlural(queries, 'more query', 'more queries')}: ${asked}${saved}.`;
}

function http3Sentences({ fromRecord, fromAltSvc }: HttpsRecordsOfName['http3']): string[] {
  return [
    ...(fromRecord === 0 ? [] : [`HTTP/3 was known from the record in ${formatPlural(fromRecord, 'QUIC attempt')}.`]),
    ...(fromAltSvc === 0 ? [] : [`HTTP/3 was known from Alt-Svc in ${formatPlural(fromAltSvc, 'QUIC attempt')}.`]),
  ];
}

function echSentences({ offered, accepted, rejected, retried, invalid, failedRaces }: HttpsRecordsOfName['ech']): string[] {
  const outcomes = [
    [accepted, 'accepted'],
    [rejected, 'rejected'],
    [offered - accepted - rejected, 'given up before an answer'],
  ] as const;
  const told = outcomes.flatMap(([n, what]) => (n === 0 ? [] : [`${n} ${what}`])).join(', ');
  return [
    ...(offered === 0 ? [] : [`ECH was offered in ${formatPlural(offered, 'attempt')}: ${told}${retried === 0 ? '' : `; ${retried} connected anew`}.`]),
    ...(invalid === 0 ? [] : [`The ECH configuration was invalid in ${formatPlural(invalid, 'attempt')}.`]),
    ...(failedRaces === 0 ? [] : [`${formatPlural(failedRaces, 'race')} failed with it.`]),
  ];
}

function listed(types: readonly string[]): string {
  return types.length < 2 ? types.join('') : `${types.slice(0, -1).join(', ')} and ${types.at(-1)}`;
}
