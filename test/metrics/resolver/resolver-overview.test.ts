/** The layers of host resolution, its servers and its waits, counted by hand. */
import { expect, test } from 'vitest';
import { resolverOverview } from '../../../src/metrics/resolver/resolver-overview.ts';
import { resolverText } from '../../../src/report/terminal/resolver.ts';
import { resolverMarkdown } from '../../../src/report/markdown/resolver.ts';
import { plainStyle } from '../../../src/report/view.ts';
import { aResolution, aTransaction } from '../../report/builders.ts';

const at = (startMs: number, endMs?: number): { startMs: number; endMs?: number } => ({ startMs, ...(endMs !== undefined && { endMs }) });
const server = '192.0.2.53:53';

/** Two requests share it; AAAA is lost once and comes 1,020 ms after A; HTTPS comes between them. */
const slow = aResolution({
  id: 1,
  source: 'network',
  ...at(0, 1040),
  outcome: 'ok',
  queuedMs: 3,
  requesterIds: [10, 11],
  tasks: [{ kind: 'dns', ...at(0, 1040), outcome: 'ok' }],
  transactions: [
    aTransaction({ type: 'HTTPS', ...at(0, 30), attempts: [{ transport: 'udp', server, ...at(0, 30) }] }),
    aTransaction({ type: 'AAAA', ...at(0, 1040), attempts: [{ transport: 'udp', server, ...at(0, 1000), timedOut: true }, { transport: 'udp', server, ...at(1000, 1040) }] }),
    aTransaction({ type: 'A', ...at(0, 20), attempts: [{ transport: 'udp', server, ...at(0, 20) }] }),
  ],
});

/** The DNS task fails at 50; HTTPS is out then, 30 ms after the addresses; getaddrinfo answers. */
const fellBack = aResolution({
  id: 2,
  source: 'network',
  ...at(100, 180),
  outcome: 'ok',
  queuedMs: 0,
  requesterIds: [12],
  tasks: [
    { kind: 'dns', ...at(100, 150), outcome: 'failed' },
    { kind: 'system', ...at(150, 180), outcome: 'ok' },
  ],
  transactions: [
    aTransaction({ type: 'HTTPS', ...at(100, 150), outcome: 'cancelled', attempts: [{ transport: 'udp', server, ...at(100) }] }),
    aTransaction({ type: 'A', ...at(100, 120), outcome: 'failed', rcode: 'NXDOMAIN', attempts: [{ transport: 'tcp', server, ...at(100, 120) }] }),
  ],
});

const cached = aResolution({ id: 3, source: 'cache', ...at(200, 200), requesterIds: [13], tasks: [], transactions: [] });
const ofServer = aResolution({ id: 4, source: 'network', forResolver: true, ...at(0, 500), requesterIds: [14], tasks: [], transactions: [] });

const overview = resolverOverview([slow, fellBack, cached, ofServer]);

test('counts each layer by kind, with what became of it', () => {
  const told = overview.layers.map(({ layer, kind, n, outcomes, duration }) => {
    const ends = outcomes === undefined ? [] : [`${outcomes.ok} ok`, `${outcomes.failed} failed`, `${outcomes.cancelled} cancelled`];
    return [layer, kind, n, ...ends, ...(duration === undefined ? [] : [duration.p50])].join(', ');
  });
  expect(told).toEqual([
    'resolver request, answered by a job, 3',
    'resolver request, answered by cache, 1',
    // 1040 and 80: the median lies between them.
    'resolver job, network, 2, 2 ok, 0 failed, 0 cancelled, 560',
    'resolver task, dns, 2, 1 ok, 1 failed, 0 cancelled, 545',
    'resolver task, system, 1, 1 ok, 0 failed, 0 cancelled, 30',
    'DNS transaction, HTTPS, 2, 1 ok, 0 failed, 1 cancelled, 30',
    'DNS transaction, AAAA, 1, 1 ok, 0 failed, 0 cancelled, 1040',
    // That a name does not exist is an answer.
    'DNS transaction, A, 2, 2 ok, 0 failed, 0 cancelled, 20',
    // 30, 1000, 40 and 20 of those that ended.
    'DNS attempt, udp, 5, 3 ok, 1 failed, 1 cancelled, 35',
    'DNS attempt, tcp, 1, 1 ok, 0 failed, 0 cancelled, 20',
  ]);
});

test('sets servers side by side: answers, losses, retries, round trips', () => {
  expect(overview.servers).toMatchObject([
    { server, transport: 'udp', n: 5, answered: 3, timedOut: 1, truncated: 0, retries: 1, roundTrip: { p50: 30, max: 40 } },
    { server, transport: 'tcp', n: 1, answered: 1, timedOut: 0, truncated: 0, retries: 0, roundTrip: { p50: 20 } },
  ]);
});

test('says what waiting cost', () => {
  expect(overview.waits).toMatchObject({
    requestsSharing: 1,
    queued: { n: 1, of: 2, duration: { p50: 3 } },
    // The first had HTTPS before AAAA.
    https: { n: 1, of: 2, duration: { p50: 30 } },
    aaaaAfterA: { n: 1, of: 1, duration: { p50: 1020 } },
    aAfterAaaa: { n: 0, of: 1 },
    laterTask: { n: 1, of: 2, duration: { p50: 50 } },
  });
});

test('an unfinished address query leaves the wait for HTTPS unknown, and is no wait', () => {
  const open = aResolution({ source: 'network', ...at(0), outcome: 'unfinished', requesterIds: [1], transactions: [aTransaction({ type: 'HTTPS', ...at(0, 20) }), aTransaction({ type: 'A', ...at(0), outcome: 'unfinished' })] });
  expect(resolverOverview([open]).waits.https).toEqual({ n: 0, of: 1 });
});

test.each([80, 140])('in %d columns', async (width) => {
  await expect(resolverText(overview, { width, style: plainStyle })).toMatchFileSnapshot(`../../report/__golden__/resolver-${width}.txt`);
});

test('as Markdown, and nothing at all for nothing', async () => {
  await expect(resolverMarkdown(overview)).toMatchFileSnapshot('../../report/__golden__/resolver.md');
  expect(resolverText(resolverOverview([]), { width: 80, style: plainStyle })).toBe('');
});
