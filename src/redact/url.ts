/**
 * What is taken out of a URL: user name and password, query, fragment, the content of `data:` URLs,
 * and parts of the path that look like tokens. Scheme, host, port and the rest of the path stay.
 */
import { redactWord, type Scrub, strip } from './scrub.ts';

/** A template of a DNS-over-HTTPS server (RFC 8484 section 4.1) has the name of its variable there, and no value. */
const TEMPLATE = '{?dns}';

/** Letters and digits mixed, this long: no word. */
const SHORTEST_TOKEN = 32;

/** A URL, absolute or relative, that is the whole text. */
export function redactUrl(url: string, scrub: Scrub): string {
  const data = /^data:/i.exec(url)?.[0];
  if (data !== undefined) return data + redactWord(url.slice(data.length), 'payload', scrub);
  const schemeEnd = url.indexOf('://');
  const hasAuthority = schemeEnd > 0 && schemeEnd < firstOf(url, /[/?#]/);
  const authorityAt = hasAuthority ? schemeEnd + 3 : url.startsWith('//') ? 2 : 0;
  const pathAt = authorityAt === 0 ? 0 : authorityAt + firstOf(url.slice(authorityAt), /[/?#\\]/);
  const authority = withoutUser(url.slice(authorityAt, pathAt), scrub);
  return url.slice(0, authorityAt) + authority + redactPath(url.slice(pathAt), scrub);
}

function withoutUser(authority: string, { kinds, found }: Scrub): string {
  const at = authority.lastIndexOf('@');
  if (at < 0 || !kinds.has('credentials')) return authority;
  found('credentials');
  return authority.slice(at + 1);
}

/** Path, query and fragment. */
function redactPath(path: string, scrub: Scrub): string {
  const queryAt = path.replace(TEMPLATE, ' '.repeat(TEMPLATE.length)).search(/[?#]/);
  const end = queryAt < 0 ? path.length : queryAt;
  const segments = path.slice(0, end).split('/').map((segment) => redactSegment(segment, scrub));
  const query = path.slice(end);
  if (query.length <= 1) return segments.join('/') + query;
  return segments.join('/') + query[0] + redactWord(query.slice(1), 'query-strings', scrub);
}

function redactSegment(segment: string, scrub: Scrub): string {
  const semicolon = segment.indexOf(';');
  if (semicolon >= 0 && segment.includes('=', semicolon)) {
    return `${redactSegment(segment.slice(0, semicolon), scrub)};${redactWord(segment.slice(semicolon + 1), 'path-tokens', scrub)}`;
  }
  return looksLikeToken(segment) ? redactWord(segment, 'path-tokens', scrub) : segment;
}

function looksLikeToken(text: string): boolean {
  if (/^eyJ[\w-]{8,}\.[\w-]+\./.test(text)) return true;
  return text.length >= SHORTEST_TOKEN && /^[\w~%+=-]+$/.test(text) && /\d/.test(text) && /[a-z]/i.test(text);
}

function firstOf(text: string, characters: RegExp): number {
  const at = text.search(characters);
  return at < 0 ? text.length : at;
}

/** `GET /path?query HTTP/1.1`, with its line break if it has one. */
export function redactRequestLine(line: string, scrub: Scrub): string {
  const [, method, target, rest] = /^(\S+ )(\S*)([^]*)$/.exec(line) ?? [];
  return method === undefined || target === undefined || rest === undefined ? strip(line, 'header-values', scrub) : method + redactUrl(target, scrub) + rest;
}
