/** What a race fell back from: another family, TCP after QUIC, a less preferred service, a later resolver task. */
import { parseEndpoint } from '../../address.ts';
import type { Race } from '../race.ts';
import type { ServiceEndpoint } from '../resolution.ts';
import { type AttemptDraft, endpointFamily } from './attempt-draft.ts';
import { compareMoments } from './context.ts';

export function fallbackOf(
  drafts: readonly AttemptDraft[],
  winner: AttemptDraft | undefined,
  dns: { readonly endpoints: readonly ServiceEndpoint[]; readonly laterTask: boolean },
): Race['fallback'] {
  const first = drafts.toSorted((a, b) => compareMoments(a.start, b.start))[0];
  return {
    family: winner !== undefined && first !== undefined && endpointFamily(winner.ipEndpoint) !== endpointFamily(first.ipEndpoint),
    transport: winner?.transport === 'tcp' && drafts.some((d) => d.transport === 'quic'),
    service: winner !== undefined && usesLesserService(winner, dns.endpoints),
    resolver: winner !== undefined && dns.laterTask,
  };
}

/**
 * The service group of a connection is the first endpoint in order of preference that has its address
 * and speaks its protocol; it is lesser if an HTTPS record stands before it.
 */
function usesLesserService(winner: AttemptDraft, endpoints: readonly ServiceEndpoint[]): boolean {
  const address = parseEndpoint(winner.ipEndpoint)?.address ?? '';
  const protocols = winner.transport === 'quic' ? ['h3'] : ['h2', 'http/1.1'];
  const used = endpoints.findIndex(
    (e) => (e.ipv4.includes(address) || e.ipv6.includes(address)) && (e.alpn.length === 0 || e.alpn.some((p) => protocols.includes(p))),
  );
  return endpoints.slice(0, Math.max(used, 0)).some((e) => e.alpn.length > 0);
}
