/**
 * Races of the HttpStreamPool (HEv3): one attempt manager, one race.
 *
 * An attempt is its manager's by TCP_BASED_ATTEMPT_BOUND_TO_POOL, or START or END on the manager.
 * All are written after the attempt began; in a log cut at that moment only TLS_STREAM_ATTEMPT_ALIVE
 * is there, whose `host_port` finds the one live manager to that host, or a race of its own.
 */
import type { AttemptManagerHandler, AttemptManagerRecord } from '../handlers/attempt-managers.ts';
import type { Moment } from '../handlers/handler.ts';
import type { QuicJobHandler, QuicJobRecord } from '../handlers/quic-jobs.ts';
import type { ResolverRequestHandler } from '../handlers/resolver-requests.ts';
import type { StreamAttemptHandler, StreamAttemptRecord } from '../handlers/stream-attempts.ts';
import type { Race } from '../race.ts';
import { type AttemptDraft, settle, winnerOf, winnerView } from './attempt-draft.ts';
import { ABORTED, type Context, earliest, evidenceOf, latest } from './context.ts';
import { type Destination, destinationOfSockets, isForResolver, isSecure, parseDestination } from './destination.ts';
import { fallbackOf } from './fallback.ts';
import type { PoolingVerdicts } from '../handlers/pooling.ts';
import { addTo } from '../grouping.ts';
import { onlyLiveManagers } from './live-managers.ts';
import { markSlow } from './mark-slow.ts';
import { type QuicParts, quicAttempts } from './quic-attempts.ts';
import { type RaceResolutions, type StageOf } from './race-resolutions.ts';
import type { SocketsOf } from './socket-owners.ts';
import { tcpAttempts } from './tcp-attempts.ts';

export interface PoolRaceParts extends QuicParts {
  readonly attemptManagers: AttemptManagerHandler;
  readonly streamAttempts: StreamAttemptHandler;
  readonly quicJobs: QuicJobHandler;
  readonly resolverRequests: ResolverRequestHandler;
  readonly socketsOf: SocketsOf;
  readonly raceResolutions: RaceResolutions;
  readonly pooling: PoolingVerdicts;
}

/** `can_attempt` codes of CAN_ATTEMPT_TCP. */
const BLOCKED_FOR_QUIC = 2;
const THROTTLED_FOR_HTTP2 = 3;

/** QUIC_ATTEMPT_COMPLETED with this result: no endpoint offered HTTP/3, nothing was sent. */
const NO_MATCHING_ALPN = -811;

export function buildPoolRaces(parts: PoolRaceParts, context: Context): Race[] {
  const managers = [...parts.attemptManagers.managers.values()];
  const { owned, orphans } = assignAttempts(managers, parts.streamAttempts);
  const managerOfQuicJob = new Map<number, number>();
  for (const manager of managers.toReversed()) for (const id of manager.quicJobIds) managerOfQuicJob.set(id, manager.id);
  const quicByManager = new Map<number, QuicJobRecord[]>();
  for (const job of parts.quicJobs.jobs.values()) {
    const managerId = job.managerId ?? managerOfQuicJob.get(job.id);
    if (managerId !== undefined) addTo(quicByManager, managerId, job);
  }
  const races = managers
    .map((manager) => raceOf(manager, owned.get(manager.id) ?? [], quicByManager.get(manager.id) ?? [], parts, context))
    .filter((race) => race.destination !== undefined || race.attempts.length > 0);
  return [...races, ...orphans.map((attempt) => orphanRace(attempt, parts, context)).filter((r) => r !== undefined)];
}

function assignAttempts(managers: readonly AttemptManagerRecord[], { attempts }: StreamAttemptHandler) {
  const managerOfAttempt = new Map<number, number>();
  for (const manager of managers) for (const id of manager.attemptIds) managerOfAttempt.set(id, manager.id);
  const known = new Set(managers.map((m) => m.id));
  const owned = new Map<number, StreamAttemptRecord[]>();
  const orphans: StreamAttemptRecord[] = [];
  const onlyLive = onlyLiveManagers([...attempts.values()].filter((a) => a.managerId === undefined && !managerOfAttempt.has(a.id)), managers);
  for (const attempt of attempts.values()) {
    const managerId = attempt.managerId ?? managerOfAttempt.get(attempt.id) ?? onlyLive.get(attempt.id);
    if (managerId === undefined || !known.has(managerId)) orphans.push(attempt);
    else addTo(owned, managerId, attempt);
  }
  return { owned, orphans };
}

function raceOf(
  manager: AttemptManagerRecord,
  streamAttempts: readonly StreamAttemptRecord[],
  quicJobs: readonly QuicJobRecord[],
  parts: PoolRaceParts,
  context: Context,
): Race {
  const destination = parseDestination(manager.destination) ?? destinationOf(streamAttempts, parts.socketsOf);
  const dns = parts.raceResolutions.of([manager.id], manager.start, manager.updates);
  const drafts = [
    ...streamAttempts.flatMap((a) => tcpDrafts(a, destination === undefined || isSecure(destination.scheme), dns.stageOf, parts)),
    ...quicJobs.flatMap((job) => quicAttempts(job, dns, parts, context)),
  ];
  const slowed = markSlow(drafts, manager.slow);
  const winner = winnerOf(slowed);
  const end = winner?.usable ?? manager.existingSession?.at ?? manager.failure?.at ?? manager.end;
  const outcome = outcomeOf(manager, winner);
  const failure = outcome === 'failed' ? (manager.failure?.netError ?? manager.resolveError) : undefined;
  const settledEnd = outcome === 'unfinished' ? undefined : end;
  return {
    id: manager.id,
    engine: 'hev3',
    destination,
    privacyMode: manager.privacyMode,
    networkAnonymizationKey: manager.networkKey,
    preconnect: manager.preconnects > 0 && manager.streamJobIds.length === 0,
    forResolver: isForResolver(manager.networkKey) || undefined,
    startMs: context.at(manager.start),
    endMs: settledEnd && context.at(settledEnd),
    durationMs: settledEnd && context.between(manager.start, settledEnd),
    outcome,
    netError: failure === undefined ? undefined : context.netError(failure),
    resolutionIds: dns.ids,
    dns: dns.timesFor(slowed),
    // A request bound after the win got what the race had won.
    requestIds: [...manager.requests].filter(([, at]) => settledEnd === undefined || at.index <= settledEnd.index).map(([id]) => id),
    attempts: settle(slowed, winner, settledEnd, context),
    winner: winnerView(winner),
    pooledOnto: outcome === 'pooled' && manager.existingSession !== undefined
      ? { sessionId: manager.existingSession.sessionId, by: parts.pooling.reason(manager.destination, manager.existingSession) }
      : undefined,
    fallback: fallbackOf(slowed, winner, dns),
    delays: {
      resolutionDelayMs: dns.resolutionDelayMs,
      connectionAttemptDelayMs: observedAttemptDelay(slowed, manager, context),
      tcpBasedAttemptDelayMs: manager.tcpBasedAttemptDelay,
      tcpHeldBackMs: heldBack(manager, BLOCKED_FOR_QUIC, context),
      cryptoWaitMs: winner?.wait?.end && context.between(winner.wait.begin, winner.wait.end),
      spdyThrottleMs: heldBack(manager, THROTTLED_FOR_HTTP2, context),
    },
    evidence: evidenceOf(
      [manager.id, ...streamAttempts.map((a) => a.id), ...quicJobs.map((j) => j.id)],
      [manager.start, ...manager.updates.map((u) => u.at), end, manager.end],
    ),
  };
}

function tcpDrafts(attempt: StreamAttemptRecord, secure: boolean, stageOf: StageOf, { socketsOf }: PoolRaceParts): AttemptDraft[] {
  const owned = socketsOf(attempt.id, attempt.socketIds);
  const error = attempt.end?.netError;
  return owned.flatMap((socket, i) => {
    // Only the last socket is still the attempt's when it ends; one before was given up for an ECH retry.
    const isLast = i === owned.length - 1;
    return tcpAttempts(socket, {
      sourceIds: [attempt.id],
      secure: secure && attempt.type !== 'TCP_STREAM_ATTEMPT',
      wait: isLast ? attempt.wait : undefined,
      failed: isLast && attempt.end !== undefined && error !== undefined && error !== ABORTED ? { at: attempt.end.at, code: error } : undefined,
      cancelReason: isLast ? attempt.end?.cancelReason : undefined,
      stageOf,
    });
  });
}

/** With the head of the log lost: what the attempts, or their ClientHellos, say of where they go. */
function destinationOf(attempts: readonly StreamAttemptRecord[], socketsOf: SocketsOf): Destination | undefined {
  const hostPort = attempts.find((a) => a.hostPort !== undefined)?.hostPort;
  return hostPort === undefined ? destinationOfSockets(attempts.flatMap(({ id, socketIds }) => socketsOf(id, socketIds))) : parseDestination(`https://${hostPort}`);
}

function outcomeOf(manager: AttemptManagerRecord, winner: AttemptDraft | undefined): Race['outcome'] {
  if (winner !== undefined) return 'connected';
  if (manager.existingSession !== undefined) return 'pooled';
  if (manager.failure !== undefined) return manager.failure.netError === ABORTED ? 'cancelled' : 'failed';
  if (manager.resolveError !== undefined && manager.end !== undefined) return 'failed';
  // Of a race whose head is lost the result may be as well.
  return manager.end === undefined || manager.destination === undefined ? 'unfinished' : 'cancelled';
}

/** From the first attempt's start to the moment it was called slow. */
function observedAttemptDelay(drafts: readonly AttemptDraft[], manager: AttemptManagerRecord, context: Context): number | undefined {
  const mark = manager.slow[0];
  const slow = mark && drafts.filter((d) => d.slow === true && d.transport === mark.transport).toSorted((a, b) => a.start.time - b.start.time)[0];
  return slow && mark && context.between(slow.start, mark.at);
}

/** From the first refusal for this reason to the next TCP-based attempt, or to the end of the need for one. */
function heldBack(manager: AttemptManagerRecord, code: number, context: Context): number | undefined {
  const refused = manager.canAttempt.find((c) => c.code === code)?.at;
  // Without an endpoint there was nothing to hold back.
  const endpoints = manager.updates.find((u) => u.endpoints.length > 0)?.at;
  const from = refused && endpoints && latest([refused, endpoints]);
  if (from === undefined) return undefined;
  const until = earliest([
    ...manager.attemptStarts.filter((m) => m.index > from.index),
    manager.quicCompleted?.result === NO_MATCHING_ALPN || (manager.quicCompleted?.at.index ?? 0) < from.index ? undefined : manager.quicCompleted?.at,
    manager.failure?.at,
    manager.end,
  ]);
  return until && context.between(from, until);
}

/** An attempt whose manager the log does not hold: its socket, its host, and nothing of the race. */
function orphanRace(attempt: StreamAttemptRecord, parts: PoolRaceParts, context: Context): Race | undefined {
  const stageOf = (): 'unknown' => 'unknown';
  const drafts = tcpDrafts(attempt, attempt.type === 'TLS_STREAM_ATTEMPT', stageOf, parts);
  if (drafts.length === 0) return undefined;
  const winner = winnerOf(drafts);
  const end: Moment | undefined = winner?.usable ?? attempt.end?.at;
  const start = earliest(drafts.map((d) => d.start)) ?? attempt.start;
  return {
    id: attempt.id,
    engine: 'hev3',
    destination: destinationOf([attempt], parts.socketsOf),
    preconnect: false,
    startMs: context.at(start),
    endMs: end && context.at(end),
    durationMs: end && context.between(start, end),
    outcome: winner !== undefined ? 'connected' : attempt.end === undefined ? 'unfinished' : attempt.end.netError === ABORTED ? 'cancelled' : 'failed',
    resolutionIds: [],
    dns: {},
    requestIds: [],
    attempts: settle(drafts, winner, end, context),
    winner: winnerView(winner),
    fallback: { family: false, transport: false, service: false, resolver: false },
    delays: {},
    evidence: evidenceOf([attempt.id], [attempt.start, end]),
  };
}
