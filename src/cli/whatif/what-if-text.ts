/** Counterfactuals for a terminal: how far the replay can be trusted, each policy in total, and the races that change most. */
import type { Column } from '../../report/column.ts';
import { formatFamily, formatTransport } from '../../report/format.ts';
import { tableLines } from '../../report/terminal/table.ts';
import { wrapText } from '../../report/terminal/text-width.ts';
import type { View } from '../../report/view.ts';
import { destinationOf, type Winner } from '../../whatif/inferred-race.ts';
import type { AskedPolicy, NotUsed, ReplayedRace, WhatIf } from '../../whatif/what-if.ts';
import { type Count, type PolicyTotals, typicalTime } from '../../whatif/what-if-totals.ts';
import { millisText } from '../simulate/millis-text.ts';

export interface ToldPolicy {
  readonly policy: AskedPolicy;
  readonly totals: PolicyTotals;
}

const REASONS: Readonly<Record<NotUsed, string>> = {
  unfinished: 'cancelled, or not over when the log ended',
  'other-outcome': 'replayed to another outcome',
  'other-winner': 'replayed to another winner',
  'other-time': 'replayed to another connect time',
};

/** More races of one policy are for `--format json`. */
const MOST_RACES = 10;

export function whatIfText(told: readonly ToldPolicy[], { replayed, notUsed }: WhatIf, view: View): string {
  const dim = (text: string): readonly string[] => wrapText(text, view.width).map((line) => view.style('dim', line));
  const counts = new Map<NotUsed, number>();
  for (const { because } of notUsed) counts.set(because, (counts.get(because) ?? 0) + 1);
  const assumed = replayed.filter((race) => race.assumed.length > 0).length;
  const lines = [
    ...wrapText(`Replay: ${replayed.length} of ${replayed.length + notUsed.length} races as recorded${[...counts].map(([because, count]) => `; ${count} ${REASONS[because]}`).join('')}. ${assumed} with something assumed.`, view.width),
  ];
  if (replayed.length > 0) {
    lines.push('', ...tableLines(TOTALS, told, view), '', ...dim(LEGEND));
    for (const [index, { policy }] of told.entries()) lines.push(...changedLines(policy, index, replayed, view));
  }
  return `${lines.join('\n')}\n`;
}

const LEGEND =
  'Medians over races that connect under both, in ms; the interval is of the median difference. Sooner and later: by more than 20 ms or 10 %. Counts: now, then under the policy, with the range of the draws where something was assumed. Early wins: by an attempt that began before the last DNS answer.';

const TOTALS: readonly Column<ToldPolicy>[] = [
  { id: 'policy', title: 'Policy', rank: 0, value: ({ policy }) => policy.profile },
  { id: 'races', title: 'Races', rank: 5, align: 'right', value: ({ totals }) => totals.races },
  { id: 'now', title: 'Now', rank: 3, align: 'right', value: ({ totals }) => totals.connect?.nowMs, text: ({ totals }) => millisText(totals.connect?.nowMs) },
  { id: 'then', title: 'Then', rank: 3, align: 'right', value: ({ totals }) => totals.connect?.thenMs, text: ({ totals }) => millisText(totals.connect?.thenMs) },
  { id: 'difference', title: 'Difference', rank: 0, align: 'right', value: ({ totals }) => totals.connect?.differenceMs, text: ({ totals }) => differenceText(totals) },
  { id: 'sooner', title: 'Sooner', rank: 1, align: 'right', value: ({ totals }) => totals.sooner },
  { id: 'later', title: 'Later', rank: 1, align: 'right', value: ({ totals }) => totals.later },
  counted('attempts', 'Attempts', 2, ({ attempts }) => attempts),
  counted('family', 'Family fallbacks', 6, ({ familyFallbacks }) => familyFallbacks),
  counted('transport', 'QUIC fallbacks', 7, ({ transportFallbacks }) => transportFallbacks),
  counted('early', 'Early wins', 4, ({ intermediateWins }) => intermediateWins),
  counted('failures', 'Failures', 4, ({ failures }) => failures),
];

function counted(id: string, title: string, rank: number, of: (totals: PolicyTotals) => Count): Column<ToldPolicy> {
  return { id, title, rank, align: 'right', value: ({ totals }) => of(totals).would, text: ({ totals }) => countText(of(totals)) };
}

function countText({ now, would, low, high }: Count): string {
  const range = low === high ? '' : ` (${whole(low)}–${whole(high)})`;
  return now === would && range === '' ? `${now}` : `${now} → ${whole(would)}${range}`;
}

function whole(count: number): number {
  return Math.round(count);
}

function differenceText({ connect }: PolicyTotals): string {
  if (connect === undefined) return millisText(undefined);
  const { differenceMs, interval } = connect;
  return `${signed(differenceMs)}${interval === undefined ? '' : ` [${signed(interval.low)}, ${signed(interval.high)}]`}`;
}

function signed(ms: number): string {
  return `${ms > 0 ? '+' : ''}${millisText(ms)}`;
}

interface Changed {
  readonly replayed: ReplayedRace;
  readonly thenMs: number | undefined;
  readonly winner: Winner | undefined;
  /** Of the same draw; absent: there is none. */
  readonly attempts: number | undefined;
  readonly differenceMs: number | undefined;
}

function changedLines({ profile }: AskedPolicy, index: number, replayed: readonly ReplayedRace[], view: View): readonly string[] {
  const changed = replayed.map((each): Changed => changeOf(each, index)).filter(({ differenceMs, winner, replayed: { replay } }) => Math.abs(differenceMs ?? 0) >= 1 || winner?.ipEndpoint !== replay.winner?.ipEndpoint || winner?.transport !== replay.winner?.transport);
  if (changed.length === 0) return ['', `${view.style('heading', profile)}: no race would have been different.`];
  const shown = changed.toSorted((a, b) => Math.abs(b.differenceMs ?? Infinity) - Math.abs(a.differenceMs ?? Infinity)).slice(0, MOST_RACES);
  const rest = changed.length - shown.length;
  return ['', view.style('heading', `${profile}: the races that change most${rest > 0 ? ` (${rest} more with --format json)` : ''}`), ...tableLines(RACES, shown, view, { indent: 2 })];
}

function changeOf(replayed: ReplayedRace, index: number): Changed {
  const runs = replayed.runs[index] ?? [];
  const thenMs = typicalTime(runs);
  const typical = runs.find(({ afterMs }) => afterMs === thenMs) ?? runs[0];
  const nowMs = replayed.replay.outcome === 'connected' ? replayed.replay.afterMs : undefined;
  return { replayed, thenMs, winner: typical?.winner, attempts: typical?.attempts, differenceMs: thenMs === undefined || nowMs === undefined ? undefined : thenMs - nowMs };
}

const RACES: readonly Column<Changed>[] = [
  { id: 'race', title: 'Race', rank: 2, align: 'right', value: ({ replayed }) => replayed.race.id },
  { id: 'host', title: 'Host', rank: 0, shrinkTo: 16, value: ({ replayed }) => destinationOf(replayed.race).host },
  { id: 'now', title: 'Now', rank: 0, align: 'right', value: ({ replayed }) => replayed.replay.afterMs, text: ({ replayed }) => (replayed.replay.outcome === 'connected' ? millisText(replayed.replay.afterMs) : 'failed') },
  { id: 'then', title: 'Then', rank: 0, align: 'right', value: ({ thenMs }) => thenMs ?? 'failed', text: ({ thenMs }) => (thenMs === undefined ? 'failed' : millisText(thenMs)) },
  { id: 'difference', title: 'Difference', rank: 1, align: 'right', value: ({ differenceMs }) => differenceMs, text: ({ differenceMs }) => (differenceMs === undefined ? '' : signed(differenceMs)) },
  { id: 'attempts', title: 'Attempts', rank: 4, align: 'right', value: ({ attempts }) => attempts, text: ({ replayed, attempts }) => changeText(replayed.replay.attempts, attempts) },
  { id: 'winner', title: 'Winner', rank: 1, value: ({ replayed, winner }) => winnersText(replayed.replay.winner, winner) },
  { id: 'assumed', title: 'Assumed', rank: 3, shrinkTo: 20, value: ({ replayed }) => replayed.assumed[0] },
];

function changeText(now: number, then: number | undefined): string {
  return then === undefined || then === now ? `${now}` : `${now} → ${then}`;
}

function winnersText(now: Winner | undefined, then: Winner | undefined): string {
  const [a, b] = [winnerText(now), winnerText(then)];
  return a === b ? a : `${a} → ${b}`;
}

function winnerText(winner: Winner | undefined): string {
  return winner === undefined ? 'none' : `${formatFamily(winner.family)} ${formatTransport(winner.transport)}`;
}
