/** What a race fell back from: another family, TCP after QUIC, a less preferred service, a later resolver task. */
import { parseEndpoint } from '../../address.ts';
import type { Race } from '../race.ts';
import { type AttemptDraft, endpointFamily } from './attempt-draft.ts';
import { compareMoments } from './context.ts';
import type { ServiceRank } from './service-rank.ts';

export function fallbackOf(
  drafts: readonly AttemptDraft[],
  winner: AttemptDraft | undefined,
  dns: { readonly isLesser: ServiceRank; readonly laterTask: boolean },
): Race['fallback'] {
  const first = drafts.toSorted((a, b) => compareMoments(a.start, b.start))[0];
  return {
    family: winner !== undefined && first !== undefined && endpointFamily(winner.ipEndpoint) !== endpointFamily(first.ipEndpoint),
    transport: winner?.transport === 'tcp' && drafts.some((d) => d.transport === 'quic'),
    service: winner !== undefined && dns.isLesser(parseEndpoint(winner.ipEndpoint)?.address ?? '', winner.transport),
    resolver: winner !== undefined && dns.laterTask,
  };
}
