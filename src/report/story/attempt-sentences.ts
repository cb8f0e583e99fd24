/** The part of a race's story about attempts: when each started, how far it got, and how it ended. */
import type { Attempt, Race } from '../../model/race.ts';
import { formatDuration, formatNetError } from '../format.ts';
import { plainText } from '../plain-text.ts';
import { attemptName, momentText } from './names.ts';

/** How an attempt ended, without its subject; `when` stands before the reason. */
export function attemptOutcomeText(attempt: Attempt, when = ''): string {
  const error = formatNetError(attempt.netError);
  const reason = attempt.cancelReason === undefined ? error : plainText(attempt.cancelReason);
  const because = reason === '' ? '' : ` (${reason})`;
  switch (attempt.outcome) {
    case 'won':
      return `won${when}`;
    case 'lost':
      return `lost${when}${because}`;
    case 'spare':
      return `spare${when}`;
    case 'failed':
      return `failed${when}${error === '' ? '' : `: ${error}`}`;
    case 'cancelled':
      return `cancelled${when}${because}`;
    case 'unfinished':
      return 'unfinished';
  }
}

/** Attempts this close together were started by one decision. */
const TOGETHER_MS = 2;

/** Two sockets to one endpoint at one moment, for a preconnect and a request, tell one story. */
export function attemptSentences(race: Race): string[] {
  const groups: Attempt[][] = [];
  // In order of their start, so that an attempt can only belong to the latest group of its kind.
  const latest = new Map<string, Attempt[]>();
  for (const attempt of race.attempts) {
    const kind = `${attempt.transport} ${attempt.ipEndpoint} ${attempt.outcome}`;
    const group = latest.get(kind);
    if (group?.[0] !== undefined && Math.abs(group[0].startMs - attempt.startMs) <= TOGETHER_MS) {
      group.push(attempt);
      continue;
    }
    const own = [attempt];
    groups.push(own);
    latest.set(kind, own);
  }
  return groups.flatMap((group) => attemptSentence(race, group));
}

function attemptSentence(race: Race, group: readonly Attempt[]): string[] {
  const attempt = group.find(({ cancelReason }) => cancelReason !== undefined) ?? group[0];
  if (attempt === undefined) return [];
  const subject = `${group.length > 1 ? `${group.length}× ` : ''}${attemptName(race, attempt)}`;
  const steps = [`started at ${momentText(race, attempt.startMs)}`, ...middleSteps(race, attempt)];
  return [`${subject} ${steps.join(', ')} and ${lastStep(race, attempt, group.length > 1 ? 'were' : 'was')}.`];
}

function middleSteps(race: Race, { slow, connectedMs, endMs, zeroRtt, unansweredMs, outcome }: Attempt): string[] {
  const steps: string[] = [];
  if (slow === true) {
    const delay = race.delays.connectionAttemptDelayMs;
    steps.push(delay === undefined ? 'outlived the attempt delay' : `outlived the attempt delay of ${formatDuration(delay)}`);
  }
  if (zeroRtt === true) steps.push('used 0-RTT');
  if (unansweredMs !== undefined) steps.push(`was never answered in ${formatDuration(unansweredMs)}`);
  // A 0-RTT or same-millisecond QUIC handshake can end after the connection was usable.
  if (connectedMs !== undefined && (endMs === undefined || connectedMs < endMs))
    steps.push(`connected at ${momentText(race, connectedMs)}`);
  if (connectedMs === undefined && zeroRtt !== true && outcome !== 'won' && outcome !== 'spare') steps.push('never connected');
  return steps;
}

function lastStep(race: Race, attempt: Attempt, was: 'was' | 'were'): string {
  const end = attempt.endMs === undefined ? '' : ` at ${momentText(race, attempt.endMs)}`;
  switch (attempt.outcome) {
    case 'won':
      return `${was} usable first${end}`;
    case 'spare':
      return `${was} usable${end}, not needed: spare`;
    case 'unfinished':
      return `${was} still going when the log ended`;
    case 'cancelled':
      return `${was} ${attemptOutcomeText(attempt, end)}`;
    case 'lost':
    case 'failed':
      return attemptOutcomeText(attempt, end);
  }
}
