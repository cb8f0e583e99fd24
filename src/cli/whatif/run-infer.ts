/** The work of the `infer` command: trace in, scenario out. */
import { basename } from 'node:path';
import { draftScenario } from '../../whatif/draft-scenario.ts';
import { scenarioYaml } from '../../whatif/scenario-yaml.ts';
import { stepsOf, typical } from '../../whatif/settle.ts';
import { plainText } from '../../report/plain-text.ts';
import type { Context } from '../command.ts';
import { UsageError, type ExitCode } from '../exit-code.ts';
import { openOutput } from '../output.ts';
import { exitCodeFor } from '../read-report.ts';
import { inferTrace, type InferArguments } from './infer-trace.ts';

export interface InferCommandArguments extends InferArguments {
  readonly output?: string | undefined;
  readonly force: boolean;
}

export async function runInfer(args: InferCommandArguments, context: Context): Promise<ExitCode> {
  const output = await openOutput(args, context.io);
  try {
    const { report, inference } = await inferTrace(args, context);
    const [only, ...others] = inference.races;
    // A connection beside a session comes of itself where the whole trace is simulated.
    const races = only !== undefined && others.length === 0 ? [only] : inference.races.filter(({ besideSession }) => !besideSession);
    if (races.length === 0) throw new UsageError(`${args.trace}: no race to infer a network from`);
    const assumed = races.flatMap(stepsOf).filter(({ known }) => !known).length;
    const name = args.trace === '-' ? 'stdin' : basename(args.trace);
    const { draft } = draftScenario(races, plainText(name), typical);
    const heading = [
      `The network of ${plainText(name)}, inferred by netlog-analyze ${report.tool.version}: ${races.length} ${races.length === 1 ? 'race' : 'races'}.`,
      'Times are as the browser read them, so upper bounds of what the wire took.',
      ...(assumed === 0 ? [] : [`Marked "assumed": what the log does not tell (${assumed} of ${races.flatMap(stepsOf).length} exchanges).`]),
    ];
    await output.write(scenarioYaml(draft, heading));
    await output.finish();
    return exitCodeFor(args.trace, report.trace.complete, args, context.io);
  } catch (error) {
    await output.discard();
    throw error;
  }
}
