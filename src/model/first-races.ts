/** Keeps a log from making more races than anybody can hold or read. */
import type { Trace } from './trace.ts';

/** The trace with its first races only, as a diagnostic tells; the same trace if it has no more than so many. Requests keep the ids of those left out. */
export function firstRaces(trace: Trace, mostRaces: number): Trace {
  const count = trace.races.length - mostRaces;
  if (count <= 0) return trace;
  const message = `Left out ${count} of ${trace.races.length} races, beyond the first ${mostRaces} (--max-races). Read the log in parts, with --from and --to.`;
  return {
    ...trace,
    complete: false,
    races: trace.races.slice(0, mostRaces),
    diagnostics: [...trace.diagnostics, { code: 'too-many-races', severity: 'warning', message, count }],
  };
}
