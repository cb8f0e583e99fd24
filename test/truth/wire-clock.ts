/**
 * One time axis for both sides: milliseconds after the capture's zero.
 *
 * A NetLog stamps an outgoing packet just before it leaves, an incoming one when the network thread
 * gets to it. A busy thread is late, and the log shows that, so the report must too: a late stamp is
 * taken for right only if the browser itself did something on the wire at that very moment.
 */
import type { Report } from '../../src/report/report.ts';
import type { Truth } from './truth.ts';

export interface WireClock {
  /** Milliseconds by which both sides may differ. */
  readonly tolerance: number;
  /** First and last event of the log: nothing outside is demanded of the report. */
  readonly logStart: number;
  readonly logEnd: number;
  at(reportMs: number): number;
  at(reportMs: number | undefined): number | undefined;
  near(a: number, b: number): boolean;
  /** The log ended before this could be written to it. */
  isAfterLog(moment: number): boolean;
  isBeforeLog(moment: number): boolean;
  /** An incoming packet stamped late, while the browser showed a sign of life at the stamp. */
  readLate(stamp: number, onWire: number): boolean;
  /** An outgoing packet that left late, while the browser showed no sign of life since the stamp. */
  sentLate(stamp: number, onWire: number): boolean;
}

/** The latest that a stamp was seen to be on pages as small as these. */
const LONGEST_LAG = 60;

/** A packet follows its stamp in the log by less than this. */
const STAMP_TO_PACKET = 3;

export function createWireClock(report: Report, truth: Truth, tolerance: number): WireClock {
  const shift = report.trace.originUnixMs - truth.originUnixMs;
  const logStart = shift;
  const logEnd = shift + report.trace.durationMs;
  const signs = signsOfLife(truth);

  function at(reportMs: number): number;
  function at(reportMs: number | undefined): number | undefined;
  function at(reportMs: number | undefined): number | undefined {
    return reportMs === undefined ? undefined : reportMs + shift;
  }

  return {
    tolerance,
    logStart,
    logEnd,
    at,
    near: (a, b) => Math.abs(a - b) <= tolerance,
    isAfterLog: (moment) => moment > logEnd - tolerance,
    isBeforeLog: (moment) => moment < logStart - tolerance,
    readLate: (stamp, onWire) =>
      stamp > onWire && stamp - onWire <= LONGEST_LAG && signs.some((sign) => sign > stamp - 1 && sign < stamp + STAMP_TO_PACKET),
    sentLate: (stamp, onWire) =>
      onWire > stamp && onWire - stamp <= LONGEST_LAG && !signs.some((sign) => sign > stamp + tolerance && sign < onWire - tolerance),
  };
}

/** Packets that only the browser's network thread can cause, not the kernel on its own. */
function signsOfLife({ connections, queries }: Truth): number[] {
  const ofConnections = connections.flatMap((c) => [
    c.start,
    c.clientHello,
    c.firstRequest,
    c.closedByClient,
    ...(c.transport === 'quic' ? c.repeats : []),
  ]);
  return [...ofConnections, ...queries.map((q) => q.sent)].filter((moment) => moment !== undefined);
}

/** A moment as it is shown in a disagreement. */
export function show(moment: number | undefined): string {
  return moment === undefined ? 'never' : `${moment.toFixed(1)} ms`;
}
