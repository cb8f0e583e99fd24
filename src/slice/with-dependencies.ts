/**
 * From chosen sources to all that they need: along source dependencies in both directions, because a
 * race is told by the sockets that name it as much as by the resolver job that it names.
 *
 * The walk does not pass through what serves many: from a session or a pool it would reach every
 * request. Sessions and pools that it comes upon are kept; requests are kept only if they were chosen.
 * The way to a host, direct or through a proxy, is logged by whatever stream-job controller asked last, and
 * which sessions could have served it by the sessions.
 */
import type { SourceLinks } from './source-links.ts';
import type { ChosenSources } from './sources-of.ts';

const ENDS: ReadonlySet<string> = new Set([
  'HTTP2_SESSION',
  'QUIC_SESSION',
  'HTTP_STREAM_POOL_GROUP',
  'QUIC_SESSION_POOL',
  'NETWORK_QUALITY_ESTIMATOR',
  'NETWORK_SERVICE_HOST_RESOLVER',
  'COOKIE_STORE',
]);
const ONLY_IF_CHOSEN: ReadonlySet<string> = new Set(['URL_REQUEST', 'DNS_OVER_HTTPS']);

/** Events of the whole client, such as a changed network, belong to every part of its log. */
const ALWAYS_KEPT: ReadonlySet<string> = new Set(['NONE']);

export function withDependencies({ ids: chosen, hosts }: ChosenSources, links: SourceLinks): ReadonlySet<number> {
  const kept = new Set<number>();
  for (const source of links.values()) if (ALWAYS_KEPT.has(source.type) || [...source.hosts].some((host) => hosts.has(host))) kept.add(source.id);
  const pending = [...chosen].filter((id) => links.has(id));
  for (const id of pending) kept.add(id);
  for (const id of pending) {
    const source = links.get(id);
    if (source === undefined || (ENDS.has(source.type) && !chosen.has(id))) continue;
    for (const next of source.linked) {
      const linked = links.get(next);
      if (linked === undefined || kept.has(next) || ONLY_IF_CHOSEN.has(linked.type)) continue;
      kept.add(next);
      pending.push(next);
    }
  }
  return kept;
}
