/**
 * The outer shape of a built NetLog: what its header holds and how its text is laid out.
 *
 * The Chromium version picks the usual shape of its time; each part can be made odd on its own.
 */

export interface ShapeOptions {
  /** Major Chromium version, `'156'` unless told. */
  readonly chrome?: string;
  /** Unix ms at tick 0; a string in logs up to Chrome 71; `null`: not in the header. */
  readonly timeTickOffset?: number | string | null;
  /** The tick at which the story's clock says 0. */
  readonly firstTick?: number;
  /** `source.start_time`; absent up to Chrome 71. */
  readonly startTimes?: boolean;
  readonly clientInfo?: 'full' | 'empty' | 'missing';
  /** `null`: not in the header, as up to Chrome 85. */
  readonly captureMode?: string | null;
  readonly fieldTrials?: readonly string[];
  readonly polledData?: 'array' | 'object' | 'missing';
  /** Stands first of all keys in logs of chrome://net-internals. */
  readonly userComments?: string;
  readonly layout?: 'lines' | 'pretty' | 'one-line';
  readonly lineEnd?: '\n' | '\r\n';
  readonly byteOrderMark?: boolean;
  /** `false`: the browser died; the text ends after the comma of the last event. */
  readonly closed?: boolean;
}

export interface LogShape {
  readonly chromeMajor: number;
  readonly tickOffset: number | string | undefined;
  readonly firstTick: number;
  readonly startTimes: boolean;
  readonly client: FullClient | EmptyClient | undefined;
  readonly captureMode: string | undefined;
  readonly fieldTrials: readonly string[];
  readonly polledData: unknown;
  readonly userComments: string | undefined;
  readonly layout: 'lines' | 'pretty' | 'one-line';
  readonly lineEnd: string;
  readonly byteOrderMark: boolean;
  readonly closed: boolean;
}

interface FullClient {
  readonly name: string;
  readonly version: string;
  readonly os_type: string;
}

interface EmptyClient {
  readonly name?: never;
}

/** 2024-01-01T00:00:00Z less a browser's up time. */
const TICK_OFFSET = 1_704_067_200_000 - 5_000_000;

export function shapeOf(options: ShapeOptions): LogShape {
  const chromeMajor = Number(options.chrome ?? '156');
  return {
    chromeMajor,
    tickOffset: options.timeTickOffset === null ? undefined : (options.timeTickOffset ?? usualTickOffset(chromeMajor)),
    firstTick: options.firstTick ?? 5_000_000,
    startTimes: options.startTimes ?? chromeMajor > 71,
    client: clientOf(options.clientInfo ?? 'full', chromeMajor),
    captureMode: options.captureMode === null ? undefined : (options.captureMode ?? (chromeMajor > 85 ? 'Default' : undefined)),
    fieldTrials: options.fieldTrials ?? [],
    polledData: polledDataOf(options.polledData ?? usualPolledData(chromeMajor)),
    userComments: options.userComments,
    layout: options.layout ?? 'lines',
    lineEnd: options.lineEnd ?? '\n',
    byteOrderMark: options.byteOrderMark ?? false,
    closed: options.closed ?? true,
  };
}

function usualTickOffset(chromeMajor: number): number | string {
  return chromeMajor <= 71 ? String(TICK_OFFSET) : TICK_OFFSET;
}

/** One object up to the network service's several contexts; a list of them since. */
function usualPolledData(chromeMajor: number): 'array' | 'object' {
  return chromeMajor >= 150 ? 'array' : 'object';
}

function clientOf(kind: 'full' | 'empty' | 'missing', chromeMajor: number): FullClient | EmptyClient | undefined {
  if (kind === 'missing') return undefined;
  if (kind === 'empty') return {};
  return { name: 'Chromium', version: `${chromeMajor}.0.0.0`, os_type: 'Linux' };
}

function polledDataOf(kind: 'array' | 'object' | 'missing'): unknown {
  const polled = { quicInfo: { quic_enabled: true }, spdySessionInfo: [] };
  if (kind === 'missing') return undefined;
  return kind === 'array' ? [polled] : polled;
}
