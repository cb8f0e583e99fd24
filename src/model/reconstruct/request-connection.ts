/** Which session or socket a request was given. */
import type { AttemptManagerHandler } from '../handlers/attempt-managers.ts';
import type { Http2SessionHandler } from '../handlers/http2-sessions.ts';
import type { QuicJobHandler } from '../handlers/quic-jobs.ts';
import type { StreamJobHandler, StreamJobRecord } from '../handlers/stream-jobs.ts';
import type { UrlRequestRecord } from '../handlers/url-requests.ts';

export interface ConnectionParts {
  readonly streamJobs: StreamJobHandler;
  readonly attemptManagers: AttemptManagerHandler;
  readonly quicJobs: QuicJobHandler;
  readonly http2Sessions: Http2SessionHandler;
}

export interface Connection {
  readonly sessionId?: number | undefined;
  readonly socketId?: number | undefined;
  readonly reused?: boolean | undefined;
}

export type ConnectionOf = (record: UrlRequestRecord) => Connection;

export function createConnectionOf(parts: ConnectionParts): ConnectionOf {
  const madeBy = new Map<StreamJobRecord, number | undefined>();
  /** The last session of the first QUIC job that came to one. */
  function quicSessionOf(job: StreamJobRecord): number | undefined {
    if (!madeBy.has(job)) madeBy.set(job, job.quicJobIds.map((id) => parts.quicJobs.jobs.get(id)?.lastSessionId).find((id) => id !== undefined));
    return madeBy.get(job);
  }
  return (record) => connectionOf(record, parts, quicSessionOf);
}

/** By whatever link the log has; empty where it has none. */
function connectionOf(record: UrlRequestRecord, parts: ConnectionParts, quicSessionOf: (job: StreamJobRecord) => number | undefined): Connection {
  const { streamJobs, attemptManagers, http2Sessions } = parts;
  const job = record.jobId === undefined ? undefined : streamJobs.jobs.get(record.jobId);
  if (record.sentAs === 'http/1.1') {
    const socketId = record.socketId ?? job?.socketId;
    return { socketId, reused: job?.socketReused };
  }
  if (record.sessionId !== undefined) return { sessionId: record.sessionId };
  if (record.sentAs === 'h2') {
    const manager = record.managerId === undefined ? undefined : attemptManagers.managers.get(record.managerId);
    const first = manager?.importedSessions[0];
    const imported = first && (record.stream?.end === undefined || first.at.index <= record.stream.end.index) ? first : undefined;
    const sessionId =
      http2Sessions.carrierOf(record.id) ??
      http2Sessions.carrierOf(record.jobId) ??
      manager?.existingSession?.sessionId ??
      imported?.sessionId ??
      job?.existingSession?.id ??
      job?.importedSessionId;
    return { sessionId };
  }
  if (record.sentAs === 'h3') {
    return { sessionId: job === undefined ? undefined : (job.existingSession?.id ?? quicSessionOf(job)) };
  }
  return {};
}
