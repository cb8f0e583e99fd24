/**
 * Connections that are ready only with more than their handshakes: WebSocket over HTTP/2 and HTTP/3 (RFC 8441, RFC
 * 9220) and WebTransport need settings of the server, and then a session. Who reads the settings and sets the session
 * up is not the race: it is told when a connection is up, and when it has become ready or never will. C vectors of
 * another implementation.
 */
import { describe, expect, it } from 'vitest';
import { type Variant, race } from './draft-race.ts';
import { type Step, a, aaaa, fail, https, ok, ready, record } from './race-driver.ts';

const dual: readonly Step[] = [
  [0, https([record('h3,h2')])],
  [0, aaaa('6a')],
  [0, a('4a')],
];

describe('a session over the connection', () => {
  it.each<[string, readonly Step[], string[], Variant?]>([
    ['C-115, C-116, C-121: the race is won when the session is there, not when the connection is', [...dual, [40, ready('6a/h3')], [45, ok('6a/h3')]], ['0 6a/h3', '40 4a/h3', '45 cancel 4a/h3', '45 won 6a/h3']],
    ['C-117, C-120: a server without the setting is a failed attempt', [...dual, [5, ready('6a/h3')], [9, fail('6a/h3')], [60, ok('4a/h3')]], ['0 6a/h3', '10 4a/h3', '60 won 4a/h3']],
    ['C-117, C-120: and if all are like it, the race is lost', [[0, https()], [0, aaaa('6a')], [0, a('')], [40, ready('6a/h2')], [60, fail('6a/h2')]], ['0 6a/h2', '60 lost attempts-failed']],
    ['C-118: what is connected holds back no other attempt', [...dual, [40, ready('6a/h3')]], ['0 6a/h3', '40 4a/h3', '290 6a/h2', '540 4a/h2']],
    ['C-118, HE-59: but for the floor', [...dual, [4, ready('6a/h3')]], ['0 6a/h3', '10 4a/h3'], { until: 200 }],
    ['C-118: an older attempt that connects moves nothing', [...dual, [260, ready('6a/h3')]], ['0 6a/h3', '250 4a/h3', '500 6a/h2'], { until: 600 }],
    ['C-119: of two the first to have its session wins', [...dual, [40, ready('6a/h3')], [80, ready('4a/h3')], [90, ok('4a/h3')]], ['0 6a/h3', '40 4a/h3', '80 6a/h2', '90 cancel 6a/h3', '90 cancel 6a/h2', '90 won 4a/h3']],
  ])('%s', (_, steps, expected, variant) => {
    expect(race(steps, variant)).toEqual(expected);
  });
});
