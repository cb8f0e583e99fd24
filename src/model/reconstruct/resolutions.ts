/**
 * Resolver jobs, and answers without a job, become resolutions.
 *
 * What a log cannot tell stays out: the queries of getaddrinfo, of which only the call is logged.
 */
import { familyOf } from '../../address.ts';
import type { Outcome } from '../common.ts';
import type { AttemptManagerHandler, ManagerUpdate } from '../handlers/attempt-managers.ts';
import { type DnsTransactionHandler, httpsAnswerOf } from '../handlers/dns-transactions.ts';
import type { ResolverJobRecord, ResolverJobHandler, ResolverTaskRecord } from '../handlers/resolver-jobs.ts';
import type { ResolverRequestHandler, ResolverRequestRecord } from '../handlers/resolver-requests.ts';
import { NO_ANSWER, type ResolverAnswer, endpointsOf } from '../handlers/resolver-results.ts';
import type { SocketHandler } from '../handlers/sockets.ts';
import type { DnsTransaction, EndpointUpdate, Resolution, ResolverTask } from '../resolution.ts';
import { ABORTED, type Context, evidenceOf } from './context.ts';
import { type HostSpec, isForResolver, parseHost } from './destination.ts';
import { createTransactionBuilder } from './dns-transactions.ts';
import { countUpTo, lastUpTo } from '../ascending.ts';
import { addTo } from '../grouping.ts';
import { type HttpsLookup, httpsRecordsOf } from './https-records.ts';

export interface ResolutionParts {
  readonly resolverJobs: ResolverJobHandler;
  readonly resolverRequests: ResolverRequestHandler;
  readonly dnsTransactions: DnsTransactionHandler;
  readonly attemptManagers: AttemptManagerHandler;
  readonly sockets: SocketHandler;
  /** Where a requester without a host of its own connects to. */
  readonly targetOf: (requesterId: number) => HostSpec | undefined;
}

const SECURE_DNS_MODES = ['off', 'automatic', 'secure'] as const;

export function buildResolutions(parts: ResolutionParts, context: Context): Resolution[] {
  const { resolverJobs, resolverRequests, attemptManagers } = parts;
  const transactionOf = createTransactionBuilder(parts.dnsTransactions, parts.sockets, context);
  const requestsByJob = new Map<number, ResolverRequestRecord[]>();
  for (const request of resolverRequests.requests) {
    if (request.jobId !== undefined) addTo(requestsByJob, request.jobId, request);
  }

  const jobsOf = new Map<number, ResolverJobRecord[]>();
  for (const job of resolverJobs.jobs.values()) for (const id of requestersOf(job)) if (attemptManagers.managers.has(id)) addTo(jobsOf, id, job);
  const heardByJob = new Map<number, Map<ResolverJobRecord, ManagerUpdate[]>>();

  /** What a manager heard of a job: of several that it asked, it hears of the one begun last. */
  function heardOf(job: ResolverJobRecord, managerId: number): readonly ManagerUpdate[] {
    const jobs = jobsOf.get(managerId);
    if (jobs === undefined) return [];
    let heard = heardByJob.get(managerId);
    if (heard === undefined) {
      heard = new Map();
      heardByJob.set(managerId, heard);
      const inOrder = jobs.map((one) => ({ at: one.start, job: one })).toSorted((a, b) => a.at.index - b.at.index);
      for (const update of attemptManagers.managers.get(managerId)?.updates ?? []) {
        const asked = lastUpTo(inOrder, update.at.index);
        if (asked !== undefined) addTo(heard, asked.job, update);
      }
    }
    return heard.get(job) ?? [];
  }

  function requestersOf(job: ResolverJobRecord): ReadonlySet<number> {
    return new Set([...job.requesterIds, ...(requestsByJob.get(job.id) ?? []).map((r) => r.requesterId)]);
  }

  function fromJob(job: ResolverJobRecord): Resolution {
    const requests = requestsByJob.get(job.id) ?? [];
    const requesterIds = [...requestersOf(job)];
    const answer = answerOf(job);
    const managerUpdates = requesterIds.flatMap((id) => heardOf(job, id));
    const outcome = jobOutcome(job);
    const transactions = [...job.transactionIds].flatMap((id) => transactionOf(id, job.end));
    const spec = parseHost(job.host);
    return {
      ...identity(job.id, spec),
      queryTypes: job.queryTypes.length > 0 ? job.queryTypes : [...new Set(transactions.map((t) => t.type))],
      source: 'network',
      ...span(job.start, job.end),
      queuedMs: job.started && context.between(job.start, job.started),
      outcome,
      netError: job.netError === undefined ? undefined : context.netError(job.netError),
      speculative: requests.length > 0 && requests.every((r) => r.speculative),
      secureDnsMode: SECURE_DNS_MODES[job.secureDnsMode ?? -1],
      forResolver: isForResolver(job.networkKey) || undefined,
      requesterIds,
      tasks: [...nat64TasksOf(job), ...job.tasks.map((task) => taskOf(task, job))],
      transactions,
      resolutionDelay: job.resolutionDelay && {
        startMs: context.at(job.resolutionDelay.begin),
        elapsedMs: job.resolutionDelay.end && context.between(job.resolutionDelay.begin, job.resolutionDelay.end),
        timedOut: job.resolutionDelay.timedOut,
      },
      endpointUpdates: updatesOf(job, answer, managerUpdates, outcome),
      addresses: [...answer.addresses],
      aliases: [...answer.aliases],
      httpsRecords: httpsRecordsOf(httpsLookupOf(job, spec, answer, transactions)),
      evidence: evidenceOf([job.id, ...job.transactionIds], [job.start, job.started, ...job.tasks.map((t) => t.end), job.end]),
    };
  }

  /** One answered from a cache, the hosts file or the configuration, or not asked at all: an IP literal. */
  function fromRequest(request: ResolverRequestRecord): Resolution | undefined {
    const spec = parseHost(request.host) ?? parts.targetOf(request.requesterId);
    const literal = spec !== undefined && familyOf(spec.host) !== undefined;
    if (request.hit === undefined && request.stale === undefined && !literal) return undefined;
    const stale = request.stale !== undefined && request.hit === undefined;
    const answered = request.hit?.at ?? request.stale?.at ?? request.begin;
    const answer = request.hit?.answer ?? (literal ? { ...NO_ANSWER, addresses: [spec.host] } : NO_ANSWER);
    const endpoints = stale ? (request.stale?.endpoints ?? []) : endpointsOf(answer);
    const failed = request.netError ?? answer.error;
    return {
      ...identity(request.requesterId, spec),
      queryTypes: [],
      source: request.hit?.source ?? (stale ? 'stale-cache' : 'literal'),
      ...span(request.begin, answered),
      outcome: failed === undefined ? 'ok' : failed === ABORTED ? 'cancelled' : 'failed',
      netError: failed === undefined ? undefined : context.netError(failed),
      speculative: request.speculative,
      forResolver: isForResolver(request.networkKey) || undefined,
      requesterIds: [request.requesterId],
      tasks: [],
      transactions: [],
      endpointUpdates: endpoints.length === 0 ? [] : [{ atMs: context.at(answered), stage: 'final', endpoints: [...endpoints] }],
      addresses: stale ? [...new Set(endpoints.flatMap((e) => [...e.ipv6, ...e.ipv4]))] : [...answer.addresses],
      aliases: [...answer.aliases],
      httpsRecords: [...answer.httpsRecords],
      evidence: evidenceOf([request.requesterId], [request.begin, answered]),
    };
  }

  function httpsLookupOf(job: ResolverJobRecord, spec: HostSpec | undefined, answer: ResolverAnswer, transactions: readonly DnsTransaction[]): HttpsLookup {
    const records = [...job.transactionIds].flatMap((id) => parts.dnsTransactions.of(id));
    const isJudged = job.extractions.length > 0 || job.tasks.some(({ kind, answer: made }) => kind !== 'system' && made !== undefined);
    const found = transactions.some(({ type, answerCount = 0 }) => type === 'HTTPS' && answerCount > answer.aliases.length);
    return {
      host: spec?.host,
      // A http origin is upgraded before its records are judged (RFC 9460 section 9.5).
      port: spec?.scheme === 'http' && spec.port === 80 ? 443 : spec?.port,
      answers: records.flatMap((record) => httpsAnswerOf(record) ?? []),
      listed: isJudged ? answer.httpsRecords : undefined,
      unreadable: job.unreadable.has('HTTPS'),
      blank: found && job.extractions.some(isBlank),
    };
  }

  function identity(id: number, spec: HostSpec | undefined): Pick<Resolution, 'id' | 'host' | 'port' | 'scheme'> {
    return { id, host: spec?.host, port: spec?.port, scheme: spec?.scheme };
  }

  function span(from: Parameters<Context['at']>[0], to: Parameters<Context['at']>[0] | undefined): Pick<Resolution, 'startMs' | 'endMs' | 'durationMs'> {
    const startMs = context.at(from);
    const endMs = to && context.at(to);
    return { startMs, endMs, durationMs: to && context.between(from, to) };
  }

  /** A job's own request, for the NAT64 prefix (RFC 7050), is all that is logged of that task. */
  function nat64TasksOf(job: ResolverJobRecord): ResolverTask[] {
    return resolverRequests.of(job.id).map(({ begin, end, netError }): ResolverTask => ({
      kind: 'nat64',
      startMs: context.at(begin),
      endMs: end && context.at(end),
      outcome: end === undefined ? 'unfinished' : outcomeOf(netError),
      netError: netError === undefined ? undefined : context.netError(netError),
    }));
  }

  function taskOf(task: ResolverTaskRecord, job: ResolverJobRecord): ResolverTask {
    // A task without END was dropped when its job ended, or the log ended first.
    const outcome: Outcome =
      task.end !== undefined ? outcomeOf(task.netError) : job.end === undefined ? 'unfinished' : 'cancelled';
    const end = task.end ?? job.end;
    return {
      kind: task.kind,
      startMs: context.at(task.begin),
      endMs: end && context.at(end),
      outcome,
      netError: task.netError === undefined ? undefined : context.netError(task.netError),
    };
  }

  function updatesOf(
    job: ResolverJobRecord,
    answer: ResolverAnswer,
    managerUpdates: readonly ManagerUpdate[],
    outcome: Outcome,
  ): EndpointUpdate[] {
    // The manager hears of an update in a posted task; whether crypto is ready is logged only there.
    const heardNext = new Map<number, ManagerUpdate>();
    for (const heard of managerUpdates) {
      const i = countUpTo(job.updates, heard.at.index) - 1;
      if (heard.stage === 'intermediate' && !heardNext.has(i)) heardNext.set(i, heard);
    }
    const updates: EndpointUpdate[] = job.updates.map(({ at, endpoints }, i) => ({
      atMs: context.at(at),
      stage: 'intermediate',
      cryptoReady: heardNext.get(i)?.cryptoReady,
      endpoints,
    }));
    if (outcome !== 'ok' || job.end === undefined) return updates;
    const { end } = job;
    const heard = managerUpdates.find((u) => u.at.index > end.index && u.stage === 'final');
    const endpoints = heard?.endpoints ?? endpointsOf(answer);
    return [...updates, { atMs: context.at(end), stage: 'final', cryptoReady: true, endpoints: [...endpoints] }];
  }

  const resolutions = [...resolverJobs.jobs.values()].filter(isJob).map(fromJob);
  for (const request of resolverRequests.requests) {
    if (request.jobId !== undefined || request.requesterType === 'HOST_RESOLVER_IMPL_JOB') continue;
    const resolution = fromRequest(request);
    if (resolution !== undefined) resolutions.push(resolution);
  }
  return resolutions.toSorted((a, b) => a.startMs - b.startMs || (a.evidence.eventIndices[0] ?? 0) - (b.evidence.eventIndices[0] ?? 0));
}

/** A job source of which the log holds nothing but a stray event is not a resolution. */
function isJob(job: ResolverJobRecord): boolean {
  return job.host !== undefined || job.tasks.length > 0 || job.transactionIds.size > 0;
}

/** What an answer without any record, CNAME or error comes from: records that the browser passes over. */
function isBlank({ addresses, aliases, httpsRecords, error }: ResolverAnswer): boolean {
  return addresses.length === 0 && aliases.length === 0 && httpsRecords.length === 0 && error === undefined;
}

/** Addresses and records: of the task that answered; while none has, of the transactions that did. */
function answerOf(job: ResolverJobRecord): ResolverAnswer {
  const answered = job.tasks.findLast((t) => t.end !== undefined && t.netError === undefined)?.answer;
  const pieces = job.extractions;
  const records = pieces.flatMap((p) => p.httpsRecords);
  return {
    addresses: answered?.addresses ?? unique(pieces.flatMap((p) => p.addresses)),
    aliases: unique([...(answered?.aliases ?? []), ...pieces.flatMap((p) => p.aliases)]),
    httpsRecords: records.length > 0 ? records : (answered?.httpsRecords ?? []),
  };
}

function jobOutcome(job: ResolverJobRecord): Outcome {
  if (job.end === undefined) return 'unfinished';
  return job.cancelled !== undefined ? 'cancelled' : outcomeOf(job.netError);
}

function outcomeOf(code: number | undefined): Outcome {
  if (code === undefined) return 'ok';
  return code === ABORTED ? 'cancelled' : 'failed';
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}
