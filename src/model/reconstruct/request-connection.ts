/** Which session or socket a request was given. */
import type { AttemptManagerHandler } from '../handlers/attempt-managers.ts';
import type { Http2SessionHandler } from '../handlers/http2-sessions.ts';
import type { QuicJobHandler } from '../handlers/quic-jobs.ts';
import type { StreamJobHandler } from '../handlers/stream-jobs.ts';
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

/** By whatever link the log has; empty where it has none. */
export function connectionOf(record: UrlRequestRecord, parts: ConnectionParts): Connection {
  const { streamJobs, attemptManagers, quicJobs, http2Sessions } = parts;
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
    return { sessionId: job?.existingSession?.id ?? job?.quicJobIds.map((id) => [...(quicJobs.jobs.get(id)?.sessionIds ?? [])].at(-1)).find((id) => id !== undefined) };
  }
  return {};
}
