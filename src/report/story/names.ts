/** How a story names attempts and moments. */
import type { Attempt, Race } from '../../model/race.ts';
import { formatAddress, formatDuration, formatTransport } from '../format.ts';

/** `TCP 10.77.0.21`, with a port only where it is not the destination's, or where a proxy stands between. */
export function attemptName({ proxy, destination }: Race, { transport, ipEndpoint }: Pick<Attempt, 'transport' | 'ipEndpoint'>): string {
  return `${formatTransport(transport)} ${formatAddress(ipEndpoint, proxy === undefined ? destination?.port : undefined)}`;
}

/** A moment of the race, counted from its start. */
export function momentText(race: Race, ms: number): string {
  const offset = ms - race.startMs;
  return offset < 0 ? `${formatDuration(-offset)} before the race` : formatDuration(offset);
}
