/** A probe as the terminal shows it: what came of it, then its races as the `race` command draws them. */
import type { Trace } from '../../model/trace.ts';
import { formatDuration } from '../../report/format.ts';
import { plainText } from '../../report/plain-text.ts';
import { raceText } from '../../report/terminal/race-chart.ts';
import { wrapText } from '../../report/terminal/text-width.ts';
import { type View, toned } from '../../report/view.ts';
import type { RequestOutcome } from '../../simulator/outcomes/request-outcome.ts';
import { formatEndpoint } from '../../address.ts';

export interface ProbeResult {
  /** From 1. */
  readonly run: number;
  readonly outcome: RequestOutcome;
  /** Of the response; absent: none came. */
  readonly status?: number;
  /** Of the log as our own reader sees it. */
  readonly trace: Trace;
}

/** A response has come, or QUIC has won, over which none can come: there is no HTTP/3. */
export function hasSucceeded(result: ProbeResult): boolean {
  return result.status !== undefined || isOverQuic(result.outcome);
}

function isOverQuic({ connection }: RequestOutcome): boolean {
  return connection?.alpn === 'h3';
}

/** `title`: of several runs, which one it is. */
export function probeText(result: ProbeResult, title: string, view: View): string {
  const { outcome, status, trace } = result;
  const { races, resolutions } = trace;
  const isGood = hasSucceeded(result);
  const heading = wrapText(plainText(`${title}${outcomeText(outcome, status)}`), view.width).map((line) => toned(view.style, isGood ? 'good' : 'bad', line));
  const stories = races.map((race) => raceText(race, resolutions.filter(({ id }) => race.resolutionIds.includes(id)), view));
  return [`${heading.join('\n')}\n`, ...stories].join('\n');
}

function outcomeText(outcome: RequestOutcome, status: number | undefined): string {
  const { url, connection, ended, error, beganAtMs } = outcome;
  const reached = connection === undefined ? '' : ` over ${connection.alpn} from ${formatEndpoint(connection.endpoint.ip)}, connected after ${formatDuration(connection.afterMs)}`;
  if (status !== undefined) return `${url}: status ${status}${reached}`;
  if (isOverQuic(outcome)) return `${url}: QUIC won${reached}; the page is not fetched over it`;
  if (ended?.state === 'cancelled') return `${url}: no response in ${formatDuration(Math.round(ended.atMs - beganAtMs))}${reached}`;
  return `${url}: ${error ?? 'no response'}${reached}`;
}
