/** The name that a resolution is about, where that is not the race's own: a follow-up's, an alias's, a proxy's. */
import { canonicalHost } from '../address.ts';
import type { Race } from '../model/race.ts';
import { plainText } from './plain-text.ts';

/** `undefined`: it is the host of the race's destination, or not known. */
export function otherHost({ destination }: Race, name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const isOwn = destination !== undefined && canonicalHost(name) === canonicalHost(destination.host);
  return isOwn ? undefined : plainText(name);
}
