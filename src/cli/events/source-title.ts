/**
 * What a source is about, judged by its events: the URL, host or destination that one of them names,
 * else that of the source it was made for; and for sockets the address. Goes by parameter names, not
 * by event types, because the types change from version to version.
 */
import type { EventParams } from '../../netlog/event.ts';
import { shownUrl } from '../../redact/without-credentials.ts';

/** Sources that serve everybody: about no host in particular, whatever their first event says. */
export const SHARED_TYPES: ReadonlySet<string> = new Set([
  'NONE',
  'QUIC_SESSION_POOL',
  'NETWORK_QUALITY_ESTIMATOR',
  'NETWORK_SERVICE_HOST_RESOLVER',
  'COOKIE_STORE',
]);

/** In order of preference. */
const SUBJECT_KEYS = [
  'url',
  'host',
  'hostname',
  'group_id',
  'group_name',
  'origin_destination',
  'destination',
  'host_port',
  'host_and_port',
  'host_and_ports',
  'key',
  'file_name',
] as const;
const ADDRESS_KEYS = ['address', 'ip_endpoint', 'remote_address'] as const;

/** Titles are for people; a data URL is not. */
const LONGEST_TITLE = 200;

export function subjectOf(params: EventParams): string | undefined {
  const named = firstText(params, SUBJECT_KEYS);
  if (named !== undefined) return shownUrl(named);
  const streamKey = params['stream_key'];
  return typeof streamKey === 'object' && streamKey !== null ? firstText(streamKey as EventParams, ['destination']) : undefined;
}

export function addressOf(params: EventParams): string | undefined {
  return firstText(params, ADDRESS_KEYS);
}

function firstText(params: EventParams, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = params[key];
    if (typeof value === 'string' && value !== '') return value.length > LONGEST_TITLE ? `${value.slice(0, LONGEST_TITLE)}…` : value;
  }
  return undefined;
}

/** The host in a subject: `a.test` in `https://a.test/x`, `pm/ssl/a.test:443 <key>`, `a.test:443`; `''` if there is none. */
export function hostInSubject(subject: string): string {
  const afterScheme = subject.split('://')[1] ?? subject.replace(/^(?:[a-z]+\/)*/, '');
  const bracketed = /^\[([^\]]*)\]/.exec(afterScheme);
  if (bracketed !== null) return bracketed[1] ?? '';
  return /^[^/:?#\s]*/.exec(afterScheme)?.[0] ?? '';
}
