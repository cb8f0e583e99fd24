/** What is taken out of parameters, rule by rule, and what stays. */
import { describe, expect, it, test } from 'vitest';
import { serverNameIn } from '../../src/model/handlers/client-hello.ts';
import { bareClientHello } from '../../src/redact/client-hello.ts';
import { redactParams } from '../../src/redact/params.ts';
import { redactedParams } from './redacting.ts';

const one = (key: string, value: unknown, type?: string) => {
  const { params, seen } = redactedParams({ [key]: value }, type);
  return [params[key], ...seen];
};

describe('URLs', () => {
  test.each([
    ['query and fragment', 'https://a.test/path?q=1&token=x#part', 'https://a.test/path?redacted', ['query-strings']],
    ['a fragment alone', 'https://a.test/#access_token=x', 'https://a.test/#redacted', ['query-strings']],
    ['user and password', 'https://user:p%40ss@a.test:8443/x', 'https://a.test:8443/x', ['credentials']],
    ['a user alone', 'ftp://user@a.test/', 'ftp://a.test/', ['credentials']],
    ['an @ in the password', 'https://u:p@ss@a.test/', 'https://a.test/', ['credentials']],
    ['a session in the path', 'https://a.test/x;jsessionid=1A2B/y', 'https://a.test/x;redacted/y', ['path-tokens']],
    ['a token in the path', 'https://a.test/reset/0123456789abcdef0123456789abcdef', 'https://a.test/reset/redacted', ['path-tokens']],
    ['a data URL', 'data:text/plain,hello', 'data:redacted', ['payload']],
    ['an address in the path', 'https://a.test/u/alice%40b.test/', 'https://a.test/u/redacted%40b.test/', ['e-mail']],
    ['a folder of a user', 'https://a.test/users/alice/photo', 'https://a.test/users/redacted/photo', ['user-names']],
    ['a query after spaces', 'https://a.test/x?a b c', 'https://a.test/x?redacted', ['query-strings']],
  ])('%s', (_what, url, expected, kinds) => {
    expect(one('url', url)).toEqual([expected, ...kinds]);
  });

  test.each(['https://a.test/path/x.svg', 'https://[2001:db8::1]:443/', 'wss://a.test/', 'https://dns.test/dns-query{?dns}', 'https://a.test/?', 'null'])(
    'nothing of %s',
    (url) => {
      expect(one('url', url)).toEqual([url]);
    },
  );

  it('are found within text', () => {
    expect(one('group_id', 'pm/https://u:p@a.test <https://b.test same_site>')).toEqual(['pm/https://a.test <https://b.test same_site>', 'credentials']);
    expect(one('details', 'GET https://a.test/?x=1 and https://b.test/?y=2')).toEqual(['GET https://a.test/?redacted and https://b.test/?redacted', 'query-strings', 'query-strings']);
  });
});

describe('headers', () => {
  test.each([
    ['cookie: id=42', 'cookie: [5 bytes were stripped]', ['cookies']],
    ['Set-Cookie: id=42; Secure', 'Set-Cookie: [13 bytes were stripped]', ['cookies']],
    ['Authorization: Basic dXNlcjpwYXNz', 'Authorization: [18 bytes were stripped]', ['credentials']],
    ['proxy-authorization: x', 'proxy-authorization: [1 bytes were stripped]', ['credentials']],
    ['WWW-Authenticate: Basic realm="x"', 'WWW-Authenticate: [15 bytes were stripped]', ['credentials']],
    ['x-api-key: 1', 'x-api-key: [1 bytes were stripped]', ['tokens']],
    ['x-anything: 1', 'x-anything: [1 bytes were stripped]', ['header-values']],
    [':path: /x?q=1', ':path: /x?redacted', ['query-strings']],
    ['referer: https://a.test/x?q=1', 'referer: https://a.test/x?redacted', ['query-strings']],
    ['Location: /next?code=1', 'Location: /next?redacted', ['query-strings']],
    ['something without a colon', '[25 bytes were stripped]', ['header-values']],
  ])('%s', (header, expected, kinds) => {
    expect(one('headers', [header])).toEqual([[expected], ...kinds]);
  });

  test.each([
    'HTTP/1.1 200 OK', ':status: 200', ':authority: a.test', 'content-type: text/html; charset=utf-8', 'alt-svc: h3=":443"; ma=60', 'sec-ch-ua-mobile: ?0',
    'cookie: [12 bytes were stripped]', 'authorization: NTLM [4 bytes were stripped]',
  ])('nothing of %s', (header) => {
    expect(one('headers', [header])).toEqual([[header]]);
  });

  it('as an object, as older versions have them', () => {
    expect(one('headers', { Cookie: 'id=42', ':status': '200' })).toEqual([{ Cookie: '[5 bytes were stripped]', ':status': '200' }, 'cookies']);
  });

  it('the request line loses its query', () => {
    expect(one('line', 'GET /x?q=1 HTTP/1.1\r\n')).toEqual(['GET /x?redacted HTTP/1.1\r\n', 'query-strings']);
  });
});

describe('values by name', () => {
  test.each([
    ['bytes', 'Zm9v', '[4 bytes were stripped]', 'payload'],
    ['response_buffer', 'AAAA', '[4 bytes were stripped]', 'payload'],
    ['token', 'x', '[1 bytes were stripped]', 'tokens'],
    ['challenge', 'Basic realm="x"', '[15 bytes were stripped]', 'tokens'],
    ['username', 'alice', '[5 bytes were stripped]', 'user-names'],
  ])('%s', (key, value, expected, kind) => {
    expect(one(key, value)).toEqual([expected, kind]);
  });

  it('name and value of a cookie, in events of cookies', () => {
    const { params, seen } = redactedParams({ name: 'sid', value: '42', domain: 'a.test', is_persistent: true }, 'COOKIE_STORE_COOKIE_ADDED');
    expect(params).toEqual({ name: '[3 bytes were stripped]', value: '[2 bytes were stripped]', domain: 'a.test', is_persistent: true });
    expect(seen).toEqual(['cookies', 'cookies']);
  });

  it('a list of secrets', () => {
    expect(one('auth_tokens', ['a', 'b'])).toEqual([['[1 bytes were stripped]', '[1 bytes were stripped]'], 'tokens', 'tokens']);
  });
});

describe('running text', () => {
  test.each([
    ['mail to alice@a.test now', 'mail to redacted@a.test now', 'e-mail'],
    ['PROXY user:pw@proxy:3128', 'PROXY redacted@proxy:3128', 'credentials'],
    ['--user-data-dir=/home/alice/profile', '--user-data-dir=/home/redacted/profile', 'user-names'],
    [String.raw`C:\Users\Alice Smith\AppData`, String.raw`C:\Users\redacted\AppData`, 'user-names'],
    ['--api-key="a b" --x', '--api-key="redacted" --x', 'tokens'],
    ['Bearer abcdefgh', 'Bearer [8 bytes were stripped]', 'credentials'],
    ['is eyJhbGciOiJub25lIn0.e30.x here', 'is redacted here', 'tokens'],
  ])('%s', (text, expected, kind) => {
    expect(one('command_line', text)).toEqual([expected, kind]);
  });

  test.each(['cache@1.2.3/x', 'refs/branch-heads/8078@{#1704}', 'max_idle_timeout 30000', 'net::OK', 'a=b'])('nothing of %s', (text) => {
    expect(one('details', text)).toEqual([text]);
  });

  it('is read in time that grows with its length, whatever it is', () => {
    // Each of these makes a pattern that looks back without limit take the square of the length.
    for (const piece of ['a', '=', '@', 'a=', 'a@', '://', 'token', '/home/', 'eyJ', 'Bearer ']) {
      const text = piece.repeat(200_000);
      expect(typeof redactedParams({ details: text }).params['details']).toBe('string');
    }
  });
});

describe('a ClientHello', () => {
  it('keeps its server name and nothing else (RFC 6066 section 3)', () => {
    const hello = bareClientHello('a.test');
    expect(serverNameIn(hello)).toBe('a.test');
    // Type and length, TLS 1.2, zeros for random, three empty lists, one extension.
    expect(atob(hello)).toHaveLength(4 + 2 + 32 + 1 + 2 + 1 + 2 + 4 + 5 + 'a.test'.length);
  });

  it('that is bare is not reported again', () => {
    const hello = bareClientHello('a.test');
    expect(one('bytes', hello)).toEqual([hello]);
  });
});

it('keeps keys named like those of every object, and the order of keys', () => {
  const params = JSON.parse('{"__proto__":{"url":"https://a.test/?x"},"constructor":1,"b":null,"a":true}') as Record<string, unknown>;
  expect(JSON.stringify(redactedParams(params).params)).toBe('{"__proto__":{"url":"https://a.test/?redacted"},"constructor":1,"b":null,"a":true}');
});

it('takes out only the kinds asked for', () => {
  const scrub = { kinds: new Set(['cookies'] as const), found: () => undefined };
  const params = { headers: ['cookie: a=1', 'x-other: 1', 'authorization: x'], url: 'https://a.test/?q=1' };
  expect(redactParams('ANY', params, scrub)).toEqual({ ...params, headers: ['cookie: [3 bytes were stripped]', 'x-other: 1', 'authorization: x'] });
});
