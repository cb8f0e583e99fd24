/** Reads a trace and infers from it the network that its races met, or those of them that somebody wants. */
import type { Reconstruction } from '../../report/report.ts';
import type { Inference } from '../../whatif/infer-races.ts';
import { inferRaces } from '../../whatif/infer-races.ts';
import type { Unusable } from '../../whatif/inferred-race.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../exit-code.ts';
import { findRaces } from '../find-races.ts';
import { warn } from '../io.ts';
import { readReconstruction, type ReadArguments } from '../read-report.ts';

export interface InferArguments extends ReadArguments {
  readonly trace: string;
  readonly race?: readonly string[] | undefined;
}

const REASONS: Readonly<Record<Unusable, readonly [one: string, more: string]>> = {
  proxy: ['race went through a proxy over QUIC', 'races went through a proxy over QUIC'],
  pooled: ['race found a session to use', 'races found a session to use'],
  upgraded: ['race was upgraded to https before it began', 'races were upgraded to https before they began'],
  'translated-literal': ['race reached an IP literal by another address', 'races reached IP literals by other addresses'],
  'no-attempt': ['race made no attempt', 'races made no attempt'],
  'unknown-destination': ['race has no known destination', 'races have no known destination'],
  'odd-name': ['race is to a name that no zone can hold', 'races are to names that no zone can hold'],
};

/** What is left out is said on stderr. */
export async function inferTrace(args: InferArguments, context: Context): Promise<{ readonly report: Reconstruction; readonly inference: Inference }> {
  const report = await readReconstruction(args.trace, args, context);
  const wanted = wantedIds(report, args.race);
  const whole = inferRaces(report);
  const inference = { races: whole.races.filter(({ id }) => wanted.has(id)), unusable: whole.unusable.filter(({ id }) => wanted.has(id)) };
  for (const line of reasons(inference)) warn(context.io, `${args.trace}: ${line}`);
  return { report, inference };
}

function wantedIds(report: Reconstruction, wanted: readonly string[] | undefined): ReadonlySet<number> {
  if (wanted === undefined) return new Set(report.races.map(({ id }) => id));
  return new Set(wanted.flatMap((each) => idsOf(report, each)));
}

function idsOf(report: Reconstruction, wanted: string): readonly number[] {
  const found = findRaces(report, wanted);
  if (found.kind === 'races') return found.races.map(({ id }) => id);
  const hint = found.suggestions.length === 0 ? 'netlog-analyze races lists them' : `nearest: ${found.suggestions.join(', ')}`;
  throw new UsageError(`no race ${wanted} in ${report.trace.file}; ${hint}`);
}

function reasons({ unusable }: Inference): readonly string[] {
  const counts = new Map<Unusable, number>();
  for (const { because } of unusable) counts.set(because, (counts.get(because) ?? 0) + 1);
  return [...counts].map(([because, count]) => `${count} ${REASONS[because][count === 1 ? 0 : 1]}, left out`);
}
