/** What the events command is asked for. */
import type { WindowArguments } from '../options.ts';
import type { OutputOptions } from '../output.ts';

export interface EventArguments extends WindowArguments, OutputOptions {
  readonly trace: string;
  readonly source?: readonly number[] | undefined;
  readonly type?: readonly string[] | undefined;
  readonly host?: readonly string[] | undefined;
  readonly grep?: string | undefined;
  readonly withDependencies: boolean;
  readonly flat: boolean;
  readonly full: boolean;
  readonly strict: boolean;
}
