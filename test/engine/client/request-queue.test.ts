/** Who is next: the more urgent, then the older one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRIORITIES, type Priority, type Request } from '../../../src/engine/client/request.ts';
import { RequestQueue } from '../../../src/engine/client/request-queue.ts';
import { SITE } from './client-driver.ts';

const request = (id: number, priority: Priority, purpose: Request['purpose'] = 'load', sockets = 1): Request => ({ id, purpose, sockets, destination: SITE, priority, reused: false, retried: false });
const ids = (queue: RequestQueue): readonly number[] => queue.all().map(({ id }) => id);

describe('a queue of requests', () => {
  it('puts the more urgent first, and equals in the order in which they came', () => {
    const queue = new RequestQueue();
    for (const [id, priority] of [[1, 'low'], [2, 'highest'], [3, 'low'], [4, 'idle'], [5, 'highest']] as const) queue.add(request(id, priority));
    expect(ids(queue)).toEqual([2, 5, 1, 3, 4]);
  });

  it('moves what becomes more urgent behind those that were so before', () => {
    const queue = new RequestQueue();
    for (const id of [1, 2, 3]) queue.add(request(id, id === 1 ? 'medium' : 'low'));
    queue.setPriority(3, 'medium');
    expect(ids(queue)).toEqual([1, 3, 2]);
  });

  it('counts loads, and of preconnects the largest', () => {
    const queue = new RequestQueue();
    queue.add(request(1, 'idle', 'preconnect', 2));
    queue.add(request(2, 'idle', 'preconnect', 4));
    queue.add(request(3, 'highest'));
    expect([queue.loads, queue.mostSockets, queue.size]).toEqual([1, 4, 3]);
    expect([queue.remove(2), queue.remove(2), queue.mostSockets]).toEqual([true, false, 2]);
  });

  it('is sorted whatever comes and goes', () => {
    const step = fc.record({ priority: fc.constantFrom(...PRIORITIES), removes: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const queue = new RequestQueue();
        steps.forEach(({ priority, removes }, id) => (removes ? queue.remove(id - 1) : queue.add(request(id, priority))));
        const ranks = queue.all().map(({ priority, id }) => [PRIORITIES.indexOf(priority), -id] as const);
        expect(ranks).toEqual(ranks.toSorted((a, b) => b[0] - a[0] || b[1] - a[1]));
      }),
    );
  });
});
