/** Reuse and pooling: where requests got their connections from, and how many the busiest sessions carried, for how many hosts. */
import type { Request } from '../../model/request.ts';
import type { Session } from '../../model/session.ts';
import { formatCount, formatPlural } from '../format.ts';
import { emptyChart, framed, panelTitle, PLOT_WIDTH, tooltip, type ChartLayer, type ChartSpecification } from './chart-specification.ts';
import { chartText } from './chart-text.ts';
import { countBy, groupBy } from './counts.ts';
import { meaningScale, type Meaning, type Theme } from './palette.ts';
import { ROW, rowLabels } from './row-labels.ts';

const CONNECTIONS = { new: 'fresh', reused: 'reused', pooled: 'pooled', cache: 'cached', none: 'failed', 'not in the log': 'unknown' } as const satisfies Record<string, Meaning>;
type Connection = keyof typeof CONNECTIONS;
const CONNECTION_NAMES = Object.keys(CONNECTIONS) as Connection[];

const MOST_SESSIONS = 25;

interface Row {
  readonly label: string;
  readonly note: string;
  readonly counts: ReadonlyMap<Connection, number>;
}

export function sessions(all: readonly Session[], requests: readonly Request[], theme: Theme): ChartSpecification {
  const title = 'Sessions: reuse and pooling';
  const counted = requests.filter(({ forResolver }) => forResolver !== true);
  if (counted.length === 0 && all.length === 0) return emptyChart(theme, title, 'The trace has no requests and no HTTP/2 or HTTP/3 sessions.');
  const bySession = groupBy(requests, ({ sessionId }) => sessionId);
  const ordered = all.toSorted((a, b) => b.requestCount - a.requestCount || a.startMs - b.startMs);
  const protocols = [...groupBy(counted, protocolOf)].map(([label, own]) => ({ label, note: formatPlural(own.length, 'request'), counts: countBy(own, connectionOf) })).toSorted((a, b) => (a.label < b.label ? -1 : 1));
  const busiest = ordered.slice(0, MOST_SESSIONS).map((session) => sessionRow(session, bySession.get(session.id) ?? []));
  const occurring = new Set([...protocols, ...busiest].flatMap(({ counts }) => [...counts.keys()]));
  return framed(
    theme,
    {
      title,
      subtitle: [
        `n = ${formatPlural(counted.length, 'request')} and ${formatPlural(all.length, 'session')}; ${formatPlural(all.filter(({ pooledHosts }) => pooledHosts.length > 0).length, 'session')} carried other hosts’ requests too (pooling)`,
        ...(ordered.length > MOST_SESSIONS ? [`The ${MOST_SESSIONS} sessions with the most requests; ${formatCount(ordered.length - MOST_SESSIONS)} more not drawn.`] : []),
      ],
    },
    {
      vconcat: [
        ...(protocols.length === 0 ? [] : [panel('all requests, by protocol', protocols, occurring, theme)]),
        ...(busiest.length === 0 ? [] : [panel('requests of each session', busiest, occurring, theme)]),
      ],
      spacing: 24,
    },
  );
}

function protocolOf({ alpn, connection }: Request): string {
  if (alpn !== undefined) return chartText(alpn, 20);
  return connection === 'none' || connection === 'cache' ? 'no connection' : 'protocol not in the log';
}

function connectionOf({ connection }: Request): Connection {
  return connection ?? 'not in the log';
}

function sessionRow({ id, protocol, hosts, requestCount, pooledHosts }: Session, own: readonly Request[]): Row {
  const counts = countBy(own, connectionOf);
  // Requests that the log tells of only through their session.
  if (requestCount > own.length) counts.set('not in the log', (counts.get('not in the log') ?? 0) + requestCount - own.length);
  const pooled = pooledHosts.length === 0 ? '' : `, ${formatPlural(pooledHosts.length, 'pooled host')}`;
  return { label: `${protocol} ${chartText(hosts[0] ?? `session ${id}`, 36)}`, note: `${formatPlural(requestCount, 'request')}${pooled}`, counts };
}

function panel(heading: string, rows: readonly Row[], occurring: ReadonlySet<string>, theme: Theme) {
  const values = rows.flatMap(({ label, counts }, row) => CONNECTION_NAMES.map((connection, order) => ({ row, label, connection, order, requests: counts.get(connection) ?? 0 }))).filter(({ requests }) => requests > 0);
  const layer: ChartLayer[] = [
    {
      data: { values },
      mark: { type: 'bar', height: { band: 0.65 } },
      encoding: {
        // A session may have no request in the log, and keeps its row.
        y: { ...ROW, scale: { domain: rows.map((_, row) => row) } },
        x: { field: 'requests', type: 'quantitative', stack: 'zero', axis: { title: 'requests (count)', tickMinStep: 1 } },
        order: { field: 'order', type: 'quantitative' },
        color: { field: 'connection', type: 'nominal', title: 'connection', scale: meaningScale(theme, CONNECTIONS, occurring) },
        tooltip: tooltip('label', 'connection', 'requests'),
      },
    },
    rowLabels(rows.map(({ label, note }, row) => ({ row, left: label, right: note })), theme.quietText),
  ];
  return { title: panelTitle(heading), width: PLOT_WIDTH, height: { step: 22 }, layer };
}
