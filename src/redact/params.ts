/**
 * The parameters of an event: each value by the name it stands under, whatever the event's type, so
 * that events nobody here has heard of are covered as well. Numbers and flags stay; strings that no
 * rule knows lose what running text loses.
 */
import type { EventParams } from '../netlog/event.ts';
import { serverNameIn } from '../model/handlers/client-hello.ts';
import { bareClientHello } from './client-hello.ts';
import { redactHeader, redactHeaderValue } from './headers.ts';
import type { Kind } from './kind.ts';
import type { Pseudonyms } from './pseudonyms/pseudonyms.ts';
import { replaceStrings } from './replace-strings.ts';
import { type Scrub, strip } from './scrub.ts';
import { redactText, redactUrlText, SECRET_NAME } from './text.ts';
import { redactRequestLine } from './url.ts';

const PAYLOAD: ReadonlySet<string> = new Set(['bytes', 'hex_encoded_bytes', 'response_buffer', 'body', 'payload', 'data', 'post_data', 'upload_data']);
const USER_NAMES: ReadonlySet<string> = new Set(['user', 'username', 'user_name', 'login', 'account', 'realm', 'ssid', 'bssid']);
const COOKIES: ReadonlySet<string> = new Set(['cookie', 'cookies', 'cookie_line', 'cookie_value']);
const URLS = /(?:^|_)(?:url|uri|location|referrer)$/;
const MORE_SECRETS = /challenge|nonce/i;

/** What becomes of the names and texts of parameters, by where they stand. */
export interface ParamRules {
  readonly name: (name: string) => string;
  readonly text: (key: string, value: string) => string;
  /** One of a list of `name: value`. */
  readonly header: (line: string) => string;
  /** One of an object of headers. */
  readonly headerField: (name: string, value: string) => string;
}

/** `type`: the event's role name. With pseudonyms, hosts and addresses are replaced too. */
export function paramRules(type: string, scrub: Scrub, pseudonyms?: Pseudonyms): ParamRules {
  const isCookieEvent = type.startsWith('COOKIE_');

  function payload(value: string): string {
    if (!scrub.kinds.has('payload')) return value;
    const serverName = serverNameIn(value);
    if (serverName === undefined) return strip(value, 'payload', scrub);
    const bare = bareClientHello(serverName);
    if (bare !== value) scrub.found('payload');
    return pseudonyms === undefined ? bare : bareClientHello(pseudonyms.host(serverName));
  }

  return {
    name(name) {
      const redacted = redactText(name, scrub);
      return pseudonyms?.text(redacted) ?? redacted;
    },
    text(key, value) {
      if (PAYLOAD.has(key)) return payload(value);
      const kind = secretKind(key, isCookieEvent);
      if (kind !== undefined) return strip(value, kind, scrub);
      const redacted = key === 'line' ? redactRequestLine(value, scrub) : URLS.test(key) ? redactUrlText(value, scrub) : redactText(value, scrub);
      return pseudonyms === undefined ? redacted : pseudonyms.param(key, redacted);
    },
    header(line) {
      const redacted = redactHeader(line, scrub);
      const [, name = '', value = redacted] = /^((?::authority|host):\s*)(.*)$/i.exec(redacted) ?? [];
      return name + (pseudonyms?.param(name === '' ? '' : 'host', value) ?? value);
    },
    headerField(name, value) {
      const redacted = redactHeaderValue(name, value, scrub);
      return pseudonyms?.param(name.toLowerCase(), redacted) ?? redacted;
    },
  };
}

/** A redacted copy of parameters. */
export function redactParams(type: string, params: EventParams, scrub: Scrub, pseudonyms?: Pseudonyms): EventParams {
  const rules = paramRules(type, scrub, pseudonyms);

  function visit(key: string, value: unknown, holder: 'headers' | 'list of headers' | 'other' = 'other'): unknown {
    if (typeof value === 'string') {
      if (holder === 'other') return rules.text(key, value);
      return holder === 'headers' ? rules.headerField(key, value) : rules.header(value);
    }
    const isHeaders = key === 'headers';
    if (Array.isArray(value)) return value.map((item: unknown) => visit(key, item, isHeaders ? 'list of headers' : 'other'));
    if (typeof value !== 'object' || value === null) return value;
    const fields = Object.entries(value).map(([name, field]): [string, unknown] => [rules.name(name), visit(name, field, isHeaders ? 'headers' : 'other')]);
    return Object.fromEntries(fields);
  }

  return visit('', params) as EventParams;
}

/** JSON text of parameters, or of an object that holds some, in the layout that it has. */
export function redactJson(json: string, rules: ParamRules): string {
  return replaceStrings(json, {
    key: rules.name,
    value(value, { in: kind, key, holder }) {
      if (kind === 'list') return key === 'headers' ? rules.header(value) : rules.text(key, value);
      return holder === 'headers' ? rules.headerField(key, value) : rules.text(key, value);
    },
  });
}

function secretKind(key: string, isCookieEvent: boolean): Kind | undefined {
  if (COOKIES.has(key) || (isCookieEvent && (key === 'name' || key === 'value'))) return 'cookies';
  if (USER_NAMES.has(key)) return 'user-names';
  return isSecret(key) ? 'tokens' : undefined;
}

function isSecret(key: string): boolean {
  return SECRET_NAME.test(key) || MORE_SECRETS.test(key);
}
