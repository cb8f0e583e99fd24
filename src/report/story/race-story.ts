/** A race told in a few sentences: how the name was resolved, what was tried when, who won and why. Plain text. */
import type { Race } from '../../model/race.ts';
import type { Resolution } from '../../model/resolution.ts';
import { formatDestination, formatDuration, formatFamily, formatNetError, formatPlural } from '../format.ts';
import { plainText } from '../plain-text.ts';
import { attemptSentences } from './attempt-sentences.ts';
import { attemptName } from './names.ts';
import { endpointSentences, resolutionSentences } from './resolution-sentences.ts';

/** The whole story; each sentence stands on its own, and the first gives the outcome. */
export function raceStory(race: Race, resolutions: readonly Resolution[]): string[] {
  return [
    `${formatDestination(race)} ${raceOutcomeText(race)}.`,
    ...requestSentences(race),
    ...resolutionSentences(race, resolutions),
    ...endpointSentences(race),
    ...delaySentences(race),
    ...attemptSentences(race),
    ...fallbackSentences(race),
  ];
}

/** What came of the race, as the end of a sentence about it. */
export function raceOutcomeText(race: Race): string {
  const after = race.durationMs === undefined ? '' : ` after ${formatDuration(race.durationMs)}`;
  const because = race.netError === undefined ? '' : `: ${formatNetError(race.netError)}`;
  switch (race.outcome) {
    case 'connected':
      return connectedText(race);
    case 'pooled': {
      const session = race.pooledOnto === undefined ? 'an existing session' : `session ${race.pooledOnto.sessionId}`;
      return `needed no connection of its own: ${session} serves it${POOLED_BY[race.pooledOnto?.by ?? 'unknown']}`;
    }
    case 'failed':
      return `failed${after}${because}`;
    case 'cancelled':
      return `was cancelled${after}${because}`;
    case 'unfinished':
      return 'was not over when the log ended';
  }
}

const POOLED_BY = {
  ip: ' (same address, and its certificate covers the host)',
  'origin-frame': ' (its ORIGIN frame names the host)',
  alias: ' (same DNS alias)',
  unknown: '',
} as const;

function connectedText(race: Race): string {
  const inTime = race.durationMs === undefined ? '' : ` in ${formatDuration(race.durationMs)}`;
  if (race.winner === undefined) return `connected${inTime}`;
  const { family, alpn } = race.winner;
  const properties = [formatFamily(family), ...(alpn === undefined ? [] : [plainText(alpn)])].join(', ');
  return `connected${inTime} over ${attemptName(race, race.winner)} (${properties})`;
}

function requestSentences(race: Race): string[] {
  if (race.forResolver === true) return ['The connection is to a DNS-over-HTTPS server.'];
  if (race.preconnect) return ['No request waited for it: a preconnect.'];
  return race.requestIds.length > 1 ? [`${formatPlural(race.requestIds.length, 'request')} waited for it.`] : [];
}

function delaySentences({ delays }: Race): string[] {
  const { tcpHeldBackMs = 0, tcpBasedAttemptDelayMs, cryptoWaitMs = 0, spdyThrottleMs = 0 } = delays;
  const sentences: string[] = [];
  if (tcpHeldBackMs > 0) {
    const configured = tcpBasedAttemptDelayMs === undefined ? '' : ` (configured: ${formatDuration(tcpBasedAttemptDelayMs)})`;
    sentences.push(`TCP was held back ${formatDuration(tcpHeldBackMs)} to give QUIC a head start${configured}.`);
  }
  if (cryptoWaitMs > 0) sentences.push(`The winner was connected, but TLS waited ${formatDuration(cryptoWaitMs)} for the HTTPS answer.`);
  if (spdyThrottleMs > 0) sentences.push(`Further attempts waited ${formatDuration(spdyThrottleMs)} for a first HTTP/2 session.`);
  return sentences;
}

function fallbackSentences({ fallback, winner, attempts }: Race): string[] {
  const [first] = attempts;
  const kinds: string[] = [];
  if (fallback.family)
    kinds.push(
      winner === undefined || first === undefined
        ? 'to the other address family'
        : `from ${formatFamily(first.family)} to ${formatFamily(winner.family)}`,
    );
  if (fallback.transport) kinds.push('from QUIC to TCP');
  if (fallback.service) kinds.push('to a less preferred service endpoint');
  if (fallback.resolver) kinds.push('to a later resolver task');
  return kinds.length === 0 ? [] : [`It fell back ${kinds.join(', and ')}.`];
}
