/** Requests: how long each waited for a stream, and until its first byte. */
import type { JournalEvent } from '../../model/journal.ts';
import { dependency, flag } from '../../model/handlers/params.ts';
import type { Count } from './counters.ts';
import { CODES, LONG_TIMES, MEDIUM_TIMES_FROM_10, SHORT_TIMES } from './layouts.ts';
import { type RequestRoute, requestRoutes } from './request-routes.ts';
import { type StreamRequest, isSuccess, streamRequestsOf } from './stream-requests.ts';
import { type Timelines, elapsed, firstAfter, lastBefore, spans } from './timelines.ts';
import type { Trace } from '../../model/trace.ts';

/** Net.NetworkTransaction.StreamAddressFamily3. */
const FAMILY = { IPv4: 1, IPv6: 2 } as const;

export function countRequests(timelines: Timelines, count: Count, trace: Pick<Trace, 'requests' | 'sessions' | 'races'>): void {
  const routes = requestRoutes(trace);
  for (const timeline of timelines.having('HTTP_STREAM_REQUEST')) {
    for (const request of streamRequestsOf(timeline)) {
      if (request.first) countStream(count, request, routes.get(request.begin.sourceId));
      countOfPool(timelines, count, request);
    }
  }
  for (const timeline of timelines.having('URL_REQUEST_START_JOB')) countFirstByte(timelines, count, timeline);
  for (const job of timelines.having('HTTP_STREAM_JOB_WAITING')) {
    for (const { begin, end } of spans(job, 'HTTP_STREAM_JOB_WAITING')) {
      if (flag(begin.params, 'should_wait') === true) count('Net.HttpStreamFactory.MainJobWaitTime', SHORT_TIMES, elapsed(begin, end));
    }
  }
}

function countStream(count: Count, request: StreamRequest, route: RequestRoute | undefined): void {
  const name = 'Net.NetworkTransaction';
  const time = elapsed(request.begin, request.end);
  if (isSuccess(request)) {
    const { sent } = request;
    const created = `${name}.Create${route?.webSocket === true ? 'WebSocket' : 'Http'}StreamTime4.${sent}`;
    count(`${name}.StreamRequestCompleteTime4.Success`, SHORT_TIMES, time);
    count(created, SHORT_TIMES, time);
    const family = route?.family;
    if (family === undefined) return;
    count(`${created}.${family}`, SHORT_TIMES, time);
    count(`${name}.StreamAddressFamily3`, CODES, FAMILY[family]);
    return;
  }
  count(`${name}.StreamRequestCompleteTime4.Failure`, SHORT_TIMES, time);
  if (request.error !== undefined) count(`${name}.StreamRequestErrorCode4`, CODES, Math.abs(request.error));
}

/** From the pool's job controller to the request's stream. */
function countOfPool(timelines: Timelines, count: Count, request: StreamRequest): void {
  if (!isSuccess(request)) return;
  const { begin, end, sent } = request;
  const bound = lastBefore(timelines.ofType(begin.sourceId, 'HTTP_STREAM_JOB_CONTROLLER_BOUND'), end.index);
  if (bound === undefined || bound.index < begin.index) return;
  const [alive] = timelines.ofType(dependency(bound.params), 'HTTP_STREAM_POOL_JOB_CONTROLLER_ALIVE', 'BEGIN');
  if (alive !== undefined) count(`Net.HttpStreamPool.JobControllerRequestCompleteTime2.${sent}`, LONG_TIMES, elapsed(alive, end));
}

/** Failed jobs count too, but not those that neither asked for a stream nor were answered from the cache. */
function countFirstByte(timelines: Timelines, count: Count, timeline: readonly JournalEvent[]): void {
  const steps = ['HTTP_STREAM_REQUEST', 'HTTP_CACHE_READ_INFO'].map((type) => timelines.ofType(timeline[0]?.sourceId, type));
  for (const { begin, end } of spans(timeline, 'URL_REQUEST_START_JOB')) {
    const wentOn = steps.some((events) => (firstAfter(events, begin.index)?.index ?? Number.POSITIVE_INFINITY) < end.index);
    if (wentOn) count('Net.HttpTimeToFirstByte', MEDIUM_TIMES_FROM_10, elapsed(begin, end));
  }
}
