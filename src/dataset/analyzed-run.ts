/** What a partition is made of: one analysed trace, with what a comparison keeps of it. */
import type { Run } from '../compare/run.ts';
import type { Metric } from '../metrics/metric.ts';
import type { Race } from '../model/race.ts';
import type { Request } from '../model/request.ts';
import type { Resolution } from '../model/resolution.ts';
import type { Session } from '../model/session.ts';

export interface AnalyzedRun {
  readonly trace: {
    readonly file: string;
    readonly bytes: number;
    readonly compression: string;
    readonly originUnixMs: number;
    readonly eventCount: number;
    readonly sourceCount: number;
    readonly diagnostics: readonly { readonly code: string }[];
  };
  readonly resolutions: readonly Resolution[];
  readonly races: readonly Race[];
  readonly sessions: readonly Session[];
  readonly requests: readonly Request[];
  readonly metrics: readonly Metric[];
  /** Facts, metrics and hosts as `compare` has them. */
  readonly run: Run;
  /** What its maker calls the network that it was recorded in; the log does not say. */
  readonly network?: string | undefined;
}
