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
import { type Scrub, strip } from './scrub.ts';
import { redactText, redactUrlText, SECRET_NAME } from './text.ts';
import { redactRequestLine } from './url.ts';

const PAYLOAD: ReadonlySet<string> = new Set(['bytes', 'hex_encoded_bytes', 'response_buffer', 'body', 'payload', 'data', 'post_data', 'upload_data']);
const USER_NAMES: ReadonlySet<string> = new Set(['user', 'username', 'user_name', 'login', 'account', 'realm', 'ssid', 'bssid']);
const COOKIES: ReadonlySet<string> = new Set(['cookie', 'cookies', 'cookie_line', 'cookie_value']);
const URLS = /(?:^|_)(?:url|uri|location|referrer)$/;
const MORE_SECRETS = /challenge|nonce/i;

/** A redacted copy; `type` is the event's role name. With pseudonyms, hosts and addresses in it are replaced too. */
export function redactParams(type: string, params: EventParams, scrub: Scrub, pseudonyms?: Pseudonyms): EventParams {
  const isCookieEvent = type.startsWith('COOKIE_');

  function text(key: string, value: string): string {
    if (PAYLOAD.has(key)) return payload(value);
    const kind = secretKind(key, isCookieEvent);
    if (kind !== undefined) return strip(value, kind, scrub);
    const redacted = key === 'line' ? redactRequestLine(value, scrub) : URLS.test(key) ? redactUrlText(value, scrub) : redactText(value, scrub);
    return pseudonyms === undefined ? redacted : pseudonyms.param(key, redacted);
  }

  function payload(value: string): string {
    if (!scrub.kinds.has('payload')) return value;
    const serverName = serverNameIn(value);
    if (serverName === undefined) return strip(value, 'payload', scrub);
    const bare = bareClientHello(serverName);
    if (bare !== value) scrub.found('payload');
    return pseudonyms === undefined ? bare : bareClientHello(pseudonyms.host(serverName));
  }

  function header(line: string): string {
    const redacted = redactHeader(line, scrub);
    const [, name = '', value = redacted] = /^((?::authority|host):\s*)(.*)$/i.exec(redacted) ?? [];
    return name + (pseudonyms?.param(name === '' ? '' : 'host', value) ?? value);
  }

  function fields(value: object, each: (key: string, field: unknown) => unknown): object {
    const entries = Object.entries(value).map(([key, field]): [string, unknown] => {
      const name = redactText(key, scrub);
      return [pseudonyms?.text(name) ?? name, each(key, field)];
    });
    return Object.fromEntries(entries);
  }

  function visit(key: string, value: unknown): unknown {
    if (typeof value === 'string') return text(key, value);
    if (Array.isArray(value)) {
      return value.map((item: unknown) => (key === 'headers' && typeof item === 'string' ? header(item) : visit(key, item)));
    }
    if (typeof value !== 'object' || value === null) return value;
    if (key === 'headers') {
      return fields(value, (name, field) => {
        if (typeof field !== 'string') return visit(name, field);
        const redacted = redactHeaderValue(name, field, scrub);
        return pseudonyms?.param(name.toLowerCase(), redacted) ?? redacted;
      });
    }
    return fields(value, visit);
  }

  return visit('', params) as EventParams;
}

function secretKind(key: string, isCookieEvent: boolean): Kind | undefined {
  if (COOKIES.has(key) || (isCookieEvent && (key === 'name' || key === 'value'))) return 'cookies';
  if (USER_NAMES.has(key)) return 'user-names';
  return isSecret(key) ? 'tokens' : undefined;
}

function isSecret(key: string): boolean {
  return SECRET_NAME.test(key) || MORE_SECRETS.test(key);
}
