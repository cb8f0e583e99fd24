/** Vectors about queries, retries and the cache, by the ids of the fact sheets. Times in ms. */
import { describe, expect, it } from 'vitest';
import { NODATA, ROUND_RESOLVER, V4, V6, addresses, createBench } from './bench.ts';

const served = { cache: { ...ROUND_RESOLVER.cache, stale: 'served' } } as const;

describe('queries', () => {
  it('D-29: IPv6 alone with a NAT64 prefix asks HTTPS, AAAA and A', () => {
    const bench = createBench({ ipv4: false, nat64: true });
    bench.request(1, 0);
    expect(bench.lines()).toEqual(['0 query HTTPS udp0', '0 query AAAA udp0', '0 query A udp0']);
  });

  it('O-07: silence of 1 s repeats the query, three times in all, then the resolution fails', () => {
    const bench = createBench({ tasks: ['dns'], ipv6: false, servers: { ...ROUND_RESOLVER.servers, attemptsPerServer: 3, maximumRetryAfter: 1000, transactionTimeout: 3000 } });
    bench.request(1, 0);
    bench.runUntil(10_000);
    expect(bench.lines().filter((line) => line.includes('query A '))).toEqual(['0 query A udp0', '1000 query A udp0', '2000 query A udp0']);
    expect(bench.lines().at(-1)).toBe('3000 finished 1 timeout');
  });
});

describe('answers', () => {
  it('R-19, K-18: an IPv4-mapped address in an AAAA answer is an IPv4 address', () => {
    const bench = createBench();
    bench.request(1, 0);
    bench.reply('AAAA', addresses('::ffff:c000:201', V6), 20);
    expect(bench.lines(20)).toEqual(['20 answer 1 AAAA 192.0.2.1 2001:db8::1 network']);
  });
});

describe('after the end', () => {
  it.each([
    [900, 'goes to the cache', ['3000 answer 2 HTTPS nodata cache', '3000 answer 2 AAAA 2001:db8::1 cache', '3000 answer 2 A 192.0.2.1 cache', '3000 finished 2 ok']],
    [1500, 'is ignored', ['3000 query HTTPS udp0', '3000 query AAAA udp0', '3000 query A udp0']],
  ])('D-35: with the winner known at 300, an answer at %i %s', (at, _, expected) => {
    const bench = createBench({ drain: 1000, httpsExtraWait: 'unlimited' });
    bench.request(1, 0);
    bench.reply('HTTPS', NODATA, 20);
    bench.reply('AAAA', addresses(V6), 20);
    bench.cancel(1, 300);
    bench.reply('A', addresses(V4), at);
    bench.request(2, 3000);
    expect(bench.lines(3000)).toEqual(expected);
  });
});

describe('optimistic DNS', () => {
  it.each([
    ['C-91: stale answers of both families are given out and refreshed', {}, ['AAAA', 'A']],
    ['C-96: so are those of a single one', { ipv6: false }, ['A']],
  ])('%s', (_, changes, types) => {
    const bench = createBench({ ...served, ...changes });
    bench.request(1, 0);
    for (const type of ['HTTPS', ...types]) bench.reply(type, type === 'HTTPS' ? NODATA : addresses(type === 'A' ? V4 : V6), 23);
    bench.request(2, 70_000);
    const expected = types.flatMap((type) => [`70000 answer 2 ${type} ${type === 'A' ? V4 : V6} stale`, `70000 query ${type} udp0`]);
    expect(bench.lines(100).filter((line) => !line.includes('HTTPS')).toSorted()).toEqual(expected.toSorted());
  });

  it('C-92: fresh answers are not refreshed', () => {
    const bench = createBench({ ...served, ipv6: false });
    bench.request(1, 0);
    bench.reply('HTTPS', NODATA, 23);
    bench.reply('A', addresses(V4), 23);
    bench.request(2, 30_000);
    expect(bench.lines(100)).toEqual(['30000 answer 2 HTTPS nodata cache', '30000 answer 2 A 192.0.2.1 cache', '30000 finished 2 ok']);
  });
});
