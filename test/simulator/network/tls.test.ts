import { describe, expect, it } from 'vitest';
import { echConfigs } from '../../../src/simulator/network/ech-config.ts';
import type { Server } from '../../../src/simulator/network/network-inputs.ts';
import { isOfferable, negotiateTls } from '../../../src/simulator/network/tls.ts';
import { echConfigList, webServer } from './network-builder.ts';

function alpn(protocols: readonly string[], offered: readonly string[]) {
  const outcome = negotiateTls([{ ...webServer, protocols }], { serverName: 'a.example', alpn: offered }, 'tcp', ['good']);
  return outcome.kind === 'done' ? outcome.alpn : outcome.error.name;
}

describe('ALPN', () => {
  it('is chosen in the server\'s order (RFC 7301 §3.2)', () => {
    expect(alpn(['http/1.1', 'h2'], ['h2', 'http/1.1'])).toBe('http/1.1');
    expect(alpn(['h2', 'http/1.1'], ['http/1.1', 'h2'])).toBe('h2');
  });

  it('is never h3 over TCP', () => {
    expect(alpn(['h3', 'h2'], ['h3', 'h2'])).toBe('h2');
  });

  it('falls back to http/1.1 if the client knows that, and fails if not', () => {
    expect(alpn(['h2'], ['http/1.1'])).toBe('http/1.1');
    expect(alpn(['h2'], [])).toBe('http/1.1');
    expect(alpn(['http/1.1'], ['h2'])).toBe('ERR_ALPN_NEGOTIATION_FAILED');
  });
});

describe('certificates', () => {
  const names = (server: Server, serverName: string) => negotiateTls([server], { serverName, alpn: ['h2'] }, 'tcp', ['good']).kind;

  it('cover exactly one label by a wildcard (RFC 6125 §6.4.3)', () => {
    expect(names(webServer, 'a.example')).toBe('done');
    expect(names(webServer, 'a.b.example')).toBe('failed');
    expect(names(webServer, 'example')).toBe('failed');
  });

  it('are chosen by the server name among listeners that share an address', () => {
    const other: Server = { ...webServer, names: ['b.test'], altSvc: 'other' };
    expect(negotiateTls([webServer, other], { serverName: 'b.test', alpn: ['h2'] }, 'tcp', ['good'])).toMatchObject({ server: { altSvc: 'other' } });
  });

  it('are all good for a client that names no roots', () => {
    expect(negotiateTls([{ ...webServer, issuer: 'any' }], { serverName: 'a.example', alpn: ['h2'] }, 'tcp', undefined).kind).toBe('done');
  });
});

/** One list of the configs of several. */
function joined(...lists: readonly string[]): string {
  const configs = lists.map((list) => atob(list).slice(2)).join('');
  return btoa(String.fromCharCode(configs.length >> 8, configs.length & 255) + configs);
}

describe('ECH', () => {
  const ech = echConfigList(1);
  const outcome = (server: Partial<Server>) => negotiateTls([{ ...webServer, ...server }], { serverName: 'a.example', alpn: ['h2'], ech }, 'tcp', ['good']);

  it('is accepted by the server that holds the keys', () => {
    expect(outcome({ ech })).toMatchObject({ kind: 'done', ech: 'accepted' });
  });

  it('is accepted by a server that holds older or newer keys too', () => {
    expect(outcome({ ech: joined(echConfigList(2), ech) })).toMatchObject({ kind: 'done', ech: 'accepted' });
  });

  it('is offered with the first config that the client can use (RFC 9849 §6.1)', () => {
    const list = joined(echConfigList(1, 0xfe0a), echConfigList(2), ech);
    const tls = (server: string) => negotiateTls([{ ...webServer, ech: server }], { serverName: 'a.example', alpn: ['h2'], ech: list }, 'tcp', ['good']).kind;
    expect([tls(echConfigList(2)), tls(ech)]).toEqual(['done', 'failed']);
  });

  it('is rejected otherwise, with the server\'s own list if it has one (RFC 9849 §6.1.6)', () => {
    expect(outcome({ ech: 'none' })).toEqual({ kind: 'failed', error: { name: 'ERR_ECH_NOT_NEGOTIATED', code: -183 } });
    expect(outcome({ ech: echConfigList(2) })).toMatchObject({ retryConfigs: echConfigList(2) });
  });

  it('is answered by the listener of the public name when it is rejected, and by the one of the inner name when accepted', () => {
    const inner = { ...webServer, names: ['a.example'], ech: 'none' };
    const tls = (keys: string) => negotiateTls([inner, { ...webServer, names: ['public.example'], ech: keys }], { serverName: 'a.example', alpn: ['h2'], ech }, 'tcp', ['good']);
    expect(tls(ech)).toMatchObject({ kind: 'done', ech: 'accepted', server: { names: ['a.example'] } });
    expect(tls(echConfigList(2))).toMatchObject({ kind: 'failed', error: { code: -183 }, retryConfigs: echConfigList(2) });
  });

  it('is rejected with an error of its own when the certificate does not fit the public name', () => {
    expect(outcome({ ech: 'none', names: ['*.example'] })).toMatchObject({ error: { code: -183 } });
    expect(outcome({ ech: 'none', names: ['a.example'] })).toMatchObject({ error: { code: -184 } });
    expect(outcome({ ech: 'none', issuer: 'bad' })).toMatchObject({ error: { code: -184 } });
  });

  it('reads the public name of a recorded list (trace ech)', () => {
    expect(echConfigs('AEL+DQA+BwAgACCqIbpgU+4+7sDX/7HT0qfD4FhslOEat1CABsZNjBPzWQAEAAEAAQAPcHVibGljLmxhYi50ZXN0AAA=')).toMatchObject([{ publicName: 'public.lab.test' }]);
  });

  it('is not offered with a list of unknown versions alone (RFC 9849 §4, §6.1)', () => {
    const offer = { serverName: 'a.example', alpn: ['h2'], ech: echConfigList(1, 0xfe0a) };
    expect(negotiateTls([{ ...webServer, ech }], offer, 'tcp', ['good'])).toMatchObject({ kind: 'done', ech: 'not-offered' });
  });

  it('lets a handshake begin only with a well-formed list', () => {
    const offerable = (list: string | undefined) => isOfferable({ serverName: 'a.example', alpn: [], ech: list });
    expect([undefined, ech, echConfigList(1, 0xfe0a)].map(offerable)).toEqual([true, true, true]);
    expect(['', 'AAAA', '!', ech.slice(0, -8)].map(offerable)).toEqual([false, false, false, false]);
  });
});
