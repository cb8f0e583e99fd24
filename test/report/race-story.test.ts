/** The story of a race, one sentence per thing that happened. */
import { expect, test } from 'vitest';
import { raceMarkdown } from '../../src/report/markdown/race.ts';
import { raceText } from '../../src/report/terminal/race-chart.ts';
import { plainStyle } from '../../src/report/view.ts';
import { raceOutcomeText, raceStory } from '../../src/report/story/race-story.ts';
import { anAttempt, aRace, aResolution, aTransaction, blackholeRace } from './builders.ts';

test.each([
  [aRace({ outcome: 'connected', durationMs: 12 }), 'connected in 12 ms'],
  [
    aRace({ outcome: 'failed', durationMs: 12_000, netError: { code: -118, name: 'ERR_CONNECTION_TIMED_OUT' } }),
    'failed after 12.000 s: ERR_CONNECTION_TIMED_OUT',
  ],
  [aRace({ outcome: 'cancelled' }), 'was cancelled'],
  [aRace({ outcome: 'unfinished' }), 'was not over when the log ended'],
  [
    aRace({ outcome: 'pooled', pooledOnto: { sessionId: 44, by: 'ip' } }),
    'needed no connection of its own: session 44 serves it (same address, and its certificate covers the host)',
  ],
])('an outcome in words: %#', (race, text) => {
  expect(raceOutcomeText(race)).toBe(text);
});

test('time-outs, the resolution delay and a held-back TCP are told', () => {
  const race = aRace({
    durationMs: 1500,
    endMs: 1500,
    requestIds: [1, 2],
    dns: { startMs: 0, firstEndpointsMs: 1030 },
    attempts: [
      anAttempt({
        id: 1,
        transport: 'quic',
        ipEndpoint: '[2001:db8::1]:443',
        startMs: 1031,
        endMs: 1300,
        outcome: 'failed',
        netError: { code: -356, name: 'ERR_QUIC_PROTOCOL_ERROR' },
      }),
      anAttempt({ id: 2, ipEndpoint: '[2001:db8::1]:8443', startMs: 1331, endMs: 1500 }),
    ],
    winner: { attemptId: 2, transport: 'tcp', family: 'ipv6', ipEndpoint: '[2001:db8::1]:8443', endpointStage: 'final' },
    fallback: { family: false, transport: true, service: true, resolver: false },
    delays: { tcpHeldBackMs: 300, tcpBasedAttemptDelayMs: 300 },
  });
  const late = aTransaction({
    type: 'AAAA',
    attempts: [
      { transport: 'udp', server: '10.77.0.1:53', startMs: 0, endMs: 1000, timedOut: true },
      { transport: 'udp', server: '10.77.0.2:53', startMs: 1000, endMs: 1030 },
    ],
  });
  const resolution = aResolution({
    transactions: [late],
    durationMs: 1030,
    endMs: 1030,
    resolutionDelay: { startMs: 27, elapsedMs: 50, timedOut: true },
  });
  expect(raceStory(race, [resolution])).toMatchInlineSnapshot(`
    [
      "https://a.test connected in 1.500 s over TCP [2001:db8::1]:8443 (IPv6).",
      "2 requests waited for it.",
      "Resolution 128 asked for A, AAAA, HTTPS at 0 ms and was done after 1.030 s.",
      "1 AAAA query to 10.77.0.1:53 timed out.",
      "Some addresses were known early, but the resolution delay, the wait for the preferred answers, lasted 50 ms and ran out without them.",
      "The first endpoints came at 1.030 s.",
      "TCP was held back 300 ms to give QUIC a head start (configured: 300 ms).",
      "QUIC 2001:db8::1 started at 1.031 s, never connected and failed at 1.300 s: ERR_QUIC_PROTOCOL_ERROR.",
      "TCP [2001:db8::1]:8443 started at 1.331 s and was usable first at 1.500 s.",
      "It fell back from QUIC to TCP, and to a less preferred service endpoint.",
    ]
  `);
});

test('a resolution of another name than the destination\'s says which', () => {
  const sentences = raceStory(aRace(), [
    aResolution({ id: 15, host: 'A.test.', endMs: 20, durationMs: 20 }),
    aResolution({ id: 16, host: 'pool.example.net', queryTypes: ['HTTPS'], startMs: 20, endMs: 45, durationMs: 25 }),
    aResolution({ id: 17, host: 'pool.example.net', queryTypes: [], startMs: 45, endMs: 50, durationMs: 5 }),
  ]);
  expect(sentences.slice(1)).toEqual([
    'Resolution 15 asked for A, AAAA, HTTPS at 0 ms and was done after 20 ms.',
    'Resolution 16 asked for HTTPS of pool.example.net at 20 ms and was done after 25 ms.',
    'Resolution 17 asked for pool.example.net at 45 ms and was done after 5 ms.',
  ]);
});

test('resolutions that asked nobody share a sentence', () => {
  expect(
    raceStory(aRace(), [
      aResolution({ source: 'cache' }),
      aResolution({ id: 130, source: 'cache' }),
      aResolution({ id: 131, source: 'hosts' }),
    ]),
  ).toEqual([
    'https://a.test connected.',
    'Resolutions 128, 130 were answered from the host cache.',
    'Resolution 131 was answered from the hosts file.',
  ]);
});

test('a 0-RTT winner is not said to have connected later than it was usable', () => {
  const race = aRace({
    attempts: [anAttempt({ id: 1, transport: 'quic', ipEndpoint: '10.0.0.1:443', startMs: 5, connectedMs: 60, endMs: 6, zeroRtt: true })],
  });
  expect(raceStory(race, [])).toContain('QUIC 10.0.0.1 started at 5 ms, used 0-RTT and was usable first at 6 ms.');
});

test('as Markdown the story is a list and the waterfall a fenced block', async () => {
  const { race, resolution } = blackholeRace();
  await expect(raceMarkdown(race, [resolution], 80)).toMatchFileSnapshot('__golden__/race.md');
});

test('hostile text of a log neither reaches the terminal nor leaves its Markdown', () => {
  const evil = 'x\u001b[2J\n```\n# y\u202e';
  const race = aRace({
    destination: { scheme: 'https', host: evil, port: 443 },
    proxy: evil,
    privacyMode: evil,
    networkAnonymizationKey: evil,
    outcome: 'failed',
    netError: { code: -1, name: evil },
    attempts: [
      anAttempt({ id: 1, ipEndpoint: evil, endMs: 5, outcome: 'failed', netError: { code: -1, name: evil } }),
      anAttempt({ id: 2, ipEndpoint: evil, endMs: 9, outcome: 'lost', cancelReason: evil }),
    ],
  });
  const transaction = aTransaction({
    type: evil,
    name: evil,
    rcode: evil,
    outcome: 'failed',
    endMs: 3,
    attempts: [{ transport: 'udp', server: evil, startMs: 0, endMs: 3, timedOut: true }],
  });
  const resolution = aResolution({
    queryTypes: [evil],
    transactions: [transaction],
    tasks: [{ kind: evil, startMs: 0, endMs: 4, outcome: 'failed', netError: { code: -1, name: evil } }],
  });
  for (const text of [raceText(race, [resolution], { width: 140, style: plainStyle }), raceMarkdown(race, [resolution], 140)]) {
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text).not.toMatch(/^# y/m);
  }
});
