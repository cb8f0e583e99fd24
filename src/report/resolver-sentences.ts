/** What waiting cost in host resolution, in sentences; nothing is said of what did not happen. */
import type { ResolverWaits, Wait } from '../metrics/resolver/waits.ts';
import { formatSpread } from './columns/resolver-layer.ts';
import { formatCount, formatPlural } from './format.ts';

export function resolverSentences({ requestsSharing, queued, https, aaaaAfterA, aAfterAaaa, laterTask }: ResolverWaits): string[] {
  const sentences = [
    requestsSharing === 0 ? undefined : `${formatPlural(requestsSharing, 'resolver request')} shared the job of another.`,
    told(queued, 'waited for a turn'),
    told(https, 'waited for the HTTPS record when the addresses were in'),
    told(aaaaAfterA, 'had AAAA answered after A'),
    told(aAfterAaaa, 'had A answered after AAAA'),
    told(laterTask, 'were answered by a later resolver task, after the first had taken its time'),
  ];
  return sentences.filter((sentence) => sentence !== undefined);
}

function told({ n, of, duration }: Wait, what: string): string | undefined {
  return n === 0 ? undefined : `${formatCount(n)} of ${formatPlural(of, 'job')} ${what}: ${formatSpread(duration)}.`;
}
