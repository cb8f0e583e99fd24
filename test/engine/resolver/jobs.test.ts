/** Jobs, tasks, the cache and requests that share them. Times in ms. */
import { describe, expect, it } from 'vitest';
import { ROUND_RESOLVER, HOST, NODATA, SERVICE, V4, V6, type Bench, addresses, createBench, failure, service } from './bench.ts';

/** A whole answer at 23, as in a quiet network. */
function answerAll(bench: Bench, at = 23): void {
  bench.reply('HTTPS', SERVICE, at);
  bench.reply('AAAA', addresses(V6), at);
  bench.reply('A', addresses(V4), at);
}

describe('answers', () => {
  it('stream out one by one as they arrive (HE-09, HE-10)', () => {
    const bench = createBench();
    bench.request(1, 0);
    bench.reply('AAAA', addresses(V6), 30);
    bench.reply('HTTPS', SERVICE, 225);
    bench.reply('A', addresses(V4), 436);
    expect(bench.lines(1)).toEqual([
      '30 answer 1 AAAA 2001:db8::1 network',
      '225 answer 1 HTTPS . network',
      '436 answer 1 A 192.0.2.1 network',
      '436 finished 1 ok',
    ]);
  });

  it('HTTPS is cut off 20 % after A and AAAA: 63 gives 75.6, the 76 of the log (L-05)', () => {
    const bench = createBench();
    bench.request(1, 0);
    bench.reply('A', addresses(V4), 62);
    bench.reply('AAAA', addresses(V6), 63);
    bench.runUntil(75.5);
    expect(bench.lines(64)).toEqual([]);
    bench.runUntil(100);
    expect(bench.lines(64)).toEqual(['75.6 https-cut-off', '75.6 cancel HTTPS', '75.6 answer 1 HTTPS timeout network', '75.6 finished 1 ok']);
    bench.reply('HTTPS', SERVICE, 120);
    expect(bench.lines(76)).toEqual([]);
  });

  it.each([
    ['at least 5 (https-slow)', 23, 28],
    ['at most 50', 400, 450],
  ])('the extra time for HTTPS is %s', (_, last, cut) => {
    const bench = createBench();
    bench.request(1, 0);
    bench.reply('AAAA', addresses(V6), 20);
    bench.reply('A', addresses(V4), last);
    expect(bench.nextWakeAt()).toBe(cut);
  });

  it('without a limit HTTPS is awaited until it fails', () => {
    const bench = createBench({ httpsExtraWait: 'unlimited' });
    bench.request(1, 0);
    bench.reply('AAAA', addresses(V6), 20);
    bench.reply('A', addresses(V4), 23);
    bench.runUntil(10_000);
    expect(bench.lines(3000)).toEqual(['3000 cancel HTTPS', '3000 cancel HTTPS', '3000 answer 1 HTTPS timeout network', '3000 finished 1 ok']);
  });

  it('NXDOMAIN fails nothing before all are in, then the system repeats it (nxdomain-hev3)', () => {
    const bench = createBench();
    bench.request(1, 0);
    bench.reply('HTTPS', failure('nxdomain'), 22);
    bench.reply('AAAA', failure('nxdomain'), 28);
    bench.reply('A', failure('nxdomain'), 29);
    bench.systemReply({ kind: 'failure', failure: 'not-found' }, 52);
    expect(bench.lines(22)).toEqual([
      '22 answer 1 HTTPS nxdomain network',
      '28 answer 1 AAAA nxdomain network',
      '29 answer 1 A nxdomain network',
      '29 withdrawn 1',
      '29 system A AAAA',
      '52 finished 1 not-found',
    ]);
  });

  it('NODATA of one family is no failure (R-06), of both the system repeats it (nodata-hev3)', () => {
    const one = createBench();
    one.request(1, 0);
    one.reply('HTTPS', NODATA, 20);
    one.reply('AAAA', NODATA, 20);
    one.reply('A', addresses(V4), 21);
    expect(one.lines(21)).toEqual(['21 answer 1 A 192.0.2.1 network', '21 finished 1 ok']);
    const both = createBench();
    both.request(1, 0);
    both.reply('HTTPS', NODATA, 20);
    both.reply('AAAA', NODATA, 20);
    both.reply('A', NODATA, 21);
    expect(both.lines(21)).toContain('21 system A AAAA');
  });

  it('the system alone: A and AAAA, no HTTPS (item 6, builtInResolver: false)', () => {
    const bench = createBench({ tasks: ['system'] });
    bench.request(1, 0);
    bench.systemReply({ kind: 'addresses', addresses: [V4, V6] }, 46);
    expect(bench.lines()).toEqual(['0 system A AAAA', '46 answer 1 AAAA 2001:db8::1 system', '46 answer 1 A 192.0.2.1 system', '46 finished 1 ok']);
  });

  it('an IP literal is its own answer', () => {
    const bench = createBench();
    bench.request(1, 0, `https://${V4}/`);
    expect(bench.lines()).toEqual(['0 answer 1 A 192.0.2.1 literal', '0 finished 1 ok']);
  });
});

describe('sharing', () => {
  it('a later request joins the job and gets the answers already in', () => {
    const bench = createBench();
    bench.request(1, 0);
    bench.reply('AAAA', addresses(V6), 20);
    bench.request(2, 21, 'https://DUAL.lab.test./');
    bench.reply('HTTPS', NODATA, 22);
    bench.reply('A', addresses(V4), 23);
    expect(bench.lines(21)).toEqual([
      '21 answer 2 AAAA 2001:db8::1 network',
      '22 answer 1 HTTPS nodata network',
      '22 answer 2 HTTPS nodata network',
      '23 answer 1 A 192.0.2.1 network',
      '23 answer 2 A 192.0.2.1 network',
      '23 finished 1 ok',
      '23 finished 2 ok',
    ]);
  });

  it.each([
    ['scheme (item 4)', `http://${HOST}/`, 'here'],
    ['port', `https://${HOST}:8443/`, 'here'],
    ['network key', `https://${HOST}/`, 'elsewhere'],
  ])('another %s is another job and another cache entry', (_, url, partition) => {
    const bench = createBench();
    bench.request(1, 0);
    bench.request(2, 5, url, partition);
    expect(bench.lines(5)).toHaveLength(3);
    answerAll(bench);
    bench.cancel(1, 30);
    bench.request(3, 40, url, 'third');
    expect(bench.lines(40)).toHaveLength(3);
  });

  it('the last request gone, the queries are cancelled; a reply that comes all the same is ignored (HE-52)', () => {
    const bench = createBench();
    bench.request(1, 0);
    bench.request(2, 5);
    bench.cancel(1, 10);
    expect(bench.lines(6)).toEqual([]);
    bench.cancel(2, 12);
    answerAll(bench);
    expect(bench.lines(6)).toEqual(['12 cancel HTTPS', '12 cancel AAAA', '12 cancel A']);
    expect(bench.nextWakeAt()).toBeUndefined();
  });

  it('a speculative request keeps the job alive: the AAAA retry leaves though the page is loaded (item 2)', () => {
    const bench = createBench();
    bench.request(1, 0);
    bench.request(2, 6);
    bench.reply('HTTPS', NODATA, 23);
    bench.reply('A', addresses(V4), 23);
    bench.cancel(1, 120);
    bench.runUntil(1000);
    expect(bench.lines(120)).toEqual(['1000 query AAAA udp0']);
  });

  it('a draining job fills the cache for its time and no longer (HE-53)', () => {
    const bench = createBench({ drain: 1000 });
    bench.request(1, 0);
    bench.cancel(1, 10);
    answerAll(bench);
    bench.request(2, 2000);
    expect(bench.lines(2000)).toEqual(['2000 answer 2 HTTPS . cache', '2000 answer 2 AAAA 2001:db8::1 cache', '2000 answer 2 A 192.0.2.1 cache', '2000 finished 2 ok']);
    bench.request(3, 3000, 'https://other.lab.test/');
    bench.cancel(3, 3010);
    bench.runUntil(9000);
    expect(bench.lines(3010).filter((line) => line.startsWith('4010 cancel'))).toHaveLength(3 + 3);
    expect(bench.nextWakeAt()).toBeUndefined();
  });
});

describe('cache', () => {
  it('serves a second visit 33 s later without a query (item 9)', () => {
    const bench = createBench();
    bench.request(1, 0);
    answerAll(bench);
    bench.request(2, 33_000);
    expect(bench.lines(100)).toEqual(['33000 answer 2 HTTPS . cache', '33000 answer 2 AAAA 2001:db8::1 cache', '33000 answer 2 A 192.0.2.1 cache', '33000 finished 2 ok']);
  });

  it('asks again when the TTL is over', () => {
    const bench = createBench();
    bench.request(1, 0);
    answerAll(bench);
    bench.request(2, 60_023);
    expect(bench.lines(100)).toEqual(['60023 query HTTPS udp0', '60023 query AAAA udp0', '60023 query A udp0']);
  });

  it('gives expired answers first where they may be served, then fresh ones (HE-25)', () => {
    const bench = createBench({ ipv6: false, cache: { ...ROUND_RESOLVER.cache, stale: 'served' } });
    bench.request(1, 0);
    bench.reply('HTTPS', NODATA, 23);
    bench.reply('A', addresses(V4), 23);
    bench.request(2, 70_000);
    bench.reply('HTTPS', NODATA, 70_023);
    bench.reply('A', addresses('192.0.2.9'), 70_023);
    expect(bench.lines(100)).toEqual([
      '70000 answer 2 HTTPS nodata stale',
      '70000 answer 2 A 192.0.2.1 stale',
      '70000 query HTTPS udp0',
      '70000 query A udp0',
      '70023 answer 2 HTTPS nodata network',
      '70023 answer 2 A 192.0.2.9 network',
      '70023 finished 2 ok',
    ]);
  });

  it('does not keep failures: a failed name is resolved twice in sequence (item 5)', () => {
    const bench = createBench({ tasks: ['dns'] });
    bench.request(1, 0);
    for (const type of ['HTTPS', 'AAAA', 'A']) bench.reply(type, failure('nxdomain'), 23);
    bench.request(2, 24);
    expect(bench.lines(23)).toContain('24 query A udp0');
  });

  it('keeps what was found beside a query that failed, and asks that one again (HE-10)', () => {
    const bench = createBench({ addressFailure: 'negative', tasks: ['dns'], cache: { ...ROUND_RESOLVER.cache, failures: 'asked-again' } });
    bench.request(1, 0);
    bench.reply('AAAA', addresses(V6), 23);
    bench.reply('A', addresses(V4), 23);
    bench.reply('HTTPS', failure('servfail'), 23);
    bench.reply('HTTPS', failure('servfail'), 46);
    bench.request(2, 5000);
    bench.reply('HTTPS', SERVICE, 5023);
    bench.request(3, 9000);
    expect(bench.lines(5000)).toEqual([
      '5000 answer 2 AAAA 2001:db8::1 cache',
      '5000 answer 2 A 192.0.2.1 cache',
      '5000 query HTTPS udp0',
      '5023 answer 2 HTTPS . network',
      '5023 finished 2 ok',
      '9000 answer 3 AAAA 2001:db8::1 cache',
      '9000 answer 3 A 192.0.2.1 cache',
      '9000 answer 3 HTTPS . cache',
      '9000 finished 3 ok',
    ]);
  });

  it('keeps the failure where the options say so, as Chromium does', () => {
    const bench = createBench();
    bench.request(1, 0);
    bench.reply('HTTPS', failure('servfail'), 20);
    bench.reply('HTTPS', failure('servfail'), 21);
    bench.reply('AAAA', addresses(V6), 23);
    bench.reply('A', addresses(V4), 23);
    bench.request(2, 5000);
    expect(bench.lines(5000)).toContain('5000 answer 2 HTTPS servfail cache');
  });

  it('keeps what a job had found when it was given up, and asks the rest (HE-53)', () => {
    const bench = createBench({ drain: 1000, httpsExtraWait: 'unlimited', cache: { ...ROUND_RESOLVER.cache, failures: 'asked-again' } });
    bench.request(1, 0);
    bench.reply('HTTPS', NODATA, 20);
    bench.reply('AAAA', addresses(V6), 20);
    bench.cancel(1, 100);
    bench.request(2, 5000);
    expect(bench.lines(5000)).toEqual(['5000 answer 2 HTTPS nodata cache', '5000 answer 2 AAAA 2001:db8::1 cache', '5000 query A udp0']);
  });

  it('keeps nothing of a job that had found no address when it was given up', () => {
    const bench = createBench({ cache: { ...ROUND_RESOLVER.cache, failures: 'asked-again' } });
    bench.request(1, 0);
    bench.reply('HTTPS', SERVICE, 20);
    bench.cancel(1, 21);
    bench.request(2, 30);
    expect(bench.lines(30)).toEqual(['30 query HTTPS udp0', '30 query AAAA udp0', '30 query A udp0']);
  });

  it('keeps what the system found: the TCP job after the QUIC job asks nobody (L-32)', () => {
    const bench = createBench({ tasks: ['system'] });
    bench.request(1, 0);
    bench.systemReply({ kind: 'addresses', addresses: [V4] }, 46);
    bench.request(2, 47);
    expect(bench.lines(47)).toEqual(['47 answer 2 AAAA nodata cache', '47 answer 2 A 192.0.2.1 cache', '47 finished 2 ok']);
  });

  it('lets the host stored longest ago go when it is full', () => {
    const bench = createBench({ tasks: ['system'], cache: { ...ROUND_RESOLVER.cache, capacity: 1 } });
    for (const [id, name] of ['a', 'b'].entries()) {
      bench.request(id, id * 10, `https://${name}.test/`);
      bench.systemReply({ kind: 'addresses', addresses: [V4] }, id * 10 + 5);
    }
    bench.request(8, 30, 'https://b.test/');
    bench.request(9, 31, 'https://a.test/');
    expect(bench.lines(30)).toEqual(['30 answer 8 AAAA nodata cache', '30 answer 8 A 192.0.2.1 cache', '30 finished 8 ok', '31 system A AAAA']);
  });
});

describe('further queries', () => {
  const target = { name: 'svc.lab.test', type: 'AAAA' } as const;
  const SERVED_BY_TARGET = service({ priority: 1, target: 'svc.lab.test', params: {} });
  const WITH_ADDITIONAL = { ...SERVED_BY_TARGET, additional: [{ query: target, answer: addresses('2001:db8::5') }] };

  it('of two requests are sent once, and hold up the end of both (HE-20)', () => {
    const bench = createBench();
    bench.request(1, 0);
    bench.request(2, 0);
    bench.reply('HTTPS', service({ priority: 1, target: 'svc.lab.test', params: {} }), 20);
    bench.ask(1, target, 20);
    bench.ask(2, target, 21);
    bench.ask(2, target, 22);
    bench.reply('A', addresses(V4), 23);
    bench.reply('AAAA', addresses(V6), 24, 1);
    bench.reply('AAAA', addresses('2001:db8::5'), 43);
    expect(bench.lines(21)).toEqual([
      '23 answer 1 A 192.0.2.1 network',
      '23 answer 2 A 192.0.2.1 network',
      '24 answer 1 AAAA 2001:db8::1 network',
      '24 answer 2 AAAA 2001:db8::1 network',
      '43 answer 1 AAAA 2001:db8::5 network',
      '43 answer 2 AAAA 2001:db8::5 network',
      '43 finished 1 ok',
      '43 finished 2 ok',
    ]);
  });

  it('of a finished request make it finish once more; their address is a success of its own', () => {
    const bench = createBench({ tasks: ['dns'], ipv4: false });
    bench.request(1, 0);
    bench.reply('AAAA', NODATA, 20);
    bench.reply('HTTPS', service({ priority: 0, target: 'svc.lab.test', params: {} }), 20);
    bench.ask(1, target, 20);
    bench.ask(1, { name: HOST, type: 'AAAA' }, 20);
    bench.reply('AAAA', addresses(V6), 40);
    expect(bench.lines(20)).toEqual([
      '20 answer 1 AAAA nodata network',
      '20 answer 1 HTTPS svc.lab.test network',
      '20 finished 1 nodata',
      '20 query AAAA svc.lab.test udp0',
      '40 answer 1 AAAA 2001:db8::1 network',
      '40 finished 1 ok',
    ]);
  });

  it('that fail are answers too, and not for the system', () => {
    const bench = createBench();
    bench.request(1, 0);
    answerAll(bench);
    bench.ask(1, target, 30);
    bench.reply('AAAA', failure('nxdomain'), 50);
    expect(bench.lines(30)).toEqual(['30 query AAAA svc.lab.test udp0', '50 answer 1 AAAA nxdomain network', '50 finished 1 ok']);
  });

  it('are spared where an additional section has brought their answers (SB-30)', () => {
    const bench = createBench();
    bench.request(1, 0);
    bench.reply('HTTPS', WITH_ADDITIONAL, 20);
    bench.ask(1, target, 20);
    expect(bench.lines(20)).toEqual(['20 answer 1 HTTPS svc.lab.test network', '20 answer 1 AAAA 2001:db8::5 cache']);
    expect(bench.outputs.flatMap((output) => (output.kind === 'answer' ? [output.answer] : []))[0]).toEqual(SERVED_BY_TARGET);
  });

  it('take no answers of another partition’s additional section (SB-30)', () => {
    const bench = createBench();
    bench.request(1, 0);
    bench.request(2, 0, undefined, 'elsewhere');
    bench.reply('HTTPS', WITH_ADDITIONAL, 20, 1);
    bench.ask(2, target, 20);
    expect(bench.lines(20)).toContain('20 query AAAA svc.lab.test udp0');
  });

  it('that want a fresh answer go past the cache (HE-24)', () => {
    const bench = createBench();
    const again = { name: HOST, type: 'A' } as const;
    bench.request(1, 0);
    answerAll(bench);
    bench.ask(1, again, 5000, 'any-answer');
    expect(bench.lines(5000)).toEqual([]);
    bench.ask(1, again, 6000, 'fresh-answer');
    bench.reply('A', addresses('192.0.2.9'), 6023);
    expect(bench.lines(5000)).toEqual(['6000 query A udp0', '6023 answer 1 A 192.0.2.9 network', '6023 finished 1 ok']);
  });

  it('that want a fresh answer are not repeated while it is under way', () => {
    const bench = createBench();
    bench.request(1, 0);
    bench.ask(1, { name: HOST, type: 'A' }, 5, 'fresh-answer');
    bench.ask(1, target, 6);
    bench.ask(1, target, 7, 'fresh-answer');
    expect(bench.lines(1)).toEqual(['6 query AAAA svc.lab.test udp0']);
  });
});
