import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventQueue } from '../../../src/simulator/network/event-queue.ts';

function drain<Item>(queue: EventQueue<Item>): Item[] {
  const items: Item[] = [];
  for (let entry = queue.pop(); entry !== undefined; entry = queue.pop()) items.push(entry.item);
  return items;
}

describe('EventQueue', () => {
  it('gives items in order of time, and at one time in the order of scheduling', () => {
    const queue = new EventQueue<string>();
    queue.schedule(20, 'c');
    queue.schedule(10, 'a');
    queue.schedule(20, 'd');
    queue.schedule(10, 'b');
    expect(queue.peek()).toMatchObject({ at: 10, item: 'a' });
    expect(drain(queue)).toEqual(['a', 'b', 'c', 'd']);
    expect(queue.peek()).toBeUndefined();
    expect(queue.pop()).toBeUndefined();
  });

  it('sorts stably whatever is scheduled', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (times) => {
        const queue = new EventQueue<readonly [number, number]>();
        times.forEach((at, index) => queue.schedule(at, [at, index]));
        const sorted = times.map((at, index) => [at, index] as const).toSorted((a, b) => a[0] - b[0]);
        expect(drain(queue)).toEqual(sorted);
      }),
    );
  });
});
