/**
 * A request's phases as HAR has them: they follow on each other without gaps and add up to the time the
 * request took. What no phase accounts for, such as the step from a ready stream to the first byte
 * sent, was spent waiting in the browser and counts as `blocked`.
 */
import type { Request } from '../../model/request.ts';
import { wholeMicros } from '../../units.ts';
import type { HarTimings } from './har.ts';

const UNKNOWN = -1;

export interface TimedRequest {
  readonly timings: HarTimings;
  /** Milliseconds. */
  readonly time: number;
}

/** Of a request that never ended: the phases that it got through. */
export function harTimings({ startMs, endMs, phases }: Request): TimedRequest {
  const { dnsMs, connectMs, sslMs, sendMs = 0, waitMs = 0, receiveMs = 0 } = phases;
  const connect = connectMs === undefined && sslMs === undefined ? undefined : (connectMs ?? 0) + (sslMs ?? 0);
  const accounted = wholeMicros((dnsMs ?? 0) + (connect ?? 0) + sendMs + waitMs + receiveMs);
  const took = endMs === undefined ? accounted + (phases.blockedMs ?? 0) : endMs - startMs;
  const blocked = wholeMicros(Math.max(0, took - accounted));
  return {
    time: wholeMicros(accounted + blocked),
    timings: {
      blocked,
      dns: dnsMs ?? UNKNOWN,
      connect: connect === undefined ? UNKNOWN : wholeMicros(connect),
      ssl: sslMs ?? UNKNOWN,
      send: sendMs,
      wait: waitMs,
      receive: receiveMs,
    },
  };
}
