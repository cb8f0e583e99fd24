/**
 * The header of a simulated log: the numbers of Chromium 156 for all that is simulated, and a
 * client that says what wrote it. No field trials, since nothing of a browser runs.
 */
import { readConstants } from '../../netlog/constants.ts';
import type { ClientInfo, LogConstants } from '../../netlog/event.ts';
import type { UnixMillis } from '../../units.ts';
import { EVENT_TYPES } from './event-types.ts';
import { NET_ERRORS } from './net-errors.ts';
import { OTHER_TABLES } from './other-tables.ts';
import { QUIC_ERRORS } from './quic-errors.ts';
import { SOURCE_TYPES } from './source-types.ts';

export interface SimulatedClient {
  /** The wall clock at the start of the scenario, which is tick 0. */
  readonly tickOffset: UnixMillis;
  /** Of netlog-analyze. */
  readonly version: string;
  /** What was simulated, in a few words: the scenario, its engine, its seed. */
  readonly subject: string;
}

const HEADER = {
  activeFieldTrialGroups: [],
  ...OTHER_TABLES,
  logCaptureMode: 'Default',
  logEventTypes: EVENT_TYPES,
  logFormatVersion: 1,
  logSourceType: SOURCE_TYPES,
  netError: NET_ERRORS,
  quicError: QUIC_ERRORS,
};

/** Read once: every log has the same tables, and there may be thousands of logs a second. */
const NAMES = readConstants(HEADER);

export function simulatedConstants({ tickOffset, version, subject }: SimulatedClient): LogConstants {
  return engineConstants(tickOffset, { name: 'netlog-analyze', version, os: 'simulated', commandLine: `simulated: ${subject}` });
}

/** The header of a log of the engine, wherever it runs; `tickOffset`: the wall clock at tick 0. */
export function engineConstants(tickOffset: UnixMillis, client: Required<ClientInfo>): LogConstants {
  const clientInfo = { command_line: client.commandLine, name: client.name, os_type: client.os, version: client.version };
  // What differs comes first: spreading into an object is ten times as fast as adding to a spread one.
  return { tickOffset, client, ...NAMES, logged: { clientInfo, timeTickOffset: tickOffset, ...HEADER } };
}
