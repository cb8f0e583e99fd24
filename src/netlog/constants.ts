/**
 * The header of a log, `constants`, made into `LogConstants`.
 *
 * Tables differ with each Chromium version and any of them may be missing or of another shape;
 * only `logEventTypes` is indispensable, since without it no event has a name.
 */
import type { UnixMillis } from '../units.ts';
import { NetLogError } from './errors.ts';
import type { ClientInfo, LogConstants, Phase } from './event.ts';
import { asInteger, asNumber, asRecord, asText } from './json-values.ts';
import { READ_LIMITS, isBeyond } from './limits.ts';

const PHASE_NAMES: ReadonlyMap<string, Phase> = new Map([
  ['PHASE_NONE', 'NONE'],
  ['PHASE_BEGIN', 'BEGIN'],
  ['PHASE_END', 'END'],
]);

/** What Chromium has written for phases in every version so far. */
const USUAL_PHASES: ReadonlyMap<number, Phase> = new Map([
  [0, 'NONE'],
  [1, 'BEGIN'],
  [2, 'END'],
]);

/**
 * Reads the value of the key `constants`.
 * Throws a `NetLogError` with the code `not-a-netlog` if there is no table of event types in it,
 * or if it nests deeper than params may.
 */
export function readConstants(value: unknown): LogConstants {
  const constants = asRecord(value);
  const eventTypes = namesByNumber(constants?.['logEventTypes']);
  if (constants === undefined || eventTypes.size === 0) {
    throw new NetLogError(
      'not-a-netlog',
      'Expected a NetLog, found JSON whose "constants" hold no table "logEventTypes". Is it the output of another tool?',
    );
  }
  if (isBeyond(constants, READ_LIMITS)) {
    throw new NetLogError('not-a-netlog', 'Expected a NetLog, found "constants" that nest deeper, or hold longer texts, than those of any browser.');
  }
  const tickOffset = asNumber(constants['timeTickOffset']);
  const formatVersion = asInteger(constants['logFormatVersion']);
  const captureMode = asText(constants['logCaptureMode']);
  const client = readClient(constants['clientInfo']);
  return {
    ...(tickOffset !== undefined && { tickOffset: tickOffset as UnixMillis }),
    ...(formatVersion !== undefined && { formatVersion }),
    ...(captureMode !== undefined && { captureMode }),
    ...(constants['sliced'] === true && { sliced: true as const }),
    ...(client !== undefined && { client }),
    fieldTrials: readTexts(constants['activeFieldTrialGroups']),
    eventTypes,
    sourceTypes: namesByNumber(constants['logSourceType']),
    phases: readPhases(constants['logEventPhase']),
    netErrors: readNetErrors(constants['netError']),
    quicErrors: namesByNumber(constants['quicError']),
    logged: constants,
  };
}

/** Characters of a name in a table; each thing that it stands for tells it. */
const LONGEST_NAME = 256;

/** Logs map names to numbers; we look names up by number. Entries that are not numbers are left out. */
function namesByNumber(table: unknown): Map<number, string> {
  const names = new Map<number, string>();
  for (const [name, value] of Object.entries(asRecord(table) ?? {})) {
    const number = asInteger(value);
    if (number !== undefined && name.length <= LONGEST_NAME) names.set(number, name);
  }
  return names;
}

function readPhases(table: unknown): ReadonlyMap<number, Phase> {
  const phases = new Map<number, Phase>();
  for (const [number, name] of namesByNumber(table)) {
    const phase = PHASE_NAMES.get(name);
    if (phase !== undefined) phases.set(number, phase);
  }
  return phases.size > 0 ? phases : USUAL_PHASES;
}

/** The prefix `ERR_` is in the table of newer logs only; success is spelled `net::OK`. */
function readNetErrors(table: unknown): ReadonlyMap<number, string> {
  const errors = namesByNumber(table);
  for (const [code, name] of errors) {
    const bare = name.replace(/^net::/, '');
    errors.set(code, code === 0 || bare.startsWith('ERR_') ? bare : `ERR_${bare}`);
  }
  return errors;
}

function readClient(value: unknown): ClientInfo | undefined {
  const info = asRecord(value);
  if (info === undefined) return undefined;
  const name = asText(info['name']);
  const version = asText(info['version']);
  const os = asText(info['os_type']);
  const commandLine = asText(info['command_line']);
  const client: ClientInfo = {
    ...(name !== undefined && { name }),
    ...(version !== undefined && { version }),
    ...(os !== undefined && { os }),
    ...(commandLine !== undefined && { commandLine }),
  };
  return Object.keys(client).length > 0 ? client : undefined;
}

function readTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
