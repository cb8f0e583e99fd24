/**
 * Chromium's own histograms, recomputed from the log alone: every one of which the log has both bounding events.
 *
 * What each is bounded by, and how well it agrees with the browser's counters of the same run, is in docs/histograms.md,
 * with those that no log can give.
 */
import type { Trace } from '../../model/trace.ts';
import { countDnsTasks } from './dns-tasks.ts';
import { countDnsTransactions } from './dns-transactions.ts';
import { type Count, createCounters } from './counters.ts';
import type { Histogram } from './histogram.ts';
import { countPoolAttempts } from './pool-attempts.ts';
import { countPoolJobs } from './pool-jobs.ts';
import { countPoolManagers } from './pool-managers.ts';
import { countQuicPooling } from './quic-pooling.ts';
import { countQuicSessions } from './quic-sessions.ts';
import { countRequests } from './requests.ts';
import { countResolverJobs } from './resolver-jobs.ts';
import { countResolverRequests } from './resolver-requests.ts';
import { countSystemTasks } from './system-tasks.ts';
import { countTcpConnections } from './tcp-connections.ts';
import { type Timelines, createTimelines } from './timelines.ts';
import { countTlsHandshakes } from './tls-handshakes.ts';

/** What is counted from. */
type Counted = Pick<Trace, 'journal' | 'requests' | 'sessions' | 'races'>;

const FAMILIES: readonly ((timelines: Timelines, count: Count, trace: Counted) => void)[] = [
  countResolverRequests,
  countResolverJobs,
  countDnsTasks,
  countDnsTransactions,
  countSystemTasks,
  countPoolManagers,
  countPoolAttempts,
  countPoolJobs,
  countTcpConnections,
  countTlsHandshakes,
  countQuicSessions,
  countQuicPooling,
  countRequests,
];

/** Those with at least one sample, by name. A sample is counted at the event that ends it. */
export function computeHistograms(trace: Counted): Histogram[] {
  const timelines = createTimelines(trace.journal);
  const counters = createCounters();
  for (const countFamily of FAMILIES) countFamily(timelines, counters.count, trace);
  return counters.histograms();
}
