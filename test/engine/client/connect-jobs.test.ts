/** Chromium before HEv3, where QUIC and each socket are jobs of their own (as recorded: `svc-hev2`, `nxdomain-hev2`, `v6-slow400-hev2`). */
import { describe, expect, it } from 'vitest';
import { record } from '../race/race-driver.ts';
import { ClientDriver } from './client-driver.ts';

const H3 = [record('h3,h2')];
const hev2 = (overrides = {}): ClientDriver => new ClientDriver(overrides, { profile: 'chromium-hev2' });

describe('connect jobs', () => {
  it('leave a preconnect to QUIC where the host has a usable h3 record', () => {
    expect(hev2().preconnect(1, 2).dns('', '4a', H3).at(100).lines).toEqual(['0 connect 4a/quic']);
  });

  it('make sockets for it when QUIC has failed', () => {
    expect(hev2().preconnect(1, 1).dns('', '4a', H3).at(30).fails('4a/quic', -356).lines).toEqual(['0 connect 4a/quic', '30 connect 4a/tcp']);
  });

  it('make one socket for a request beside it', () => {
    expect(hev2().preconnect(1, 1).load(2).dns('', '4a', H3).preconnect(3, 2).at(100).lines).toEqual(['0 connect 4a/quic', '0 connect 4a/tcp']);
  });

  it('resolve a name that fails once more, for TCP', () => {
    const client = hev2().load(1).at(20).dnsFails('nxdomain').at(40).dnsFails('nxdomain');
    expect(client.races).toEqual(['1', '2']);
    expect(client.lines).toEqual(['40 failed 1 name-not-resolved']);
  });

  it('fail a preconnect with a name that fails once', () => {
    const client = hev2().preconnect(1, 1).at(20).dnsFails('nxdomain');
    expect(client.races).toEqual(['1']);
    expect(client.lines).toEqual(['20 failed 1 name-not-resolved']);
  });

  it('and leave a request that has joined it to TCP', () => {
    const client = hev2().preconnect(1, 1).load(2).at(20).dnsFails('nxdomain').at(40).dnsFails('nxdomain');
    expect(client.lines).toEqual(['20 failed 1 name-not-resolved', '40 failed 2 name-not-resolved']);
  });

  it('go on over TCP when QUIC has won while TCP still resolves', () => {
    const client = hev2({ asyncDnsQuicJob: true }).load(1).dns('6a', undefined, H3).at(20).ready('6a/quic').at(40).dns(undefined, '4a').at(60).ready('6a/tcp');
    expect(client.lines).toEqual(['0 connect 6a/quic', '20 send 1 on 6a/quic', '40 connect 6a/tcp', '60 tls 6a/tcp']);
  });
});
