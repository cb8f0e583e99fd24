/** What a recording says of itself beside its logs: `recording.json`. */
import type { UnixMillis } from '../../units.ts';
import type { BrowserSettings } from './browser-flags.ts';
import type { PageOutcome } from './load-page.ts';
import type { RecordedEngine } from './recorded-engine.ts';

export interface RecordedRun {
  /** Its log, below the folder of the recording, with `/`. */
  readonly file: string;
  readonly engine: RecordedEngine;
  /** Without credentials. */
  readonly url: string;
  /** Of this URL with this engine, from 1. */
  readonly run: number;
  /** Among all runs, from 1. */
  readonly order: number;
  readonly startedUnixMs: UnixMillis;
  readonly page: PageOutcome;
  /** `killed`: it did not go when it was asked to, so that the log may lack its end. */
  readonly browserEnd: 'closed' | 'killed';
}

export interface Recording {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  /** `version` as the browser tells it, such as `Chrome/156.0.8078.79`; absent before the first run. */
  readonly browser: { readonly path: string; readonly version?: string };
  readonly captureMode: BrowserSettings['captureMode'];
  /** By engine, without those that name the log, the profile and the pipe. */
  readonly flags: Readonly<Partial<Record<RecordedEngine, readonly string[]>>>;
  /** In the order in which they ran; those that were not made, because the recording was ended before, are missing. */
  readonly runs: readonly RecordedRun[];
}
