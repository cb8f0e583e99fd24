/** What `record` was asked for, checked. */
import type { BrowserSettings, CaptureMode } from '../../live/record/browser-flags.ts';
import { findBrowser } from '../../live/record/find-browser.ts';
import { isExecutable } from '../../live/record/is-executable.ts';
import { RECORDED_ENGINES, type RecordedEngine } from '../../live/record/recorded-engine.ts';
import type { Millis } from '../../units.ts';
import { UsageError } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { readPageUrl } from '../page-url.ts';

export interface RecordArguments {
  readonly url: readonly string[];
  /** With commas between. */
  readonly engine: string;
  readonly runs: number;
  /** Seconds. */
  readonly timeout: number;
  readonly captureMode: CaptureMode;
  readonly browser?: string | undefined;
  readonly browserFlag?: readonly string[] | undefined;
  readonly headless: boolean;
  readonly output: string;
  readonly force: boolean;
  readonly format: 'text' | 'json';
  readonly width?: number | undefined;
}

export interface RecordOptions {
  /** Path of the browser. */
  readonly browser: string;
  readonly settings: BrowserSettings;
  readonly urls: readonly URL[];
  readonly engines: readonly RecordedEngine[];
  readonly runs: number;
  readonly timeoutMs: Millis;
}

const MOST_RUNS = 1000;

/** @throws UsageError */
export function readRecordOptions(args: RecordArguments, io: Io): RecordOptions {
  const { runs, timeout, headless, captureMode, browserFlag: flags = [] } = args;
  if (!Number.isInteger(runs) || runs < 1 || runs > MOST_RUNS) throw new UsageError(`--runs takes a whole number, 1 to ${MOST_RUNS}`);
  if (!(timeout > 0 && timeout <= 3600)) throw new UsageError('--timeout takes seconds, up to 3600');
  const flag = flags.find((text) => !text.startsWith('--'));
  if (flag !== undefined) throw new UsageError(`--browser-flag takes a flag of the browser, such as --browser-flag=--disable-quic, found ${flag}`);
  const [urls, engines] = [args.url.map(readPageUrl), enginesOf(args.engine)];
  return { browser: browserOf(args.browser, io.env), settings: { headless, captureMode, flags }, urls, engines, runs, timeoutMs: timeout * 1000 };
}

function enginesOf(list: string): readonly RecordedEngine[] {
  return [...new Set(list.split(',').map((word) => word.trim()))].map((word) => {
    const engine = RECORDED_ENGINES.find((known) => known === word);
    if (engine === undefined) throw new UsageError(`--engine: expected ${RECORDED_ENGINES.join(', ')}, with commas between, found "${word}"`);
    return engine;
  });
}

function browserOf(asked: string | undefined, env: Io['env']): string {
  const path = asked ?? findBrowser({ platform: process.platform, env, exists: isExecutable });
  if (path === undefined) throw new UsageError('no Chrome, Chromium or Edge found in the usual places; name one with --browser, or in the variable CHROME_PATH');
  if (!isExecutable(path)) throw new UsageError(`${asked === undefined ? 'CHROME_PATH' : '--browser'}: ${path} is no program that can be run`);
  return path;
}
