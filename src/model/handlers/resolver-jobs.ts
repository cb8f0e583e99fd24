/**
 * Resolver jobs (source HOST_RESOLVER_IMPL_JOB): their requesters, tasks, transactions, endpoint
 * updates and answers.
 */
import type { EventParams, NetLogEvent } from '../../netlog/event.ts';
import type { ServiceEndpoint } from '../resolution.ts';
import { type Handler, type Moment, momentOf, recordOf, startOf } from './handler.ts';
import { dependency, flag, integer, netError, number, object, objects, text, texts } from './params.ts';
import { type ResolverAnswer, readAddressList, readCacheEntry, readResults, readServiceEndpoints } from './resolver-results.ts';

export interface ResolverTaskRecord {
  readonly kind: 'dns' | 'secure-dns' | 'system';
  readonly begin: Moment;
  end?: Moment | undefined;
  netError?: number | undefined;
  answer?: ResolverAnswer | undefined;
}

export interface ResolverJobRecord {
  readonly id: number;
  readonly start: Moment;
  host?: string | undefined;
  networkKey?: string | undefined;
  queryTypes: string[];
  /** 0 off, 1 automatic, 2 secure. */
  secureDnsMode?: number | undefined;
  started?: Moment | undefined;
  end?: Moment | undefined;
  netError?: number | undefined;
  cancelled?: Moment | undefined;
  readonly requesterIds: Set<number>;
  readonly tasks: ResolverTaskRecord[];
  /** Of them, those that have not ended: calls of the system, and tasks of our own. */
  readonly openTasks: { readonly system: ResolverTaskRecord[]; readonly own: ResolverTaskRecord[] };
  readonly transactionIds: Set<number>;
  resolutionDelay?: { readonly begin: Moment; end?: Moment; elapsed?: number | undefined; timedOut?: boolean | undefined };
  readonly updates: { readonly at: Moment; readonly endpoints: ServiceEndpoint[] }[];
  /** EXTRACTION_RESULTS: the answer of one transaction each. */
  readonly extractions: ResolverAnswer[];
  /** EXTRACTION_FAILURE: query types whose answer could not be read. */
  readonly unreadable: Set<string>;
}

export interface ResolverJobHandler extends Handler {
  readonly jobs: ReadonlyMap<number, ResolverJobRecord>;
}

export function createResolverJobHandler(): ResolverJobHandler {
  const jobs = new Map<number, ResolverJobRecord>();
  /** By transaction, the job that made it. */
  const makers = new Map<number, number>();
  const jobOf = (event: NetLogEvent): ResolverJobRecord =>
    recordOf(jobs, event, (e) => ({
      id: e.source.id,
      start: startOf(e),
      queryTypes: [],
      requesterIds: new Set(),
      tasks: [],
      openTasks: { system: [], own: [] },
      transactionIds: new Set(),
      updates: [],
      extractions: [],
      unreadable: new Set(),
    }));

  /** Requester events share names with job events; only those on a job's own source are the job's. */
  const onJob = (handle: (event: NetLogEvent, job: ResolverJobRecord) => void) => (event: NetLogEvent) => {
    if (event.source.type === 'HOST_RESOLVER_IMPL_JOB') handle(event, jobOf(event));
  };

  function beginTask(job: ResolverJobRecord, task: ResolverTaskRecord): void {
    job.tasks.push(task);
    job.openTasks[task.kind === 'system' ? 'system' : 'own'].push(task);
  }

  function endTask(event: NetLogEvent, job: ResolverJobRecord, system: boolean): void {
    const task = job.openTasks[system ? 'system' : 'own'].pop();
    if (task === undefined) return;
    task.end = momentOf(event);
    task.answer = system ? readAddressList(event.params) : readTaskAnswer(event.params);
    task.netError = netError(event.params) ?? integer(object(event.params, 'failure_result'), 'error') ?? emptyAnswerError(task.answer, event.params);
  }

  return {
    jobs,
    headersOnly: ['HOST_RESOLVER_MANAGER_JOB_STARTED', 'CANCELLED'],
    on: {
      HOST_RESOLVER_MANAGER_JOB: onJob((event, job) => {
        if (event.phase === 'END') {
          job.end = momentOf(event);
          job.netError = netError(event.params);
          return;
        }
        job.host = text(event.params, 'host');
        job.networkKey = text(event.params, 'network_anonymization_key') ?? text(event.params, 'network_isolation_key');
        job.queryTypes = texts(event.params, 'dns_query_types');
        job.secureDnsMode = number(event.params, 'secure_dns_mode');
        // Before ATTACH was logged, the creator was the only requester that a log names.
        addKnown(job.requesterIds, dependency(event.params));
      }),
      HOST_RESOLVER_MANAGER_JOB_STARTED: onJob((event, job) => {
        job.started ??= momentOf(event);
      }),
      HOST_RESOLVER_MANAGER_JOB_REQUEST_ATTACH: onJob((event, job) => addKnown(job.requesterIds, dependency(event.params))),
      HOST_RESOLVER_DNS_TASK: onJob((event, job) => {
        if (event.phase === 'END') endTask(event, job, false);
        else beginTask(job, { kind: flag(event.params, 'secure') === true ? 'secure-dns' : 'dns', begin: momentOf(event) });
      }),
      HOST_RESOLVER_SYSTEM_TASK: onJob((event, job) => {
        if (event.phase === 'END') endTask(event, job, true);
        else beginTask(job, { kind: 'system', begin: momentOf(event) });
      }),
      HOST_RESOLVER_DNS_TASK_EXTRACTION_RESULTS: onJob((event, job) => {
        job.extractions.push(readResults(objects(event.params, 'results')));
      }),
      HOST_RESOLVER_DNS_TASK_EXTRACTION_FAILURE: onJob((event, job) => {
        const type = text(event.params, 'dns_query_type');
        if (type !== undefined) job.unreadable.add(type);
      }),
      HOST_RESOLVER_SERVICE_ENDPOINTS_UPDATED: onJob((event, job) => {
        job.updates.push({ at: momentOf(event), endpoints: readServiceEndpoints(event.params) });
      }),
      HOST_RESOLVER_SERVICE_ENDPOINTS_RESOLUTION_DELAY: onJob((event, job) => {
        if (event.phase === 'BEGIN') job.resolutionDelay = { begin: momentOf(event) };
        else if (job.resolutionDelay !== undefined) {
          job.resolutionDelay.end = momentOf(event);
          job.resolutionDelay.elapsed = number(event.params, 'elapsed');
          job.resolutionDelay.timedOut = flag(event.params, 'timedout');
        }
      }),
      DNS_TRANSACTION: onJob((event, job) => {
        // On a job's own source: the link to a transaction, or in old logs the transaction itself.
        const id = event.phase === 'NONE' ? dependency(event.params) : job.id;
        if (id === undefined) return;
        // A transaction has one job: that others link it too is no work of any browser, and would tell it as often.
        const maker = makers.get(id) ?? job.id;
        makers.set(id, maker);
        if (maker === job.id || id === job.id) job.transactionIds.add(id);
      }),
      CANCELLED: onJob((event, job) => {
        job.cancelled = momentOf(event);
      }),
    },
  };
}

/** A task that ends without error but with nothing to connect to (NXDOMAIN, NODATA) has failed. */
function emptyAnswerError(answer: ResolverAnswer, params: EventParams | undefined): number | undefined {
  return params?.['results'] !== undefined && answer.addresses.length === 0 ? answer.error : undefined;
}

/** `results` is a list of typed results; an object in cache-entry form before about Chrome 133; on the top level before about Chrome 100. */
function readTaskAnswer(params: EventParams | undefined): ResolverAnswer {
  const listed = objects(params, 'results');
  if (listed.length > 0) return readResults(listed);
  return readCacheEntry(object(params, 'results') ?? params);
}

function addKnown(ids: Set<number>, id: number | undefined): void {
  if (id !== undefined) ids.add(id);
}
