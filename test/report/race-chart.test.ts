/** The waterfall of one race: what it draws at two widths, and how it survives odd races. */
import { expect, test } from 'vitest';
import { raceChart, raceText } from '../../src/report/terminal/race-chart.ts';
import { plainStyle } from '../../src/report/view.ts';
import { anAttempt, aRace, aResolution, aTransaction, blackholeRace, cryptoWaitRace, failedRace, tagStyle } from './builders.ts';

for (const width of [80, 140]) {
  const view = { width, style: plainStyle };
  test(`a dead IPv6 address, ${width} columns`, async () => {
    const { race, resolution } = blackholeRace();
    await expect(raceText(race, [resolution], view)).toMatchFileSnapshot(`__golden__/race-blackhole-${width}.txt`);
  });
  test(`TLS waits for the HTTPS answer, ${width} columns`, async () => {
    const { race, resolution } = cryptoWaitRace();
    await expect(raceText(race, [resolution], view)).toMatchFileSnapshot(`__golden__/race-crypto-wait-${width}.txt`);
  });
  test(`a name that does not resolve, ${width} columns`, async () => {
    const { race, resolution } = failedRace();
    await expect(raceText(race, [resolution], view)).toMatchFileSnapshot(`__golden__/race-failed-${width}.txt`);
  });
}

const view = { width: 80, style: plainStyle };

test('what the log does not show the end of reaches to the edge', () => {
  const race = aRace({
    outcome: 'unfinished',
    attempts: [
      anAttempt({ id: 1, ipEndpoint: '10.0.0.1:443', startMs: 20, outcome: 'unfinished' }),
      anAttempt({ id: 2, ipEndpoint: '10.0.0.2:443', startMs: 220, outcome: 'unfinished' }),
    ],
  });
  const transaction = aTransaction({ type: 'A', startMs: 1, outcome: 'unfinished' });
  expect(raceChart(race, [aResolution({ outcome: 'unfinished', transactions: [transaction] })], view)).toMatchInlineSnapshot(`
    "                0         50 ms      100 ms     150 ms
                    ├─────────┼──────────┼──────────┼─────────┼────
      dns A         ├─────────────────────────────────────────────…  open
      TCP 10.0.0.1      ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░…  open unfinished
      TCP 10.0.0.2                                                …  open unfinished

    ░ connecting   … no end in the log
    "
  `);
});

test('a query that timed out shows both tries', () => {
  const transaction = aTransaction({
    type: 'A',
    endMs: 1030,
    attempts: [
      { transport: 'udp', server: '10.77.0.1:53', startMs: 0, endMs: 1000, timedOut: true },
      { transport: 'udp', server: '10.77.0.2:53', startMs: 1000, endMs: 1030 },
    ],
  });
  expect(raceChart(aRace({ endMs: 1060, durationMs: 1060 }), [aResolution({ transactions: [transaction] })], view)).toMatchInlineSnapshot(`
    "         0                      500 ms                  1 s
             ├──────────────────────┼───────────────────────┼─▼
      dns A  ├──────────────────────────────────────────────T┤   1.030 s 1 timed out

    T timed out   ▼ race over
    "
  `);
});

/** An HTTPS record leads to another name, and that to a third, which only the system is asked for. */
function followUpRace() {
  const longName = 'a-name-that-is-long-indeed.pool.example.net';
  const race = aRace({ endMs: 60, durationMs: 60 });
  const resolutions = [
    aResolution({ transactions: [aTransaction({ type: 'HTTPS', endMs: 20 })] }),
    aResolution({ id: 129, host: 'pool.example.net', transactions: [aTransaction({ type: 'AAAA', name: 'pool.example.net', startMs: 20, endMs: 40 })] }),
    aResolution({ id: 130, host: longName, tasks: [{ kind: 'system', startMs: 40, endMs: 60, outcome: 'ok' }] }),
  ];
  return { race, resolutions };
}

test('rows about another name than the destination\'s say which, 80 columns', () => {
  const { race, resolutions } = followUpRace();
  expect(raceChart(race, resolutions, view)).toMatchInlineSnapshot(`
    "                              0             20 ms         40 ms
                                  ├─────────────┼─────────────┼─────────────▼
      dns HTTPS                   ├─────────────┤                              20 ms
      dns AAAA pool.example.net                 ├─────────────┤                20 ms
      dns system a-….example.net                              ├─────────────┤  20 ms

    ▼ race over
    "
  `);
});

test('rows about another name than the destination\'s say which, 140 columns', () => {
  const { race, resolutions } = followUpRace();
  expect(raceChart(race, resolutions, { width: 140, style: plainStyle })).toMatchInlineSnapshot(`
    "                                                      0         10 ms      20 ms      30 ms      40 ms      50 ms
                                                          ├─────────┼──────────┼──────────┼──────────┼──────────┼─────────▼
      dns HTTPS                                           ├────────────────────┤                                             20 ms  10.77.0.1:53
      dns AAAA pool.example.net                                                ├─────────────────────┤                       20 ms  10.77.0.1:53
      dns system a-name-that-is…-indeed.pool.example.net                                             ├────────────────────┤  20 ms

    ▼ race over
    "
  `);
});

test('the resolution delay and a held-back TCP are waits', () => {
  const race = aRace({
    endMs: 400,
    durationMs: 400,
    dns: { firstEndpointsMs: 77 },
    attempts: [
      anAttempt({ id: 1, transport: 'quic', ipEndpoint: '10.0.0.1:443', startMs: 78, endMs: 500, outcome: 'failed' }),
      anAttempt({ id: 2, ipEndpoint: '10.0.0.1:443', startMs: 378, connectedMs: 390, secureStartMs: 390, endMs: 400 }),
    ],
    delays: { tcpHeldBackMs: 300 },
  });
  expect(raceChart(race, [aResolution({ resolutionDelay: { startMs: 27, elapsedMs: 50, timedOut: true } })], view)).toMatchInlineSnapshot(`
    "                    0                200 ms           400 ms
                        ├────────────────┼────────────────▼────────
      resolution delay    ╌╌╌╌                                       50 ms ran out
      endpoints               ◇
      tcp held back           ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌             300 ms for QUIC
      QUIC 10.0.0.1           ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░✗  422 ms failed
    ★ TCP 10.0.0.1                                      ░▒★███████   22 ms won

    ░ connecting   ▒ TLS handshake   █ usable   ★ usable first   ✗ failed
    ╌ waiting on purpose   ◇ intermediate endpoints   ▼ race over
    "
  `);
});

test('a race without anything to draw says so', () => {
  expect(raceChart(aRace(), [], view)).toBe('Nothing was attempted.\n');
});

test('colour does not move anything', () => {
  const { race, resolution } = blackholeRace();
  const coloured = raceText(race, [resolution], { width: 80, style: tagStyle });
  expect(coloured.replaceAll(/<\/?\w*>/g, '').replaceAll(/ +$/gm, '')).toBe(raceText(race, [resolution], view).replaceAll(/ +$/gm, ''));
});

test('no line is wider than the terminal, whatever the width and the names', () => {
  const { race, resolution } = blackholeRace();
  const long = {
    ...race,
    attempts: race.attempts.map((attempt) => ({ ...attempt, ipEndpoint: '[2001:db8:1111:2222:3333:4444:5555:6666]:8443' })),
  };
  for (const width of [60, 72, 80, 100, 109, 110, 140, 200]) {
    const lines = raceChart(long, [resolution], { width, style: plainStyle }).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
  }
});
