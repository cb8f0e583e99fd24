/** From an index of sources to those that the filters choose. */
import { anyGlob } from '../../glob.ts';
import type { EventArguments } from './event-arguments.ts';
import { linkedSources, MOST_LINKED_SOURCES } from './linked-sources.ts';
import { hostOf, type SourceIndex } from './source-index.ts';

/** The sources to print; says on the way what the filters miss. */
export function chooseSources(args: EventArguments, index: SourceIndex, tell: (remark: string) => void): ReadonlySet<number> {
  const wantedIds = new Set(args.source);
  const hosts = args.host ?? [];
  const matchesHost = anyGlob(hosts);
  const missing = [...wantedIds].filter((id) => !index.sources.has(id));
  if (missing.length > 0) tell(`no source ${missing.join(', ')}`);
  const chosen = [...index.sources.values()].filter(
    (source) =>
      (wantedIds.size === 0 || wantedIds.has(source.id)) &&
      source.matchesType &&
      source.matchesText &&
      (hosts.length === 0 || matchesHost(hostOf(source, index))),
  );
  if (chosen.length === 0) tell('no source matches');
  const own = chosen.map(({ id }) => id);
  if (!args.withDependencies) return new Set(own);
  const { ids, cut } = linkedSources(own, index);
  if (cut) tell(`--with-dependencies stopped after ${MOST_LINKED_SOURCES} linked sources; choose fewer to start from`);
  return ids;
}
