/** DNS transactions: attempts, retries, servers, truncation. Times in ms. */
import { describe, expect, it } from 'vitest';
import type { ResolverOptions } from '../../../src/engine/resolver/options.ts';
import { ROUND_RESOLVER, NODATA, SERVICE, TRUNCATED, V4, V6, addresses, createBench, failure } from './bench.ts';

const twoServers: Partial<ResolverOptions> = { servers: { ...ROUND_RESOLVER.servers, transports: ['udp', 'udp'] } };

describe('queries', () => {
  it('leave back to back in the order HTTPS, AAAA, A (HE-08, item 6)', () => {
    const bench = createBench();
    bench.request(1, 0);
    expect(bench.lines()).toEqual(['0 query HTTPS udp0', '0 query AAAA udp0', '0 query A udp0']);
  });

  it('drop the family that is not connected (HE-04, HE-05)', () => {
    const v4 = createBench({ ipv6: false });
    v4.request(1, 0);
    expect(v4.lines()).toEqual(['0 query HTTPS udp0', '0 query A udp0']);
    const v6 = createBench({ ipv4: false });
    v6.request(1, 0);
    expect(v6.lines()).toEqual(['0 query HTTPS udp0', '0 query AAAA udp0']);
  });

  it('ask A without IPv4 where a NAT64 prefix is known (HE-06)', () => {
    const bench = createBench({ ipv4: false, nat64: true });
    bench.request(1, 0);
    expect(bench.lines()).toContain('0 query A udp0');
  });

  it.each([
    ['https://dual.lab.test:8443/', 'query HTTPS _8443._https.dual.lab.test'],
    ['http://dual.lab.test/', 'query HTTPS udp0'],
    ['http://dual.lab.test:8080/', 'query HTTPS _8080._https.dual.lab.test'],
  ])('name the HTTPS owner after the port (RFC 9460 §9.1, §9.5): %s', (url, line) => {
    const bench = createBench();
    bench.request(1, 0, url);
    expect(bench.lines()[0]).toContain(line);
  });
});

describe('retries', () => {
  it('come after 1000, and the answer to the retry counts (dns-lost1)', () => {
    const bench = createBench({ ipv6: false });
    bench.request(1, 0);
    bench.reply('HTTPS', NODATA, 23);
    bench.reply('A', addresses(V4), 1023);
    expect(bench.lines(1000)).toEqual(['1000 query A udp0', '1023 cancel A', '1023 answer 1 A 192.0.2.1 network', '1023 finished 1 ok']);
  });

  it('a late answer to the first try still counts (item 7)', () => {
    const bench = createBench();
    bench.request(1, 0);
    bench.reply('HTTPS', NODATA, 23);
    bench.reply('A', addresses(V4), 23);
    bench.reply('AAAA', addresses(V6), 2500, 1);
    expect(bench.lines(24)).toEqual(['1000 query AAAA udp0', '2500 cancel AAAA', '2500 answer 1 AAAA 2001:db8::1 network', '2500 finished 1 ok']);
    bench.reply('AAAA', addresses('2001:db8::2'), 2600, 2);
    expect(bench.lines(2501)).toEqual([]);
  });

  it('AAAA never answered: the task fails at 3000 and the system is asked, again after 6000 (L-32, item 8)', () => {
    const bench = createBench();
    bench.request(1, 0);
    bench.reply('HTTPS', NODATA, 23);
    bench.reply('A', addresses(V4), 23);
    bench.systemReply({ kind: 'addresses', addresses: [V4] }, 18_000, 1);
    expect(bench.lines(24)).toEqual([
      '1000 query AAAA udp0',
      '3000 cancel AAAA',
      '3000 cancel AAAA',
      '3000 withdrawn 1',
      '3000 system A AAAA',
      '9000 system A AAAA',
      '18000 cancel-system-lookup',
      '18000 answer 1 AAAA nodata system',
      '18000 answer 1 A 192.0.2.1 system',
      '18000 finished 1 ok',
    ]);
    expect(bench.nextWakeAt()).toBeUndefined();
  });

  it('go to the next server, and the period doubles per round: 1, 1, 2, 2 s', () => {
    const bench = createBench({ ...twoServers, ipv6: false });
    bench.request(1, 0);
    bench.reply('HTTPS', NODATA, 23);
    bench.runUntil(6000);
    expect(bench.lines(24).filter((line) => !line.includes('cancel'))).toEqual([
      '1000 query A udp1',
      '2000 query A udp0',
      '4000 query A udp1',
      '6000 withdrawn 1',
      '6000 system A',
    ]);
  });

  it('a server that failed twice in a row comes last from then on (HE-26)', () => {
    const bench = createBench(twoServers);
    bench.request(1, 0);
    bench.runUntil(1000);
    for (const [type, answer] of [['HTTPS', NODATA], ['AAAA', NODATA], ['A', addresses(V4)]] as const) bench.reply(type, answer, 1023);
    bench.request(2, 2000, 'https://other.lab.test/');
    expect(bench.lines(2000)).toEqual(['2000 query HTTPS other.lab.test udp1', '2000 query AAAA other.lab.test udp1', '2000 query A other.lab.test udp1']);
  });

  it('no other task to follow: waits for late answers until 12000 (doh-secure-dead)', () => {
    const bench = createBench({ tasks: ['dns'], ipv6: false, servers: { ...ROUND_RESOLVER.servers, transports: ['https'], attemptsPerServer: 1 } });
    bench.request(1, 0);
    bench.reply('HTTPS', NODATA, 23);
    bench.runUntil(20_000);
    expect(bench.lines(24)).toEqual(['12000 cancel A', '12000 finished 1 timeout']);
  });
});

describe('failures', () => {
  it('SERVFAIL: the same query once more at once; AAAA failed, the system decides (item 8, L-07)', () => {
    const bench = createBench();
    bench.request(1, 0);
    bench.reply('HTTPS', NODATA, 23);
    bench.reply('A', addresses(V4), 23);
    bench.reply('AAAA', failure('servfail'), 23);
    bench.reply('AAAA', failure('servfail'), 46);
    bench.systemReply({ kind: 'addresses', addresses: [V4] }, 70);
    expect(bench.lines(23)).toEqual([
      '23 answer 1 HTTPS nodata network',
      '23 answer 1 A 192.0.2.1 network',
      '23 query AAAA udp0',
      '46 withdrawn 1',
      '46 system A AAAA',
      '70 answer 1 AAAA nodata system',
      '70 answer 1 A 192.0.2.1 system',
      '70 finished 1 ok',
    ]);
  });

  it('all SERVFAIL: the first address to fail cancels the rest (servfail-hev3)', () => {
    const bench = createBench();
    bench.request(1, 0);
    for (const type of ['HTTPS', 'AAAA', 'A']) bench.reply(type, failure('servfail'), 33);
    bench.reply('HTTPS', failure('servfail'), 55);
    bench.reply('AAAA', failure('servfail'), 55);
    bench.systemReply({ kind: 'failure', failure: 'temporary' }, 101);
    expect(bench.lines(55)).toEqual([
      '55 answer 1 HTTPS servfail network',
      '55 cancel A',
      '55 withdrawn 1',
      '55 system A AAAA',
      '101 finished 1 temporary',
    ]);
  });

  it('HTTPS SERVFAIL never fails the task (L-06, item 8)', () => {
    const bench = createBench();
    bench.request(1, 0);
    bench.reply('AAAA', addresses(V6), 10);
    bench.reply('HTTPS', failure('servfail'), 10);
    bench.reply('HTTPS', failure('servfail'), 14);
    bench.reply('A', addresses(V4), 20);
    expect(bench.lines(14)).toEqual(['14 answer 1 HTTPS servfail network', '20 answer 1 A 192.0.2.1 network', '20 finished 1 ok']);
  });

  it('an address failure is only a negative answer where the options say so (HE-15)', () => {
    const bench = createBench({ addressFailure: 'negative', tasks: ['dns'] });
    bench.request(1, 0);
    bench.reply('HTTPS', NODATA, 20);
    bench.reply('AAAA', failure('servfail'), 20);
    bench.reply('AAAA', failure('servfail'), 40);
    bench.reply('A', addresses(V4), 60);
    expect(bench.lines(40)).toEqual(['40 answer 1 AAAA servfail network', '60 answer 1 A 192.0.2.1 network', '60 finished 1 ok']);
  });

  it('a failed address takes back the other family, even with no task to follow (doh-aaaa-drop)', () => {
    const bench = createBench({ tasks: ['dns'] });
    bench.request(1, 0);
    bench.reply('HTTPS', NODATA, 23);
    bench.reply('A', addresses(V4), 42);
    bench.runUntil(20_000);
    expect(bench.lines(3001)).toEqual(['12000 cancel AAAA', '12000 cancel AAAA', '12000 withdrawn 1', '12000 finished 1 timeout']);
  });

  it('the failure of an overdue attempt is not waited for and not repeated', () => {
    const bench = createBench({ ipv6: false });
    bench.request(1, 0);
    bench.reply('HTTPS', NODATA, 23);
    bench.reply('A', failure('servfail'), 1500, 1);
    bench.reply('A', addresses(V4), 1600, 2);
    expect(bench.lines(24)).toEqual(['1000 query A udp0', '1600 answer 1 A 192.0.2.1 network', '1600 finished 1 ok']);
  });
});

describe('truncation', () => {
  it('asks the same server over TCP (dns-trunc, reconstruction note 28)', () => {
    const bench = createBench({ ...twoServers, ipv6: false });
    bench.request(1, 0);
    bench.reply('A', addresses(V4), 23);
    bench.reply('HTTPS', TRUNCATED, 24);
    // The extra time for HTTPS runs on: 5 from 23.
    expect(bench.lines(24)).toEqual(['24 query HTTPS tcp0']);
    bench.runUntil(100);
    expect(bench.lines(25)).toEqual(['28 https-cut-off', '28 cancel HTTPS', '28 answer 1 HTTPS timeout network', '28 finished 1 ok']);
  });

  it('the TCP answer is the answer', () => {
    const bench = createBench();
    bench.request(1, 0);
    for (const type of ['HTTPS', 'AAAA', 'A']) bench.reply(type, TRUNCATED, 24);
    bench.reply('A', addresses(V4), 70);
    bench.reply('HTTPS', SERVICE, 70);
    bench.reply('AAAA', addresses(V6), 70);
    expect(bench.lines(25)).toEqual([
      '70 answer 1 A 192.0.2.1 network',
      '70 answer 1 HTTPS . network',
      '70 answer 1 AAAA 2001:db8::1 network',
      '70 finished 1 ok',
    ]);
  });

  it('silence over TCP ends the transaction after twice the period', () => {
    const bench = createBench({ ipv6: false });
    bench.request(1, 0);
    bench.reply('HTTPS', NODATA, 23);
    bench.reply('A', TRUNCATED, 100);
    bench.runUntil(5000);
    expect(bench.lines(101)).toEqual(['2100 cancel A', '2100 withdrawn 1', '2100 system A']);
  });
});
