/** Connection attempts: one SYN or one QUIC socket each. */
import type { Attempt } from '../../model/race.ts';
import { elapsed } from '../../metrics/subjects/values.ts';
import { defineTable, flag, integer, number, text } from './table.ts';

interface RaceAttempt extends Attempt {
  readonly raceId: number;
  readonly raceStartMs: number;
}

export const attemptsTable = defineTable<RaceAttempt>({
  name: 'attempts',
  meaning: 'a connection attempt: one try at one IP endpoint over one transport',
  *rowsOf({ races }) {
    for (const { id, startMs, attempts } of races) for (const attempt of attempts) yield { raceId: id, raceStartMs: startMs, ...attempt };
  },
  columns: [
    integer('race_id', ({ raceId }) => raceId),
    integer('id', ({ id }) => id, 'NetLog source: socket or QUIC attempt'),
    integer('part', ({ part }) => part, '1, 2, … where one socket tried several addresses (old logs)'),
    text('transport', ({ transport }) => transport, 'tcp, quic'),
    text('family', ({ family }) => family, 'ipv6, ipv4'),
    text('ip_endpoint', ({ ipEndpoint }) => ipEndpoint),
    text('local_endpoint', ({ localEndpoint }) => localEndpoint, 'known once connected'),
    text('connector', ({ connector }) => connector, 'first, second, main, fallback, backup'),
    text('outcome', ({ outcome }) => outcome, 'won, lost, spare, failed, cancelled, unfinished'),
    text('net_error', ({ netError }) => netError?.name),
    text('cancel_reason', ({ cancelReason }) => cancelReason),
    number('start_ms', ({ startMs }) => startMs),
    number('since_race_start_ms', ({ raceStartMs, startMs }) => elapsed(raceStartMs, startMs)),
    number('connected_ms', ({ connectedMs }) => connectedMs, 'transport handshake done, as read'),
    number('connect_ms', ({ startMs, connectedMs }) => elapsed(startMs, connectedMs), 'start to `connected_ms`'),
    number('secure_start_ms', ({ secureStartMs }) => secureStartMs),
    number('crypto_wait_ms', ({ cryptoWaitMs }) => cryptoWaitMs, 'connected, but TLS held back for the HTTPS answer'),
    number('end_ms', ({ endMs }) => endMs, 'usable, failed or cancelled'),
    flag('zero_rtt', ({ zeroRtt }) => zeroRtt),
    flag('slow', ({ slow }) => slow, 'outlived the connection attempt delay'),
    text('endpoint_stage', ({ endpointStage }) => endpointStage, 'intermediate, final, cached, unknown'),
  ],
});
