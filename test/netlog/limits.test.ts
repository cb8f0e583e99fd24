/** Values beyond all measure are left out and counted, the same in both readers; what is at the limit is not. */
import { describe, expect, it } from 'vitest';
import { READ_LIMITS } from '../../src/netlog/limits.ts';
import { CONSTANTS, EVENTS, lineLog, read } from './reading.ts';

const head = JSON.stringify({ constants: CONSTANTS }).slice(0, -1);
const anyLayout = (events: readonly string[]): string => `${head},"events":[${events.join(',')}]}`;

const event = (params: string): string => `{"params":${params},"phase":0,"source":{"id":1,"start_time":"1","type":0},"time":"1","type":4}`;
/** Params that nest to so many levels, themselves included. */
const nested = (levels: number): string => `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`;

describe.each([
  ['lines', lineLog],
  ['another layout', anyLayout],
])('in a log of %s', (_, log) => {
  it.each([
    ['nest deeper than the limit', nested(5), nested(4)],
    ['hold lists that nest deeper', '{"a":[[[[]]]]}', '{"a":[[[]]]}'.replace('[[[]]]', '[[]]')],
    ['hold a text longer than the limit', `{"a":["${'x'.repeat(11)}"]}`, `{"a":["${'x'.repeat(10)}"]}`],
    ['hold a key longer than the limit', `{"${'k'.repeat(11)}":1}`, `{"${'k'.repeat(10)}":1}`],
  ])('params that %s are left out of their event', async (__, beyond, within) => {
    const limits = { deepestParams: 4, longestText: 10 };
    const { events, summary } = await read(log([event(within), event(beyond), event(beyond)]), limits);
    expect(events.map(({ params }) => params)).toEqual([JSON.parse(within), undefined, undefined]);
    expect(summary).toMatchObject({ complete: true, diagnostics: [{ code: 'params-left-out', severity: 'warning', count: 2, eventIndex: 1 }] });
  });

  it('params that nobody reads are not looked at', async () => {
    const { codes } = await read(log([event(nested(5))]), { deepestParams: 4, paramsOf: new Set() });
    expect(codes).toEqual([]);
  });

  it('params that would overflow the stack of whoever walks them are left out by default', async () => {
    const { events, codes } = await read(log([event(nested(9000)), ...EVENTS]));
    expect(events).toHaveLength(EVENTS.length + 1);
    expect(codes).toContain('params-left-out');
  });
});

it('constants that nest too deep are refused, for a writer has to walk them', async () => {
  const deep = `{"constants":{"logEventTypes":{"A":1},"x":${nested(READ_LIMITS.deepestParams + 1)}},"events":[]}`;
  await expect(read(deep)).rejects.toMatchObject({ code: 'not-a-netlog' });
});
