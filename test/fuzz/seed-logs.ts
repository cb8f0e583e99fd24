/**
 * Small valid logs to start from: stretches of the recorded samples, each with the part of the constants that its
 * events need, so that an input costs a fraction of a millisecond and still makes a race.
 */
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A log as a value, to be mutated; its members need not have the right shape any more. */
export interface LogValue {
  readonly constants: unknown;
  readonly events: readonly unknown[];
}

interface LoggedEvent {
  readonly type: number;
  readonly source: { readonly type: number };
  readonly params?: unknown;
}

interface LoggedConstants {
  readonly logEventTypes: Record<string, number>;
  readonly logSourceType: Record<string, number>;
  readonly netError: Record<string, number>;
}

/** Events of a stretch: small inputs are quick, and a few related events suffice to mislead the model. */
const STRETCH = 7;
const PER_SAMPLE = 30;

/** Characters of one event's params; captured bytes are longer and say nothing. */
const LONGEST_PARAMS = 400;

/** Types that make the model work; a stretch begins at one of them. */
const TELLING = /^(HTTP_STREAM_POOL_ATTEMPT_MANAGER_ALIVE|HOST_RESOLVER_MANAGER_JOB|TCP_CONNECT_JOB_CONNECT|TRANSPORT_CONNECT_JOB_CONNECT|CONNECT_JOB|QUIC_SESSION|HTTP_STREAM_JOB_CONTROLLER|REQUEST_ALIVE|TCP_CONNECT|HTTP2_SESSION|DNS_TRANSACTION)$/;

export function seedLogs(folder: string): LogValue[] {
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'netlog.json.gz'))).toSorted();
  return names.flatMap((name) => stretchesOf(join(folder, name, 'netlog.json.gz')));
}

function stretchesOf(path: string): LogValue[] {
  const text = gunzipSync(readFileSync(path)).toString();
  const whole = text.trimEnd().endsWith('}') ? text : `${text.slice(0, text.lastIndexOf('\n')).replace(/,\s*$/, '')}]}`;
  const { constants, events } = JSON.parse(whole) as { constants: LoggedConstants; events: LoggedEvent[] };
  const telling = new Set(Object.entries(constants.logEventTypes).filter(([type]) => TELLING.test(type)).map(([, number]) => number));
  const short = events.filter(({ params }) => JSON.stringify(params ?? null).length < LONGEST_PARAMS);
  const starts = short.flatMap(({ type }, i) => (telling.has(type) ? [i] : []));
  const step = Math.max(1, Math.floor(starts.length / PER_SAMPLE));
  return starts
    .filter((_, i) => i % step === 0)
    .slice(0, PER_SAMPLE)
    .map((at) => stretchOf(constants, short.slice(at, at + STRETCH)));
}

function stretchOf(constants: LoggedConstants, events: readonly LoggedEvent[]): LogValue {
  const types = new Set(events.map(({ type }) => type));
  const sources = new Set(events.map(({ source }) => source.type));
  const only = (table: Record<string, number>, numbers: ReadonlySet<number>): Record<string, number> =>
    Object.fromEntries(Object.entries(table).filter(([, number]) => numbers.has(number)));
  return {
    constants: {
      ...pick(constants as unknown as Record<string, unknown>, ['timeTickOffset', 'logFormatVersion', 'logCaptureMode', 'logEventPhase']),
      clientInfo: { name: 'Chrome', version: '156.0.8078.79' },
      logEventTypes: only(constants.logEventTypes, types),
      logSourceType: only(constants.logSourceType, sources),
      netError: only(constants.netError, new Set([0, -3, -102, -105, -118, -811])),
    },
    events,
  };
}

function pick(record: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.filter((key) => key in record).map((key) => [key, record[key]]));
}
