/** Several clients in the same network, side by side: for each request a table with a row for each profile. */
import { familyOf } from '../../address.ts';
import type { Column } from '../../report/column.ts';
import { formatFamily, formatTransport } from '../../report/format.ts';
import { plainText } from '../../report/plain-text.ts';
import { tableLines } from '../../report/terminal/table.ts';
import { wrapText } from '../../report/terminal/text-width.ts';
import type { View } from '../../report/view.ts';
import type { RequestConnection, RequestOutcome } from '../../simulator/outcomes/request-outcome.ts';
import { simulateRequests } from '../../simulator/outcomes/simulate-requests.ts';
import { millisText } from './millis-text.ts';
import type { Simulation } from './read-simulation.ts';

export interface ComparedRequest {
  readonly profile: string;
  readonly outcome: RequestOutcome;
}

/** The requests of one profile after those of the other. */
export function compareProfiles({ scenario, seed, clients }: Simulation): readonly ComparedRequest[] {
  return clients.flatMap(({ profile, parameters }) => simulateRequests(scenario, parameters, seed).map((outcome) => ({ profile, outcome })));
}

const LEGEND =
  'Connected: from the beginning of the request. Attempts: started/cancelled/failed, of its race. First at, DNS at (last answer waited for) and the end: on the clock of the scenario. All in ms.';

const COLUMNS: readonly Column<ComparedRequest>[] = [
  { id: 'profile', title: 'Profile', rank: 0, value: ({ profile }) => profile },
  {
    id: 'winner',
    title: 'Winner',
    rank: 0,
    shrinkTo: 11,
    value: ({ outcome: { connection, error } }) => (connection === undefined ? error : winnerText(connection)),
    tone: ({ outcome: { connection } }) => (connection === undefined ? 'bad' : 'good'),
  },
  millis('connectedMs', 'Connected', ({ connection }) => connection?.afterMs),
  { id: 'attempts', title: 'Attempts', rank: 1, align: 'right', value: ({ outcome: { race } }) => (race === undefined ? undefined : `${race.started}/${race.cancelled}/${race.failed}`) },
  millis('firstAttemptAtMs', 'First at', ({ race }) => race?.firstAttemptAtMs),
  millis('resolvedAtMs', 'DNS at', ({ race }) => race?.resolvedAtMs),
  {
    id: 'ended',
    title: 'Ended',
    rank: 0,
    value: ({ outcome: { ended } }) => (ended === undefined ? 'unfinished' : `${ended.state} ${millisText(ended.atMs)}`),
    tone: ({ outcome: { ended } }) => (ended?.state === 'failed' ? 'bad' : undefined),
  },
];

export function comparisonText(title: string, rows: readonly ComparedRequest[], view: View): string {
  const lines = wrapText(plainText(title), view.width).map((line) => view.style('dim', line));
  for (const [heading, group] of byRequest(rows)) lines.push('', view.style('heading', plainText(heading)), ...tableLines(COLUMNS, group, view, { indent: 2 }));
  return `${[...lines, '', ...wrapText(LEGEND, view.width).map((line) => view.style('dim', line))].join('\n')}\n`;
}

/** The same request of every profile: of requests that look alike, the first with the first. */
function byRequest(rows: readonly ComparedRequest[]): ReadonlyMap<string, readonly ComparedRequest[]> {
  const groups = new Map<string, ComparedRequest[]>();
  for (const row of rows) {
    const name = `${PURPOSES[row.outcome.purpose]} ${row.outcome.url}`;
    let heading = name;
    for (let n = 2; groups.get(heading)?.some(({ profile }) => profile === row.profile) === true; n++) heading = `${name} (${n})`;
    groups.set(heading, [...(groups.get(heading) ?? []), row]);
  }
  return groups;
}

const PURPOSES = { load: 'Request', preconnect: 'Preconnect', resolve: 'Resolution' } as const;

function winnerText({ endpoint: { ip, transport }, alpn, reused }: RequestConnection): string {
  const family = familyOf(ip.address);
  return `${family === undefined ? '' : `${formatFamily(family)} `}${formatTransport(transport)} ${alpn}${reused ? ', reused' : ''}`;
}

function millis(id: string, title: string, value: (outcome: RequestOutcome) => number | undefined): Column<ComparedRequest> {
  return { id, title, rank: 1, align: 'right', value: ({ outcome }) => value(outcome), text: ({ outcome }) => millisText(value(outcome)) };
}
