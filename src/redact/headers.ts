/**
 * HTTP headers: the values of those known to be harmless stay, all others go. Nobody can list every
 * header that carries a secret; what the network story needs can be listed.
 */
import type { Kind } from './kind.ts';
import { type Scrub, strip } from './scrub.ts';
import { redactText, redactUrlText, SECRET_NAME } from './text.ts';

const HARMLESS: ReadonlySet<string> = new Set([
  ':authority', ':method', ':path', ':protocol', ':scheme', ':status',
  'accept', 'accept-ch', 'accept-encoding', 'accept-language', 'accept-ranges', 'age', 'allow', 'alt-svc', 'alt-used',
  'cache-control', 'connection', 'content-disposition', 'content-encoding', 'content-language', 'content-length', 'content-location',
  'content-range', 'content-type', 'date', 'dnt', 'early-data', 'expect', 'expires', 'host', 'if-modified-since', 'keep-alive',
  'last-modified', 'location', 'non-authoritative-reason', 'origin', 'permissions-policy', 'pragma', 'priority', 'proxy-connection', 'range', 'referer',
  'referrer-policy', 'retry-after', 'sec-gpc', 'sec-purpose', 'sec-websocket-extensions', 'sec-websocket-version', 'server',
  'service-worker-allowed', 'strict-transport-security', 'te', 'timing-allow-origin', 'trailer', 'transfer-encoding', 'upgrade',
  'upgrade-insecure-requests', 'user-agent', 'vary', 'via', 'x-content-type-options', 'x-frame-options', 'x-xss-protection',
]);
const HARMLESS_FAMILY = /^(?:access-control-|cross-origin-|sec-ch-ua|sec-fetch-)/;

const URL_VALUES: ReadonlySet<string> = new Set([':path', 'location', 'content-location', 'referer']);

const CREDENTIAL_NAME = /authorization|authenticate|authentication-info/;

function kindOf(name: string): Kind {
  if (/cookie/.test(name)) return 'cookies';
  if (CREDENTIAL_NAME.test(name)) return 'credentials';
  return SECRET_NAME.test(name) ? 'tokens' : 'header-values';
}

/** The value of one header; `name` in any case. */
export function redactHeaderValue(name: string, value: string, scrub: Scrub): string {
  const lower = name.trim().toLowerCase();
  if (!HARMLESS.has(lower) && !HARMLESS_FAMILY.test(lower)) {
    const kind = kindOf(lower);
    return scrub.kinds.has(kind) ? strip(value, kind, scrub) : redactText(value, scrub);
  }
  return URL_VALUES.has(lower) ? redactUrlText(value, scrub) : redactText(value, scrub);
}

/** `name: value`, or a status line. Anything else among headers could be the rest of one: it goes like one nobody knows. */
export function redactHeader(line: string, scrub: Scrub): string {
  if (/^HTTP\/[\d.]+(?: |$)/.test(line)) return redactText(line, scrub);
  const [, name, gap, value] = /^(:?[^:\s]+)(:[ \t]*)([^]*)$/.exec(line) ?? [];
  if (name === undefined || gap === undefined || value === undefined) return strip(line, 'header-values', scrub);
  return name + gap + redactHeaderValue(name, value, scrub);
}
