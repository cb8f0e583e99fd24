/** The part of a race's story about names: who was asked, what timed out, when endpoints were known. */
import type { Race } from '../../model/race.ts';
import type { DnsTransaction, Resolution } from '../../model/resolution.ts';
import { formatDuration, formatNetError, formatPlural } from '../format.ts';
import { otherHost } from '../other-host.ts';
import { plainText } from '../plain-text.ts';
import { momentText } from './names.ts';

export function resolutionSentences(race: Race, resolutions: readonly Resolution[]): string[] {
  const asked = resolutions.filter(({ source }) => source === 'network');
  return [...asked.flatMap((resolution) => networkSentences(race, resolution)), ...localAnswers(resolutions)];
}

function networkSentences(race: Race, resolution: Resolution): string[] {
  const { id, host, queryTypes, startMs, transactions } = resolution;
  return [
    `Resolution ${id} asked${questionText(queryTypes, otherHost(race, host))} at ${momentText(race, startMs)} and ${resolutionEnd(resolution)}.`,
    ...transactions.flatMap(timedOutSentences),
    ...delaySentences(resolution),
  ];
}

/** `of` a name only where it is not the one that the story is about. */
function questionText(queryTypes: readonly string[], host: string | undefined): string {
  const types = queryTypes.map(plainText).join(', ');
  if (types === '') return host === undefined ? '' : ` for ${host}`;
  return host === undefined ? ` for ${types}` : ` for ${types} of ${host}`;
}

function resolutionEnd({ outcome, durationMs, netError }: Resolution): string {
  const after = `after ${formatDuration(durationMs)}`;
  const because = netError === undefined ? '' : `: ${formatNetError(netError)}`;
  switch (outcome) {
    case 'ok':
      return `was done ${after}`;
    case 'failed':
      return `failed ${after}${because}`;
    case 'cancelled':
      return `was cancelled ${after}${because}`;
    case 'unfinished':
      return 'was not done when the log ended';
  }
}

function timedOutSentences({ type, attempts }: DnsTransaction): string[] {
  const timedOut = attempts.filter((attempt) => attempt.timedOut === true);
  if (timedOut.length === 0) return [];
  const servers = [...new Set(timedOut.flatMap(({ server }) => (server === undefined ? [] : [plainText(server)])))].join(', ');
  const queries = formatPlural(timedOut.length, `${plainText(type)} query`, `${plainText(type)} queries`);
  return [`${queries}${servers === '' ? '' : ` to ${servers}`} timed out.`];
}

function delaySentences({ resolutionDelay }: Resolution): string[] {
  // One that ends in the millisecond in which it begins delays nothing.
  if (resolutionDelay === undefined || resolutionDelay.elapsedMs === 0) return [];
  const { elapsedMs, timedOut } = resolutionDelay;
  const lasted = elapsedMs === undefined ? 'had no end in the log' : `lasted ${formatDuration(elapsedMs)}`;
  const end = timedOut === undefined ? '' : timedOut ? ' and ran out without them' : ' and ended as they came';
  return [`Some addresses were known early, but the resolution delay, the wait for the preferred answers, ${lasted}${end}.`];
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
    return [`${localSubject(ids)} answered ${LOCAL_SOURCES[source]}.`];
  });
}

const MOST_IDS = 4;

function localSubject(ids: readonly number[]): string {
  if (ids.length === 1) return `Resolution ${ids.join('')} was`;
  return ids.length <= MOST_IDS ? `Resolutions ${ids.join(', ')} were` : `${formatPlural(ids.length, 'resolution')} were`;
}

/** When endpoints were known; nothing for a race that never had any. */
export function endpointSentences(race: Race): string[] {
  const { firstEndpointsMs, cryptoReadyMs, finalMs } = race.dns;
  if (firstEndpointsMs === undefined) return [];
  const late = finalMs !== undefined && race.endMs !== undefined && finalMs > race.endMs ? ', too late to matter' : '';
  const parts = [
    `The first endpoints came at ${momentText(race, firstEndpointsMs)}`,
    ...(cryptoReadyMs === undefined || cryptoReadyMs === firstEndpointsMs
      ? []
      : [`handshakes might begin at ${momentText(race, cryptoReadyMs)}`]),
    ...(finalMs === undefined || finalMs === firstEndpointsMs ? [] : [`the final ones came at ${momentText(race, finalMs)}${late}`]),
  ];
  return [`${parts.join(', ')}.`];
}
