/** What sessions tell of their servers. */
import { expect, it } from 'vitest';
import type { Session } from '../../src/model/session.ts';
import { SessionServers } from '../../src/whatif/session-servers.ts';

const session = (hosts: readonly string[], fields: Partial<Session>): Session => ({ id: 1, protocol: 'h2', hosts, startMs: 0, requestCount: 1, pooledHosts: [], migrations: [], evidence: { sourceIds: [], eventIndices: [] }, ...fields }) as Session;

it('is of the host that the session was made for, from the first that shows it', () => {
  const servers = new SessionServers([
    session(['a.test', 'b.test'], { certificateNames: ['a.test', '*.a.test'] }),
    session(['a.test'], { certificateNames: ['other.test'], originFrame: { origins: ['https://b.test', 'https://b.test/', 'http://c.test', 'odd'], atMs: 1 } }),
  ]);
  expect(servers.of('a.test')).toEqual({ names: ['a.test', '*.a.test'], originFrame: ['https://b.test'] });
  expect(servers.of('b.test')).toBeUndefined();
});

it('leaves out names that no scenario can hold', () => {
  expect(new SessionServers([session(['a.test'], { certificateNames: ['a b', '*', '*.*.test', 'ok.test'] })]).of('a.test')?.names).toEqual(['ok.test']);
});
