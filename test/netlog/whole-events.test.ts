import { describe, expect, it } from 'vitest';
import { readWholeEvents } from '../../src/netlog/whole-events.ts';

const AFTER_ONE = '{"a":0}';

/** What is read of a list, `rest` of which follows an item of it, and the text that is left. */
function read(rest: string, longest = 1000): { items: unknown[]; left: string; needsMore: boolean } {
  const bytes = new TextEncoder().encode(AFTER_ONE + rest);
  const items: unknown[] = [];
  const ends: number[] = [];
  const { end, needsMore } = readWholeEvents(bytes, AFTER_ONE.length, longest, (item, at) => {
    items.push(item);
    ends.push(at);
  });
  expect(end).toBe(ends.at(-1) ?? AFTER_ONE.length);
  return { items, left: new TextDecoder().decode(bytes.subarray(end)), needsMore };
}

describe('readWholeEvents', () => {
  it('reads items on one line up to the end of the list', () => {
    expect(read(',{"b":1},{"b":2}]}')).toEqual({ items: [{ b: 1 }, { b: 2 }], left: ']}', needsMore: false });
  });

  it('reads items that are laid out over lines', () => {
    expect(read(' ,\r\n\t{\n  "b": {\n    "c": "é"\n  }\n} \n]').items).toEqual([{ b: { c: 'é' } }]);
  });

  it('is not taken in by lists of objects, nor by texts that look like the end of an item', () => {
    const item = { params: { list: [{ x: 1 }, { x: 2 }], text: '},{"y":1},{' }, time: '5' };
    expect(read(`,${JSON.stringify(item)}]`)).toEqual({ items: [item], left: ']', needsMore: false });
  });

  it('leaves an item of many inner objects to another', () => {
    const item = JSON.stringify({ list: Array.from({ length: 9 }, (_, x) => ({ x })) });
    expect(read(`,{"b":1},${item},{"b":2}]`)).toEqual({ items: [{ b: 1 }], left: `,${item},{"b":2}]`, needsMore: false });
  });

  it.each([
    ['no comma', ' {"b":1}]'],
    ['two commas', ',,{"b":1}]'],
    ['a number', ', 5, {"b":1}]'],
    ['an end', ' ]'],
    ['a broken object', ',{"b":},{"c":1}]'],
    ['two objects in one', ',{"b":1}{"c":1}]'],
  ])('leaves what is no item in its place to another: %s', (_, rest) => {
    expect(read(rest)).toMatchObject({ items: [], left: rest });
  });

  it('waits for what has not arrived, wherever the bytes end', () => {
    const whole = ',{"b":{"c":[{}]}} , {"d":"}]"}]';
    for (let length = 0; length < whole.indexOf('}} ,') + 5; length++) {
      expect(read(whole.slice(0, length)), `${length} bytes`).toEqual({ items: [], left: whole.slice(0, length), needsMore: true });
    }
  });

  it('reads no item that is too long, and none behind it', () => {
    const long = JSON.stringify({ b: 'x'.repeat(50) });
    expect(read(`,{"b":1},${long},{"b":2}]`, 40)).toEqual({ items: [{ b: 1 }], left: `,${long},{"b":2}]`, needsMore: false });
  });
});
