/** A race told in a few sentences: how the name was resolved, what was tried when, who won and why. Plain text. */
import type { Attempt, Race } from '../model/race.ts';
import type { Resolution } from '../model/resolution.ts';
import { formatAddress, formatDestination, formatDuration, formatFamily, formatNetError, formatPlural, formatTransport } from './format.ts';
import { plainText } from './plain-text.ts';

/** The port that goes without saying: that of the destination, unless a proxy stands between. */
export function expectedPort(race: Race): number | undefined {
  return race.proxy === undefined ? race.destination?.port : undefined;
}

/** `TCP 10.77.0.21`. */
export function attemptName(race: Race, attempt: Pick<Attempt, 'transport' | 'ipEndpoint'>): string {
  return `${formatTransport(attempt.transport)} ${formatAddress(attempt.ipEndpoint, expectedPort(race))}`;
}

/** What came of the race, as the end of a sentence about it. */
export function raceOutcomeText(race: Race): string {
  const after = race.durationMs === undefined ? '' : ` after ${formatDuration(race.durationMs)}`;
  switch (race.outcome) {
    case 'connected': {
      const inTime = race.durationMs === undefined ? '' : ` in ${formatDuration(race.durationMs)}`;
      if (race.winner === undefined) return `connected${inTime}`;
      const { family, alpn } = race.winner;
      const properties = [formatFamily(family), ...(alpn === undefined ? [] : [plainText(alpn)])].join(', ');
      return `connected${inTime} over ${attemptName(race, race.winner)} (${properties})`;
    }
    case 'pooled': {
      const session = race.pooledOnto === undefined ? 'an existing session' : `session ${race.pooledOnto.sessionId}`;
      return `needed no connection of its own: ${session} serves it${pooledReason(race)}`;
    }
    case 'failed':
      return `failed${after}${race.netError === undefined ? '' : `: ${formatNetError(race.netError)}`}`;
    case 'cancelled':
      return `was cancelled${after}${race.netError === undefined ? '' : `: ${formatNetError(race.netError)}`}`;
    case 'unfinished':
      return 'was not over when the log ended';
  }
}

function pooledReason({ pooledOnto }: Race): string {
  switch (pooledOnto?.by) {
    case 'ip':
      return ' (same address, and its certificate covers the host)';
    case 'origin-frame':
      return ' (its ORIGIN frame names the host)';
    case 'alias':
      return ' (same DNS alias)';
    case 'unknown':
    case undefined:
      return '';
  }
}

/** The whole story; each sentence stands on its own. */
export function raceStory(race: Race, resolutions: readonly Resolution[]): string[] {
  return [
    `${formatDestination(race)} ${raceOutcomeText(race)}.`,
    ...requestSentence(race),
    ...resolutions.flatMap((resolution) => resolutionSentences(race, resolution)),
    ...localAnswers(resolutions),
    ...endpointSentence(race),
    ...delaySentences(race),
    ...attemptSentences(race),
    ...fallbackSentences(race),
  ];
}

function requestSentence(race: Race): string[] {
  if (race.forResolver === true) return ['The connection is to a DNS-over-HTTPS server.'];
  if (race.preconnect) return ['No request waited for it: a preconnect.'];
  return race.requestIds.length > 1 ? [`${formatPlural(race.requestIds.length, 'request')} waited for it.`] : [];
}

/** A moment of the race, counted from its start. */
function at(race: Race, ms: number): string {
  const offset = ms - race.startMs;
  return offset < 0 ? `${formatDuration(-offset)} before the race` : formatDuration(offset);
}

function resolutionEnd({ outcome, durationMs, netError }: Resolution): string {
  const error = netError === undefined ? '' : `: ${formatNetError(netError)}`;
  switch (outcome) {
    case 'ok':
      return `was done after ${formatDuration(durationMs)}`;
    case 'failed':
      return `failed after ${formatDuration(durationMs)}${error}`;
    case 'cancelled':
      return `was cancelled after ${formatDuration(durationMs)}${error}`;
    case 'unfinished':
      return 'was not done when the log ended';
  }
}

function resolutionSentences(race: Race, resolution: Resolution): string[] {
  const sentences: string[] = [];
  if (resolution.source === 'network') {
    const types = resolution.queryTypes.length === 0 ? '' : ` for ${resolution.queryTypes.map(plainText).join(', ')}`;
    sentences.push(`Resolution ${resolution.id} asked${types} at ${at(race, resolution.startMs)} and ${resolutionEnd(resolution)}.`);
  }
  for (const { type, attempts } of resolution.transactions) {
    const timedOut = attempts.filter((attempt) => attempt.timedOut === true);
    if (timedOut.length === 0) continue;
    const servers = [...new Set(timedOut.flatMap(({ server }) => (server === undefined ? [] : [plainText(server)])))].join(', ');
    sentences.push(`${formatPlural(timedOut.length, `${plainText(type)} query`, `${plainText(type)} queries`)}${servers === '' ? '' : ` to ${servers}`} timed out.`);
  }
  const delay = resolution.resolutionDelay;
  if (delay !== undefined) {
    const end = delay.timedOut === true ? 'ran out without them' : 'ended as they came';
    sentences.push(`With some addresses known, the resolver waited ${formatDuration(delay.elapsedMs)} for the preferred answers; the resolution delay ${delay.timedOut === undefined ? 'has no known end' : end}.`);
  }
  return sentences;
}

const LOCAL_SOURCES = {
  cache: 'from the host cache',
  'stale-cache': 'from the host cache, past its expiry',
  hosts: 'from the hosts file',
  config: 'from the configuration',
  literal: 'by the host itself, an IP address',
} as const;

/** Resolutions that asked nobody: `Resolutions 186, 191 were answered from the host cache.` */
function localAnswers(resolutions: readonly Resolution[]): string[] {
  return (Object.keys(LOCAL_SOURCES) as (keyof typeof LOCAL_SOURCES)[]).flatMap((source) => {
    const ids = resolutions.filter((resolution) => resolution.source === source).map(({ id }) => id);
    if (ids.length === 0) return [];
    return [`Resolution${ids.length === 1 ? '' : 's'} ${ids.join(', ')} ${ids.length === 1 ? 'was' : 'were'} answered ${LOCAL_SOURCES[source]}.`];
  });
}

function endpointSentence(race: Race): string[] {
  const { firstEndpointsMs, cryptoReadyMs, finalMs } = race.dns;
  if (firstEndpointsMs === undefined) return [];
  const parts = [
    `the first endpoints came at ${at(race, firstEndpointsMs)}`,
    ...(cryptoReadyMs === undefined || cryptoReadyMs === firstEndpointsMs ? [] : [`handshakes might begin at ${at(race, cryptoReadyMs)}`]),
    ...(finalMs === undefined || finalMs === firstEndpointsMs ? [] : [`the final ones at ${at(race, finalMs)}${race.endMs !== undefined && finalMs > race.endMs ? ', too late to matter' : ''}`]),
  ];
  const text = parts.join(', ');
  return [`${text.charAt(0).toUpperCase()}${text.slice(1)}.`];
}

function delaySentences({ delays }: Race): string[] {
  const sentences: string[] = [];
  if (delays.tcpHeldBackMs !== undefined && delays.tcpHeldBackMs > 0) {
    const configured = delays.tcpBasedAttemptDelayMs === undefined ? '' : ` (configured: ${formatDuration(delays.tcpBasedAttemptDelayMs)})`;
    sentences.push(`TCP was held back ${formatDuration(delays.tcpHeldBackMs)} to give QUIC a head start${configured}.`);
  }
  if (delays.cryptoWaitMs !== undefined && delays.cryptoWaitMs > 0) {
    sentences.push(`The winner was connected, but TLS waited ${formatDuration(delays.cryptoWaitMs)} for the HTTPS answer.`);
  }
  if (delays.spdyThrottleMs !== undefined && delays.spdyThrottleMs > 0) {
    sentences.push(`Further attempts waited ${formatDuration(delays.spdyThrottleMs)} for a first HTTP/2 session.`);
  }
  return sentences;
}

/** How an attempt ended, without its subject. */
export function attemptOutcomeText(attempt: Attempt): string {
  const error = formatNetError(attempt.netError);
  const reason = attempt.cancelReason === undefined ? error : plainText(attempt.cancelReason);
  const because = reason === '' ? '' : ` (${reason})`;
  switch (attempt.outcome) {
    case 'won':
      return 'won';
    case 'lost':
      return `lost${because}`;
    case 'spare':
      return 'spare';
    case 'failed':
      return `failed${error === '' ? '' : `: ${error}`}`;
    case 'cancelled':
      return `cancelled${because}`;
    case 'unfinished':
      return 'unfinished';
  }
}

/** Attempts this close together were started by one decision. */
const TOGETHER_MS = 2;

/** Two sockets to one endpoint at one moment, for a preconnect and a request, tell one story. */
function attemptSentences(race: Race): string[] {
  const groups: Attempt[][] = [];
  for (const attempt of race.attempts) {
    const same = groups.find(
      ([first]) =>
        first?.transport === attempt.transport &&
        first.ipEndpoint === attempt.ipEndpoint &&
        first.outcome === attempt.outcome &&
        Math.abs(first.startMs - attempt.startMs) <= TOGETHER_MS,
    );
    if (same === undefined) groups.push([attempt]);
    else same.push(attempt);
  }
  return groups.flatMap((group) => attemptSentence(race, group));
}

function attemptSentence(race: Race, group: readonly Attempt[]): string[] {
  const attempt = group.find(({ cancelReason }) => cancelReason !== undefined) ?? group[0];
  if (attempt === undefined) return [];
  const subject = `${group.length > 1 ? `${group.length}× ` : ''}${attemptName(race, attempt)}`;
  const steps = [`started at ${at(race, attempt.startMs)}`, ...middleSteps(race, attempt)];
  return [`${subject} ${steps.join(', ')} and ${lastStep(race, attempt, group.length > 1 ? 'were' : 'was')}.`];
}

function middleSteps(race: Race, { slow, connectedMs, endMs, zeroRtt, outcome }: Attempt): string[] {
  const steps: string[] = [];
  if (slow === true) {
    const delay = race.delays.connectionAttemptDelayMs;
    steps.push(delay === undefined ? 'outlived the attempt delay' : `outlived the attempt delay of ${formatDuration(delay)}`);
  }
  if (zeroRtt === true) steps.push('used 0-RTT');
  // A 0-RTT or same-millisecond QUIC handshake can end after the connection was usable.
  if (connectedMs !== undefined && (endMs === undefined || connectedMs < endMs)) steps.push(`connected at ${at(race, connectedMs)}`);
  if (connectedMs === undefined && zeroRtt !== true && outcome !== 'won' && outcome !== 'spare') steps.push('never connected');
  return steps;
}

function lastStep(race: Race, attempt: Attempt, was: 'was' | 'were'): string {
  const end = attempt.endMs === undefined ? '' : ` at ${at(race, attempt.endMs)}`;
  switch (attempt.outcome) {
    case 'won':
      return `${was} usable first${end}`;
    case 'spare':
      return `${was} usable${end}, not needed: spare`;
    case 'unfinished':
      return `${was} still going when the log ended`;
    case 'cancelled':
      return `${was} ${attemptOutcomeText(attempt)}${end}`;
    case 'lost':
    case 'failed':
      return `${attemptOutcomeText(attempt)}${end}`;
  }
}

function fallbackSentences(race: Race): string[] {
  const { fallback, winner, attempts } = race;
  const first = attempts[0];
  const kinds: string[] = [];
  if (fallback.family && winner !== undefined && first !== undefined) kinds.push(`from ${formatFamily(first.family)} to ${formatFamily(winner.family)}`);
  if (fallback.transport) kinds.push('from QUIC to TCP');
  if (fallback.service) kinds.push('to a less preferred service endpoint');
  if (fallback.resolver) kinds.push('to another resolver task');
  return kinds.length === 0 ? [] : [`It fell back ${kinds.join(', and ')}.`];
}
