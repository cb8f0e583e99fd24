/** The columns of an HTTPS record: what it says, what became of it. */
import type { HttpsRecordsOfName } from '../../metrics/https-records/https-records-by-name.ts';
import type { Column } from '../column.ts';
import { formatPlural } from '../format.ts';
import type { Tone } from '../view.ts';

type PublishedRecord = HttpsRecordsOfName['records'][number];

/** `alias`, or the SvcPriority; absent where the log shows only that there was a record. */
function priorityText({ mode, priority }: PublishedRecord): string | number | undefined {
  return mode === 'alias' ? 'alias' : priority;
}

function targetText({ ownerName, targetName }: PublishedRecord): string | undefined {
  return targetName === ownerName ? '.' : targetName;
}

function hints({ ipv4Hint, ipv6Hint }: PublishedRecord): string {
  return [...ipv6Hint, ...ipv4Hint].join(' ');
}

function paramsText({ mandatory = [], otherParams = [], noDefaultAlpn }: PublishedRecord): string {
  return [...(mandatory.length === 0 ? [] : [`mandatory=${mandatory.join(',')}`]), ...(noDefaultAlpn === true ? ['no-default-alpn'] : []), ...otherParams.filter((key) => !mandatory.includes(key))].join(' ');
}

/** `kept, 2 TCP and 1 QUIC connections`, `ignored: AliasMode`; of a set that is not shown, a sentence says more. */
function fateText({ explained, used, ignoredBecause, tcpWins, quicWins }: PublishedRecord): string {
  if (used === undefined) return 'not judged';
  if (!used) return explained ? `ignored: ${ignoredBecause ?? 'no reason logged'}` : 'ignored';
  const wins = [...(tcpWins > 0 ? [`${tcpWins} TCP`] : []), ...(quicWins > 0 ? [`${quicWins} QUIC`] : [])];
  return wins.length === 0 ? 'kept, no connection by it' : `kept, ${wins.join(' and ')} ${tcpWins + quicWins === 1 ? 'connection' : 'connections'}`;
}

function fateTone({ used }: PublishedRecord): Tone | undefined {
  return used === undefined ? undefined : used ? 'good' : 'warning';
}

export const httpsRecordColumns: readonly Column<PublishedRecord>[] = [
  { id: 'priority', title: 'Priority', align: 'right', rank: 0, value: priorityText },
  { id: 'targetName', title: 'TargetName', rank: 0, shrinkTo: 16, verbatim: true, value: targetText },
  { id: 'alpn', title: 'ALPN', rank: 0, shrinkTo: 10, verbatim: true, value: ({ alpn }) => alpn.join(' ') },
  { id: 'port', title: 'Port', align: 'right', rank: 1, value: ({ port }) => port },
  { id: 'ech', title: 'ECH', rank: 2, value: ({ ech }) => ech, text: () => 'yes' },
  { id: 'hints', title: 'Hints', rank: 4, only: 'csv', value: hints },
  { id: 'hintCount', title: 'Hints', align: 'right', rank: 4, only: 'people', value: ({ ipv4Hint, ipv6Hint }) => ipv4Hint.length + ipv6Hint.length || undefined },
  { id: 'params', title: 'Other params', rank: 3, shrinkTo: 16, verbatim: true, value: paramsText },
  { id: 'fate', title: 'Became', rank: 0, only: 'people', value: fateText, tone: fateTone },
  { id: 'used', title: 'Kept', rank: 0, only: 'csv', value: ({ used }) => used },
  { id: 'ignoredBecause', title: 'Ignored because', rank: 0, only: 'csv', value: ({ ignoredBecause }) => ignoredBecause },
  { id: 'tcpWins', title: 'TCP connections', rank: 0, only: 'csv', value: ({ tcpWins }) => tcpWins },
  { id: 'quicWins', title: 'QUIC connections', rank: 0, only: 'csv', value: ({ quicWins }) => quicWins },
];

/** One record and the name that it was found under; of a name without records the name alone. */
export interface HttpsRecordRow {
  readonly name: string;
  readonly record?: PublishedRecord;
}

export function httpsRecordRows(names: readonly HttpsRecordsOfName[]): HttpsRecordRow[] {
  return names.flatMap(({ name, records }): HttpsRecordRow[] => (records.length === 0 ? [{ name }] : records.map((record) => ({ name, record }))));
}

/** The same columns behind a name. */
export const namedHttpsRecordColumns: readonly Column<HttpsRecordRow>[] = [
  { id: 'name', title: 'Name', rank: 0, verbatim: true, value: ({ name }) => name },
  ...httpsRecordColumns.map(({ value, text, tone, ...column }): Column<HttpsRecordRow> => ({
    ...column,
    value: ({ record }) => (record === undefined ? undefined : value(record)),
    ...(text !== undefined && { text: ({ record }: HttpsRecordRow) => (record === undefined ? '' : text(record)) }),
    ...(tone !== undefined && { tone: ({ record }: HttpsRecordRow) => (record === undefined ? undefined : tone(record)) }),
  })),
];

/** `3 queries: 2 answered, 1 cut off`. */
export function queriesText({ asked, answered, cut, failed }: HttpsRecordsOfName['queries']): string {
  if (asked === 0) return 'not queried in this log';
  const kinds = [
    [answered, 'answered'],
    [cut, 'cut off by the browser'],
    [failed, 'failed'],
    [asked - answered - cut - failed, 'without an end in the log'],
  ] as const;
  const happened = kinds.filter(([n]) => n > 0);
  const [only] = happened;
  const told = happened.length === 1 && only !== undefined ? only[1] : happened.map(([n, kind]) => `${n} ${kind}`).join(', ');
  return `${formatPlural(asked, 'query', 'queries')}${happened.length === 1 ? ', ' : ': '}${told}`;
}
