/** One log, written in each of the ways that logs come in. */
import type { Random } from './random.ts';
import type { LogValue } from './seed-logs.ts';

export function layOut(log: LogValue, random: Random): string {
  return random.pick(LAYOUTS)(log, random);
}

type Layout = (log: LogValue, random: Random) => string;

/** Chromium's lines most of all: they are what the fast reader reads. */
const LAYOUTS: readonly Layout[] = [
  (log) => lines(log),
  (log) => lines(log),
  (log) => lines(log, ',\n"polledData": [{"a":[1,{}]}]\n'),
  (log) => lines(log).replaceAll('\n', '\r\n'),
  (log) => `\u{feff}${lines(log)}`,
  (log) => JSON.stringify(log),
  (log, random) => JSON.stringify(log, undefined, random.pick([1, 2, '\t'])),
  (log) => JSON.stringify({ extra: [1, { events: [] }], ...log, after: { constants: 1 } }),
  (log, random) => lines(log).replaceAll(',"', () => (random.once(30) ? ',\n"' : ',"')),
  (log) => lines(log).trimEnd().replace(/\]\}$/, ''),
];

function lines({ constants, events }: LogValue, after = ''): string {
  return `{"constants":${JSON.stringify(constants)},\n"events": [\n${events.map((event) => sorted(event)).join(',\n')}]${after}}\n`;
}

/** As Chromium writes it, where the event still is one. */
function sorted(event: unknown): string {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return JSON.stringify(event) ?? 'null';
  return JSON.stringify(Object.fromEntries(Object.entries(event).toSorted(([a], [b]) => (a < b ? -1 : 1))));
}
