/**
 * For attempts that say only which host they go to: the one attempt manager for that host that was alive when they
 * began. A sweep over the log, so that many managers of one host cost no more than as many of different hosts.
 */
import type { AttemptManagerRecord } from '../handlers/attempt-managers.ts';
import type { StreamAttemptRecord } from '../handlers/stream-attempts.ts';
import { parseDestination } from './destination.ts';

/** Attempt id to manager id; attempts with no such manager, or with several, are absent. */
export function onlyLiveManagers(attempts: readonly StreamAttemptRecord[], managers: readonly AttemptManagerRecord[]): ReadonlyMap<number, number> {
  const byStart = managers.toSorted((a, b) => a.start.index - b.start.index);
  const byEnd = managers.filter((m) => m.end !== undefined).toSorted((a, b) => endIndex(a) - endIndex(b));
  const alive = new Map<string, Set<number>>();
  const found = new Map<number, number>();
  let begun = 0;
  let ended = 0;
  for (const attempt of attempts.toSorted((a, b) => a.start.index - b.start.index)) {
    const { index } = attempt.start;
    for (let next = byStart[begun]; next !== undefined && next.start.index < index; next = byStart[++begun]) {
      const key = hostKey(next.destination);
      if (key !== undefined && endIndex(next) > index) alive.set(key, (alive.get(key) ?? new Set()).add(next.id));
    }
    for (let next = byEnd[ended]; next !== undefined && endIndex(next) <= index; next = byEnd[++ended]) alive.get(hostKey(next.destination) ?? '')?.delete(next.id);
    const live = alive.get(hostKey(attempt.hostPort === undefined ? undefined : `https://${attempt.hostPort}`) ?? '');
    const [only] = live ?? [];
    if (live?.size === 1 && only !== undefined) found.set(attempt.id, only);
  }
  return found;
}

function endIndex({ end }: AttemptManagerRecord): number {
  return end?.index ?? Number.POSITIVE_INFINITY;
}

function hostKey(text: string | undefined): string | undefined {
  const destination = parseDestination(text);
  return destination && `${destination.host} ${destination.port}`;
}
