/** The attempt managers of the HttpStreamPool: their life, the state they began in, and what they cancelled at once. */
import type { JournalEvent } from '../../model/journal.ts';
import { dependency, netError, number, text } from '../../model/handlers/params.ts';
import type { Count } from './histogram.ts';
import { CODES, COUNTS, COUNTS_TO_100, LONG_TIMES, SHORT_TIMES } from './layouts.ts';
import { NETWORK_CHANGED } from './net-errors.ts';
import { type Timelines, elapsed } from './timelines.ts';

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

export function countPoolManagers(timelines: Timelines, count: Count): void {
  for (const manager of timelines.having(ALIVE)) {
    const begin = managerBegin(manager);
    const end = manager.find(({ type, phase }) => type === ALIVE && phase === 'END');
    if (begin !== undefined) countLife(count, manager, begin, end);
    countExistingSessions(count, manager);
    countCancelledAttempts(timelines, count, manager);
    for (const { type, params } of manager) {
      if (type !== 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_NOTIFY_FAILURE' || netError(params) !== NETWORK_CHANGED) continue;
      const [jobs = 0, preconnects = 0] = [number(params, 'num_jobs'), number(params, 'num_preconnects')];
      if (jobs > 0) count('Net.HttpStreamPool.RequestJobCancelCount.IpAddressChanged', COUNTS, jobs);
      if (preconnects > 0) count('Net.HttpStreamPool.PreconnectJobCancelCount.IpAddressChanged', COUNTS, preconnects);
    }
  }
}

export function managerBegin(manager: readonly JournalEvent[]): JournalEvent | undefined {
  return manager.find(({ type, phase }) => type === ALIVE && phase === 'BEGIN');
}

/** As Chromium numbers it; `undefined` for a manager without a TCP-based attempt. */
export function initialStateOf(manager: readonly JournalEvent[]): number | undefined {
  const event = manager.find(({ type }) => type === 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_INITIAL_ATTEMPT_STATE');
  const state = INITIAL_STATES.indexOf(text(event?.params, 'state') ?? '');
  return state < 0 ? undefined : state;
}

function countLife(count: Count, manager: readonly JournalEvent[], begin: JournalEvent, end: JournalEvent | undefined): void {
  if (end !== undefined) count('Net.HttpStreamPool.AttemptManagerAliveTime2', LONG_TIMES, elapsed(begin, end));
  const delay = number(begin.params, 'tcp_based_attempt_delay');
  if (delay !== undefined) count('Net.HttpStreamPool.TcpBasedAttemptDelay', SHORT_TIMES, delay);
  const first = manager.find(({ type }) => type === 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_INITIAL_ATTEMPT_STATE');
  if (first !== undefined) count('Net.HttpStreamPool.InitialAttemptStartTime', SHORT_TIMES, elapsed(begin, first));
  const state = initialStateOf(manager);
  if (state !== undefined) count('Net.HttpStreamPool.InitialAttemptState2', CODES, state);
}

/** From the start of resolving to the session that fits an address. */
function countExistingSessions(count: Count, manager: readonly JournalEvent[]): void {
  for (const [type, name] of [
    ['HTTP_STREAM_POOL_ATTEMPT_MANAGER_EXISTING_QUIC_SESSION_MATCHED', 'ExistingQuicSessionFoundTime'],
    ['HTTP_STREAM_POOL_ATTEMPT_MANAGER_EXISTING_SPDY_SESSION_MATCHED', 'ExistingSpdySessionFoundTime'],
  ] as const) {
    for (const matched of manager.filter((event) => event.type === type)) {
      const asked = manager.findLast((event) => event.type === 'HOST_RESOLVER_MANAGER_TASK_SEQUENCE_CREATED' && event.index < matched.index);
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
  const cancelled = cancelledOf(timelines, manager);
  for (const reason of new Set(cancelled.map((attempt) => attempt.reason))) {
    const attempts = cancelled.filter((attempt) => attempt.reason === reason);
    count(`Net.HttpStreamPool.TcpBasedAttemptTotalCancelCount.${reason}`, COUNTS_TO_100, attempts.length);
    const first = attempts.reduce((least, { end }) => Math.min(least, end.index), Number.POSITIVE_INFINITY);
    const before = manager.findLast(({ index, params }) => index < first && number(params, 'num_tcp_based_attempt_slots') !== undefined);
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
    const end = timelines.of(id).findLast(({ type, phase }) => phase === 'END' && (type === 'TLS_STREAM_ATTEMPT_ALIVE' || type === 'TCP_STREAM_ATTEMPT_ALIVE'));
    const reason = text(end?.params, 'cancel_reason');
    return end === undefined || reason === undefined ? [] : [{ end, reason }];
  });
}
