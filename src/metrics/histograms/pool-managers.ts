/** The attempt managers of the HttpStreamPool: their life, the state they began in, and what they cancelled at once. */
import type { JournalEvent } from '../../model/journal.ts';
import { dependency, netError, number, text } from '../../model/handlers/params.ts';
import type { Count } from './counters.ts';
import { CODES, COUNTS, COUNTS_TO_100, LONG_TIMES, SHORT_TIMES } from './layouts.ts';
import { NETWORK_CHANGED } from './net-errors.ts';
import { addTo } from '../../model/grouping.ts';
import { type Timelines, elapsed, lastBefore } from './timelines.ts';

/** Net.HttpStreamPool.InitialAttemptState2. */
const INITIAL_STATES: readonly string[] = [
  'Other',
  'CanUseQuicWithKnownVersion',
  'CanUseQuicWithKnownVersionAndSupportsSpdy',
  'CanUseQuicWithUnknownVersion',
  'CanUseQuicWithUnknownVersionAndSupportsSpdy',
  'CannotUseQuicWithKnownVersion',
  'CannotUseQuicWithKnownVersionAndSupportsSpdy',
  'CannotUseQuicWithUnknownVersion',
  'CannotUseQuicWithUnknownVersionAndSupportsSpdy',
];

const ALIVE = 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_ALIVE';
const INITIAL_STATE = 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_INITIAL_ATTEMPT_STATE';

export function countPoolManagers(timelines: Timelines, count: Count): void {
  for (const manager of timelines.having(ALIVE)) {
    const id = manager[0]?.sourceId;
    countLife(timelines, count, id);
    countExistingSessions(timelines, count, id);
    countCancelledAttempts(timelines, count, manager);
    for (const { type, params } of manager) {
      if (type !== 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_NOTIFY_FAILURE' || netError(params) !== NETWORK_CHANGED) continue;
      const [jobs = 0, preconnects = 0] = [number(params, 'num_jobs'), number(params, 'num_preconnects')];
      if (jobs > 0) count('Net.HttpStreamPool.RequestJobCancelCount.IpAddressChanged', COUNTS, jobs);
      if (preconnects > 0) count('Net.HttpStreamPool.PreconnectJobCancelCount.IpAddressChanged', COUNTS, preconnects);
    }
  }
}

export function managerBegin(timelines: Timelines, id: number | undefined): JournalEvent | undefined {
  return timelines.ofType(id, ALIVE, 'BEGIN')[0];
}

/** As Chromium numbers it; `undefined` for a manager without a TCP-based attempt. */
export function initialStateOf(timelines: Timelines, id: number | undefined): number | undefined {
  const [event] = timelines.ofType(id, INITIAL_STATE);
  const state = INITIAL_STATES.indexOf(text(event?.params, 'state') ?? '');
  return state < 0 ? undefined : state;
}

function countLife(timelines: Timelines, count: Count, id: number | undefined): void {
  const begin = managerBegin(timelines, id);
  if (begin === undefined) return;
  const [end] = timelines.ofType(id, ALIVE, 'END');
  if (end !== undefined) count('Net.HttpStreamPool.AttemptManagerAliveTime2', LONG_TIMES, elapsed(begin, end));
  const delay = number(begin.params, 'tcp_based_attempt_delay');
  if (delay !== undefined) count('Net.HttpStreamPool.TcpBasedAttemptDelay', SHORT_TIMES, delay);
  const [first] = timelines.ofType(id, INITIAL_STATE);
  if (first !== undefined) count('Net.HttpStreamPool.InitialAttemptStartTime', SHORT_TIMES, elapsed(begin, first));
  const state = initialStateOf(timelines, id);
  if (state !== undefined) count('Net.HttpStreamPool.InitialAttemptState2', CODES, state);
}

/** From the start of resolving to the session that fits an address. */
function countExistingSessions(timelines: Timelines, count: Count, id: number | undefined): void {
  const askings = timelines.ofType(id, 'HOST_RESOLVER_MANAGER_TASK_SEQUENCE_CREATED');
  for (const [type, name] of [
    ['HTTP_STREAM_POOL_ATTEMPT_MANAGER_EXISTING_QUIC_SESSION_MATCHED', 'ExistingQuicSessionFoundTime'],
    ['HTTP_STREAM_POOL_ATTEMPT_MANAGER_EXISTING_SPDY_SESSION_MATCHED', 'ExistingSpdySessionFoundTime'],
  ] as const) {
    for (const matched of timelines.ofType(id, type)) {
      const asked = lastBefore(askings, matched.index);
      if (asked !== undefined) count(`Net.HttpStreamPool.${name}`, SHORT_TIMES, elapsed(asked, matched));
    }
  }
}

/** A cancelled attempt of the manager: its END, which carries the reason. */
interface Cancelled {
  readonly end: JournalEvent;
  readonly reason: string;
}

function countCancelledAttempts(timelines: Timelines, count: Count, manager: readonly JournalEvent[]): void {
  const byReason = new Map<string, Cancelled[]>();
  for (const attempt of cancelledOf(timelines, manager)) addTo(byReason, attempt.reason, attempt);
  if (byReason.size === 0) return;
  const slots = manager.filter(({ params }) => number(params, 'num_tcp_based_attempt_slots') !== undefined);
  for (const [reason, attempts] of byReason) {
    count(`Net.HttpStreamPool.TcpBasedAttemptTotalCancelCount.${reason}`, COUNTS_TO_100, attempts.length);
    const first = attempts.reduce((least, { end }) => Math.min(least, end.index), Number.POSITIVE_INFINITY);
    const before = lastBefore(slots, first);
    if (before !== undefined) count(`Net.HttpStreamPool.TcpBasedAttemptSlotCancelCount.${reason}`, COUNTS_TO_100, slotsAfter(before));
  }
}

/** The winner leaves its slot before the others are cancelled. */
function slotsAfter({ type, params }: JournalEvent): number {
  const slots = number(params, 'num_tcp_based_attempt_slots') ?? 0;
  return type === 'HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_END' && netError(params) === undefined ? slots - 1 : slots;
}

function cancelledOf(timelines: Timelines, manager: readonly JournalEvent[]): Cancelled[] {
  const ids = new Set(manager.filter(({ type }) => type === 'HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_START').map(({ params }) => dependency(params)));
  return [...ids].flatMap((id) => {
    const ends = ['TLS_STREAM_ATTEMPT_ALIVE', 'TCP_STREAM_ATTEMPT_ALIVE'].flatMap((type) => timelines.ofType(id, type, 'END').at(-1) ?? []);
    const end = ends.toSorted((a, b) => a.index - b.index).at(-1);
    const reason = text(end?.params, 'cancel_reason');
    return end === undefined || reason === undefined ? [] : [{ end, reason }];
  });
}
