/**
 * The operating system's task: getaddrinfo for A and AAAA together, no HTTPS; called again after a long silence,
 * and the first result of any call counts.
 */
import type { Millis } from '../../units.ts';
import type { AddressType } from '../dns.ts';
import type { ResolverContext } from './context.ts';
import type { QueryAnswer, SystemReply } from './output.ts';
import type { ResolverTask, TaskNews } from './task.ts';

const RUNNING: TaskNews = { answers: [] };

/** `types`: the families to look up. */
export function createSystemTask(context: ResolverContext, jobId: number, host: string, types: readonly AddressType[]): ResolverTask {
  const { retryAfter, calls, ttl } = context.options.system;
  /** getaddrinfo asks A first. */
  const wireOrder = types.toReversed();
  let pending: number[] = [];
  let called = 0;
  let nextCallAt: Millis | undefined;

  function call(now: Millis): void {
    const lookupId = context.newId();
    pending.push(lookupId);
    called += 1;
    nextCallAt = called < calls ? now + retryAfter : undefined;
    context.owners.set(lookupId, jobId);
    context.emit({ kind: 'system-lookup', lookupId, jobId, host, types: wireOrder, at: now });
  }

  function cancel(now: Millis): void {
    nextCallAt = undefined;
    for (const lookupId of pending) {
      context.owners.delete(lookupId);
      context.emit({ kind: 'cancel-system-lookup', lookupId, at: now });
    }
    pending = [];
  }

  function conclude(reply: SystemReply): TaskNews {
    if (reply.kind === 'failure') return { answers: [], outcome: reply };
    const answers = types.map((type): QueryAnswer => {
      const addresses = reply.addresses.filter((address) => address.includes(':') === (type === 'AAAA'));
      return { query: { name: host, type }, answer: { kind: 'answer', owner: host, addresses, records: [], ttl } };
    });
    return { answers, outcome: { kind: 'ok' } };
  }

  return {
    start(now) {
      call(now);
      return RUNNING;
    },
    reply(reply, now) {
      if (reply.kind !== 'system' || !pending.includes(reply.lookupId)) return RUNNING;
      context.owners.delete(reply.lookupId);
      pending = pending.filter((lookupId) => lookupId !== reply.lookupId);
      cancel(now);
      return conclude(reply.reply);
    },
    wake(now) {
      if (nextCallAt !== undefined && nextCallAt <= now) call(now);
      return RUNNING;
    },
    nextWakeAt: () => nextCallAt,
    cancel,
  };
}
