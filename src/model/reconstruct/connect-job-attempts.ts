/** The TCP attempts of one connect job: its sockets, which connector opened them, and what the job says of their end. */
import type { ConnectJobRecord } from '../handlers/connect-jobs.ts';
import type { SocketRecord } from '../handlers/sockets.ts';
import type { Attempt } from '../race.ts';
import type { AttemptDraft } from './attempt-draft.ts';
import { endpointFamily } from './attempt-draft.ts';
import { isTunnel, socketsOfJob } from './connect-job-sockets.ts';
import { ABORTED } from './context.ts';
import { isSecure } from './destination.ts';
import { endpointText } from './endpoint-text.ts';
import type { RaceKey } from './race-keys.ts';
import type { StageOf } from './race-resolutions.ts';
import type { SocketsOf } from './socket-owners.ts';
import { tcpAttempts } from './tcp-attempts.ts';

export function connectJobDrafts(job: ConnectJobRecord, key: RaceKey, stageOf: StageOf, socketsOf: SocketsOf): AttemptDraft[] {
  const own = socketsOfJob(job, socketsOf);
  const secure = key.destination === undefined ? job.layers.has('ssl') || job.type === 'SSL_CONNECT_JOB' : isSecure(key.destination.scheme);
  const { slow } = job;
  // The attempt in hand when the job was called slow.
  const slowed = slow === undefined ? undefined : own.findLast((s) => s.start.index < slow.index);
  return own.flatMap((socket) =>
    tcpAttempts(socket, {
      sourceIds: [job.id],
      secure,
      usable: isTunnel(job) ? { at: tunnelReady(job, socket) } : 'by-handshake',
      connector: connectorOf(job, socket, own),
      failed: failureFromJob(job, socket),
      slow: slow !== undefined && socket === slowed && (socket.connectEnd === undefined || socket.connectEnd.index > slow.index),
      stageOf,
    }),
  );
}

/** Through a proxy, the connection is usable when the outermost layer is done. */
function tunnelReady(job: ConnectJobRecord, socket: SocketRecord) {
  const { outermost } = job;
  return outermost?.netError === undefined && job.socketIds.at(-1) === socket.id ? outermost?.end : undefined;
}

function failureFromJob(job: ConnectJobRecord, socket: SocketRecord): AttemptDraft['failed'] {
  const { outermost } = job;
  const code = outermost?.netError;
  if (outermost?.end === undefined || code === undefined || code === ABORTED) return undefined;
  // Timed out with the socket still at work, or failed above it after it was handed over.
  if (job.timedOut !== undefined && socket.closed !== undefined && socket.closed.index >= job.timedOut.index) return { at: job.timedOut, code };
  return job.socketIds.at(-1) === socket.id ? { at: outermost.end, code } : undefined;
}

function connectorOf(job: ConnectJobRecord, socket: SocketRecord, own: readonly SocketRecord[]): Attempt['connector'] {
  if (job.backup) return 'backup';
  const connector = job.connectors.get(socket.id);
  if (connector === 'first' || connector === 'second') return connector;
  if (connector !== undefined || !isTransportJob(job)) return undefined;
  return isLegacyFallback(job, socket, own) ? 'fallback' : 'main';
}

function isTransportJob({ layers, type }: ConnectJobRecord): boolean {
  return layers.has('transport') || (type === 'TRANSPORT_CONNECT_JOB' && !layers.has('tcp'));
}

/** TransportConnectJob works one family in its main chain and the other, once the first is slow, in its fallback chain. */
function isLegacyFallback(job: ConnectJobRecord, socket: SocketRecord, own: readonly SocketRecord[]): boolean {
  const [first] = own;
  // The first attempt of all is never the fallback; it may be lost with the head of the log.
  if (first === undefined || first === socket) return job.slow !== undefined && job.slow.index < socket.start.index;
  if (familyIn(first) === familyIn(socket)) return false;
  const mainEnded = first.closed ?? first.connectEnd;
  return mainEnded === undefined || mainEnded.index > socket.start.index;
}

function familyIn(socket: SocketRecord): string {
  return endpointFamily(endpointText(socket.connects[0]?.address ?? socket.remoteAddress) ?? '');
}
