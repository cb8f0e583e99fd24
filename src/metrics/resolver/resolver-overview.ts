/** Host resolution as a whole: its layers, its servers, its waits. */
import type { Resolution } from '../../model/resolution.ts';
import { type LayerRow, resolverLayers } from './layers.ts';
import { type ServerRow, serverRows } from './servers.ts';
import { type ResolverWaits, resolverWaits } from './waits.ts';

export interface ResolverOverview {
  readonly layers: readonly LayerRow[];
  readonly servers: readonly ServerRow[];
  readonly waits: ResolverWaits;
}

/** Lookups of a DNS-over-HTTPS server's own name are left out: no page asked for them. */
export function resolverOverview(resolutions: readonly Resolution[]): ResolverOverview {
  const ofPages = resolutions.filter(({ forResolver }) => forResolver !== true);
  return { layers: resolverLayers(ofPages), servers: serverRows(ofPages), waits: resolverWaits(ofPages) };
}
