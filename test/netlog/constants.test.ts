/** Every table of the header is optional, and may be of any shape. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConstants } from '../../src/netlog/constants.ts';
import { NetLogError } from '../../src/netlog/errors.ts';

const TYPES = { logEventTypes: { REQUEST_ALIVE: 0 } };

describe('the constants of a log', () => {
  it('give names to the numbers', () => {
    const constants = readConstants({
      ...TYPES,
      logSourceType: { SOCKET: 9, NONE: 0 },
      logEventPhase: { PHASE_BEGIN: 5, PHASE_END: 6, PHASE_NONE: 7 },
      quicError: { QUIC_HANDSHAKE_TIMEOUT: 67 },
      logFormatVersion: 1,
      timeTickOffset: 1_795_185_568_794,
      logCaptureMode: 'Default',
      clientInfo: { name: 'Chromium', version: '156.0.8078.79', os_type: 'Linux', command_line: '/usr/bin/chromium', official: '' },
      activeFieldTrialGroups: ['A:B', 'C:D'],
    });
    expect(constants.eventTypes).toEqual(new Map([[0, 'REQUEST_ALIVE']]));
    expect(constants.sourceTypes).toEqual(new Map([[9, 'SOCKET'], [0, 'NONE']]));
    expect(constants.phases).toEqual(new Map([[5, 'BEGIN'], [6, 'END'], [7, 'NONE']]));
    expect(constants.quicErrors).toEqual(new Map([[67, 'QUIC_HANDSHAKE_TIMEOUT']]));
    expect(constants).toMatchObject({
      tickOffset: 1_795_185_568_794,
      formatVersion: 1,
      captureMode: 'Default',
      client: { name: 'Chromium', version: '156.0.8078.79', os: 'Linux', commandLine: '/usr/bin/chromium' },
      fieldTrials: ['A:B', 'C:D'],
    });
  });

  it('may lack everything but the event types', () => {
    expect(readConstants(TYPES)).toEqual({
      fieldTrials: [],
      eventTypes: new Map([[0, 'REQUEST_ALIVE']]),
      sourceTypes: new Map(),
      phases: new Map([[0, 'NONE'], [1, 'BEGIN'], [2, 'END']]),
      netErrors: new Map(),
      quicErrors: new Map(),
      logged: TYPES,
    });
    expect(readConstants({ ...TYPES, clientInfo: {} })).not.toHaveProperty('client');
  });

  it('may have the tick offset as a string, as Chrome 71 and before wrote it', () => {
    expect(readConstants({ ...TYPES, timeTickOffset: '1700000000000' }).tickOffset).toBe(1_700_000_000_000);
    expect(readConstants({ ...TYPES, timeTickOffset: 'soon' })).not.toHaveProperty('tickOffset');
  });

  it('name net errors with the prefix ERR_, whether the log does or not', () => {
    const { netErrors } = readConstants({ ...TYPES, netError: { ERR_ABORTED: -3, CONNECTION_REFUSED: -102, 'net::ERR_FAILED': -2, 'net::OK': 0 } });
    expect(netErrors).toEqual(new Map([[-3, 'ERR_ABORTED'], [-102, 'ERR_CONNECTION_REFUSED'], [-2, 'ERR_FAILED'], [0, 'OK']]));
  });

  it('of whatever shape are read or refused, never more than that', () => {
    const keys = ['logEventTypes', 'logSourceType', 'logEventPhase', 'netError', 'quicError', 'timeTickOffset', 'clientInfo', 'activeFieldTrialGroups', 'logCaptureMode'];
    fc.assert(
      fc.property(fc.anything(), fc.dictionary(fc.constantFrom(...keys), fc.jsonValue()), (value, tables) => {
        expect(() => readConstants(value)).toThrow(NetLogError);
        const { phases, fieldTrials } = readConstants({ ...tables, ...TYPES });
        expect(phases.size).toBeGreaterThan(0);
        expect(Array.isArray(fieldTrials)).toBe(true);
      }),
    );
  });
});
