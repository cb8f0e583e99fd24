/** Numbers, times and endpoints in words. The only place that decides how a quantity is written. */
import type { NetError } from '../model/common.ts';
import type { Metric } from '../metrics/metric.ts';
import type { Race } from '../model/race.ts';
import { plainText } from './plain-text.ts';

/** Stands where the log has no value; never 0, never NaN. */
export const MISSING = '–';

/** `1,160`. */
export function formatCount(value: number): string {
  return value.toLocaleString('en-US');
}

/** `1 race`, `2 races`. */
export function formatPlural(value: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(value)} ${value === 1 ? noun : plural}`;
}

/** `325 ms`, `1.371 s`, `2 min 03 s`, `1 h 02 min`: milliseconds stay visible as long as they mean something. */
export function formatDuration(ms: number | undefined): string {
  if (ms === undefined) return MISSING;
  const size = Math.abs(ms);
  if (size < 1000) return `${Number.isInteger(ms) ? ms : ms.toFixed(1)} ms`;
  if (size < 60_000) return `${(ms / 1000).toFixed(3)} s`;
  const sign = ms < 0 ? '-' : '';
  const seconds = Math.floor(size / 1000);
  const two = (part: number): string => String(part).padStart(2, '0');
  if (seconds < 3600) return `${sign}${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`;
  return `${sign}${Math.floor(seconds / 3600)} h ${two(Math.floor((seconds % 3600) / 60))} min`;
}

/** `18.2 kB` (decimal units). */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 'B';
  for (const next of units) {
    if (value < 1000) break;
    value /= 1000;
    unit = next;
  }
  return `${value.toFixed(1)} ${unit}`;
}

/** `2026-11-20 14:03:22.120 UTC`. */
export function formatWallClock(unixMs: number): string {
  const date = new Date(unixMs);
  if (Number.isNaN(date.getTime())) return MISSING;
  return `${date.toISOString().replace('T', ' ').slice(0, -1)} UTC`;
}

/** `-102 ERR_CONNECTION_REFUSED` is for experts; the name alone reads better and is as exact. */
export function formatNetError(error: NetError | undefined): string {
  if (error === undefined) return '';
  return plainText(error.name === '' ? String(error.code) : error.name);
}

export function formatFamily(family: 'ipv4' | 'ipv6'): string {
  return family === 'ipv6' ? 'IPv6' : 'IPv4';
}

export function formatTransport(transport: 'tcp' | 'quic'): string {
  return transport === 'tcp' ? 'TCP' : 'QUIC';
}

export function formatRatio(ratio: number): string {
  return `${(ratio * 100).toFixed(1)} %`;
}

/** A value of a metric in the metric's unit. */
export function formatMetricValue(value: number | undefined, unit: Metric['unit']): string {
  if (value === undefined) return MISSING;
  switch (unit) {
    case 'ms':
      return formatDuration(value);
    case 'ratio':
      return formatRatio(value);
    case 'bytes':
      return formatBytes(value);
    case 'count':
      return Number.isInteger(value) ? formatCount(value) : value.toFixed(2);
  }
}

/** `22.8 – 25.3 ms`: the unit once, where both have the same. */
export function formatMetricRange(from: number | undefined, to: number | undefined, unit: Metric['unit']): string {
  const [low, high] = [formatMetricValue(from, unit), formatMetricValue(to, unit)];
  const [number = '', lowUnit] = low.split(' ');
  return `${lowUnit !== undefined && high.endsWith(` ${lowUnit}`) ? number : low} – ${high}`;
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, ws: 80, https: 443, wss: 443 };

export interface Origin {
  readonly scheme?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
}

/** `https://a.test`, with the port only where it is not the scheme's own; `''` without a host. */
export function formatOrigin({ scheme, host, port }: Origin): string {
  if (host === undefined) return '';
  const name = host.includes(':') ? `[${host}]` : host;
  const shownPort = port === undefined || (scheme !== undefined && DEFAULT_PORTS[scheme] === port) ? '' : `:${port}`;
  return plainText(`${scheme === undefined || scheme === '' ? '' : `${scheme}://`}${name}${shownPort}`);
}

/** `https://a.test`, or `race 112` where the log lost the destination. */
export function formatDestination(race: Pick<Race, 'id' | 'destination'>): string {
  return race.destination === undefined ? `race ${race.id}` : formatOrigin(race.destination);
}

/** `https://a.test (proxy http://p.test:3128)`. */
export function formatRoute(race: Pick<Race, 'id' | 'destination' | 'proxy'>): string {
  const destination = formatDestination(race);
  return race.proxy === undefined ? destination : `${destination} (proxy ${plainText(race.proxy)})`;
}

/** The address of an endpoint, without the port where that is the expected one. */
export function formatAddress(ipEndpoint: string, expectedPort?: number): string {
  const text = plainText(ipEndpoint);
  const suffix = `:${expectedPort}`;
  if (expectedPort === undefined || !text.endsWith(suffix)) return text;
  const host = text.slice(0, -suffix.length);
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}
