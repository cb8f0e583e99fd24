/** The header of a simulated log against that of a recording of Chromium 156. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readConstants } from '../../../src/netlog/constants.ts';
import { simulatedConstants } from '../../../src/simulator/log/constants.ts';
import { EVENT_TYPES } from '../../../src/simulator/log/event-types.ts';
import { NET_ERRORS } from '../../../src/simulator/log/net-errors.ts';

const RECORDING = join(import.meta.dirname, '../../../samples/dual-hev3/netlog.json.gz');

const constants = simulatedConstants({ tickOffset: 1_700_000_000_000, version: '1.2.3', subject: 'v6-blackhole, seed 7' });

const isTable = (value: unknown): value is Record<string, number> => typeof value === 'object' && value !== null && !Array.isArray(value);

describe('the constants of a simulated log', () => {
  it('give every name the number it has in Chromium 156', () => {
    const header = gunzipSync(readFileSync(RECORDING)).toString().split(',\n"events"', 1)[0]!;
    const recorded = (JSON.parse(`${header}}`) as { constants: Record<string, unknown> }).constants;
    const { clientInfo: _, ...rest } = constants.logged;
    const tables = Object.entries(rest).filter(([, value]) => isTable(value));
    expect(tables.map(([key]) => key).toSorted()).toEqual([
      'addressFamily', 'certStatusFlag', 'dnsQueryType', 'loadFlag', 'logEventPhase', 'logEventTypes', 'logSourceType', 'netError', 'quicError', 'secureDnsMode',
    ]);
    for (const [key, table] of tables) expect(recorded[key], key).toMatchObject(table as object);
  });

  it('say that the log is simulated', () => {
    expect(constants.client).toEqual({ name: 'netlog-analyze', version: '1.2.3', os: 'simulated', commandLine: 'simulated: v6-blackhole, seed 7' });
    expect(constants).toMatchObject({ tickOffset: 1_700_000_000_000, captureMode: 'Default', formatVersion: 1, fieldTrials: [] });
  });

  it('are what a reader makes of the header', () => {
    expect(readConstants(JSON.parse(JSON.stringify(constants.logged)))).toEqual(constants);
  });

  it('hold what the NetLog web viewer asks for', () => {
    for (const key of ['logEventTypes', 'clientInfo', 'logEventPhase', 'logSourceType', 'loadFlag', 'netError', 'addressFamily']) {
      expect(constants.logged[key], key).toBeTypeOf('object');
    }
    expect(constants.logged['timeTickOffset']).toBeTypeOf('number');
    expect(constants.logged['logFormatVersion']).toBe(1);
  });

  it('name the events of the three connection paths, and the errors they end in', () => {
    expect(EVENT_TYPES).toMatchObject({
      HTTP_STREAM_POOL_ATTEMPT_MANAGER_ALIVE: 220,
      TCP_CONNECT_JOB_CONNECT: 106,
      TRANSPORT_CONNECT_JOB_CONNECT: 105,
      QUIC_SESSION_POOL_JOB: 312,
    });
    expect(NET_ERRORS).toMatchObject({ 'net::OK': 0, ERR_NAME_NOT_RESOLVED: -105, ERR_DNS_NO_MATCHING_SUPPORTED_ALPN: -811 });
    expect(constants.netErrors.get(0)).toBe('OK');
  });
});
