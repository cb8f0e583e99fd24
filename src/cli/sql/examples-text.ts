/** Queries to start from, as `sql --examples` prints them. */
import { READY_VIEWS } from '../../dataset/sql/ready-views.ts';
import { wrapText } from '../../report/terminal/text-width.ts';
import type { View } from '../../report/view.ts';

interface Example {
  readonly meaning: string;
  readonly query: string;
}

export const EXAMPLES: readonly Example[] = [
  { meaning: 'The slowest connections, and what they waited for', query: 'SELECT run, host, duration_ms, resolution_delay_ms, tcp_held_back_ms, crypto_wait_ms FROM races WHERE outcome = \'connected\' ORDER BY duration_ms DESC LIMIT 10' },
  { meaning: 'Where attempts start: the staircase of the connection attempt delay', query: 'SELECT since_race_start_ms, transport, family, count(*) AS attempts FROM attempts GROUP BY ALL ORDER BY since_race_start_ms' },
  { meaning: 'Addresses that never answer', query: "SELECT ip_endpoint, count(*) AS attempts FROM attempts GROUP BY ip_endpoint HAVING count(connected_ms) = 0 AND count(*) FILTER (WHERE outcome = 'won') = 0 ORDER BY attempts DESC" },
  { meaning: 'How late HTTPS answers are, against the later of A and AAAA', query: "SELECT resolution_id, run, max(duration_ms) FILTER (WHERE type = 'HTTPS') - max(duration_ms) FILTER (WHERE type IN ('A', 'AAAA')) AS late_ms FROM transactions WHERE outcome = 'ok' GROUP BY run, resolution_id HAVING late_ms > 0 ORDER BY late_ms DESC" },
  { meaning: 'One metric, by race engine', query: "SELECT engines, count(*) AS runs, median(value) AS median_ms FROM metrics JOIN runs USING (run) WHERE id = 'race.duration' GROUP BY engines" },
  { meaning: 'The distribution of a metric over all runs, from their sketches: each value within 1 %', query: "SELECT value, sum(count) AS n FROM sketches WHERE id = 'race.duration' GROUP BY value ORDER BY value" },
];

export function examplesText({ width, style }: View): string {
  const views = READY_VIEWS.map(({ name, meaning }) => ({ meaning, query: `FROM ${name}` }));
  const block = ({ meaning, query }: Example): string =>
    [...wrapText(meaning, width).map((line) => style('heading', line)), ...wrapText(`netlog-analyze sql "${query}" fleet/`, width, '  ', '    ')].join('\n');
  return `${[...views, ...EXAMPLES].map(block).join('\n\n')}\n`;
}
