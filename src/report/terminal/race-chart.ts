/**
 * A race as a waterfall: a time axis; below it the DNS transactions, the endpoints as they became
 * known, and every connection attempt with its phases. Time counts from the race's start; what
 * happened before or long after shows as an arrow at the edge.
 */
import type { Race } from '../../model/race.ts';
import type { Resolution } from '../../model/resolution.ts';
import { formatDuration, formatRoute } from '../format.ts';
import { plainText } from '../plain-text.ts';
import { raceTone } from '../columns/race.ts';
import { raceOutcomeText, raceStory } from '../story/race-story.ts';
import { toned, type View } from '../view.ts';
import { Lane } from './lane.ts';
import { attemptRow } from './attempt-row.ts';
import { endpointsRow, taskRow, transactionRow, waitRow } from './dns-rows.ts';
import { GLYPH, MEANINGS } from './glyphs.ts';
import type { LaneRow } from './lane-row.ts';
import { cutEnd, cutMiddle, padEnd, textWidth, wrapText } from './text-width.ts';
import { axisLines, timeScale } from './time-axis.ts';

/** From this width on, notes give reasons and labels give whole addresses. */
const WIDE = 110;
const GAP = '  ';

/** Heading, waterfall and story of one race. */
export function raceText(race: Race, resolutions: readonly Resolution[], view: View): string {
  const lines = [...headingLines(race, view), '', ...chartLines(race, resolutions, view), ''];
  for (const sentence of raceStory(race, resolutions).slice(1)) lines.push(...wrapText(sentence, view.width, '- ', '  '));
  return `${lines.join('\n').trimEnd()}\n`;
}

/** The waterfall alone. */
export function raceChart(race: Race, resolutions: readonly Resolution[], view: View): string {
  return `${chartLines(race, resolutions, view).join('\n')}\n`;
}

function headingLines(race: Race, view: View): string[] {
  const details = [
    `starts ${formatDuration(race.startMs)} into the log`,
    ...(race.privacyMode === undefined || race.privacyMode === 'disabled' ? [] : [`privacy mode ${plainText(race.privacyMode)}`]),
    ...(race.networkAnonymizationKey === undefined ? [] : [`network anonymization key ${plainText(race.networkAnonymizationKey)}`]),
  ];
  return [
    `${view.style('heading', `Race ${race.id}`)}  ${view.style('heading', formatRoute(race))}${race.engine === undefined ? '' : `  ${race.engine}`}`,
    ...wrapText(raceOutcomeText(race), view.width).map((line) => toned(view.style, raceTone(race), line)),
    ...wrapText(details.join('; '), view.width).map((line) => view.style('dim', line)),
  ];
}

function laneRows(race: Race, resolutions: readonly Resolution[]): LaneRow[] {
  const rows: LaneRow[] = [];
  for (const resolution of resolutions) {
    const { transactions, tasks, resolutionDelay } = resolution;
    const tasksAlone = tasks.filter(({ kind }) => transactions.length === 0 || !kind.endsWith('dns'));
    for (const transaction of transactions) rows.push(transactionRow(race, transaction));
    for (const task of tasksAlone) rows.push(taskRow(race, resolution, task));
    if (resolutionDelay !== undefined && resolutionDelay.elapsedMs !== 0) {
      const remark = resolutionDelay.timedOut === true ? 'ran out' : '';
      rows.push(waitRow('resolution delay', resolutionDelay.startMs, resolutionDelay.elapsedMs, remark));
    }
  }
  const endpoints = endpointsRow(race, resolutions);
  if (endpoints !== undefined) rows.push(endpoints);
  const firstTcp = race.attempts.find(({ transport }) => transport === 'tcp');
  const heldBackMs = race.delays.tcpHeldBackMs ?? 0;
  if (firstTcp !== undefined && heldBackMs > 0) rows.push(waitRow('tcp held back', firstTcp.startMs - heldBackMs, heldBackMs, 'for QUIC'));
  for (const attempt of race.attempts) rows.push(attemptRow(race, attempt));
  return rows;
}

/** Where the chart ends: with the last thing that happens, but not long after the race itself. */
function horizon(race: Race, resolutions: readonly Resolution[]): number {
  const moments = [
    race.startMs + 1,
    ...race.attempts.flatMap(({ startMs, connectedMs, endMs }) => [startMs, connectedMs ?? startMs, endMs ?? startMs]),
    ...resolutions.flatMap(({ transactions, tasks, endpointUpdates }) => [
      ...transactions.flatMap(({ startMs, endMs }) => [startMs, endMs ?? startMs]),
      ...tasks.flatMap(({ startMs, endMs }) => [startMs, endMs ?? startMs]),
      ...endpointUpdates.map(({ atMs }) => atMs),
    ]),
  ];
  const latest = moments.reduce((a, b) => Math.max(a, b));
  if (race.endMs === undefined) return latest;
  const aftermath = Math.max(10, 0.35 * (race.endMs - race.startMs));
  return Math.max(race.endMs, Math.min(latest, race.endMs + aftermath));
}

function chartLines(race: Race, resolutions: readonly Resolution[], view: View): string[] {
  const rows = laneRows(race, resolutions);
  if (rows.length === 0) return [view.style('dim', 'Nothing was attempted.')];
  const wide = view.width >= WIDE;
  const notes = rows.map((row) => (wide ? (row.wideNote ?? row.note) : row.note));
  const widest = (texts: readonly string[]): number => texts.reduce((most, text) => Math.max(most, textWidth(text)), 0);
  const labelWidth = Math.min(wide ? 50 : Math.floor(view.width / 3), widest(rows.map(({ label }) => label))) + 2;
  const room = view.width - labelWidth - 2 * GAP.length;
  const noteWidth = view.width < 60 ? 0 : Math.min(Math.max(18, room - (wide ? 60 : 36)), widest(notes));
  const cells = Math.max(12, room - noteWidth);
  const horizonMs = horizon(race, resolutions);
  const scale = timeScale(race.startMs, horizonMs, cells);

  const used = new Set<string>();
  const body = rows.map((row, i) => {
    const lane = new Lane(scale);
    row.paint(lane, scale.toMs);
    for (const glyph of lane.glyphs()) used.add(glyph);
    const label = padEnd((row.winner === true ? `${GLYPH.winner} ` : '  ') + cutMiddle(row.label, labelWidth - 2), labelWidth);
    const note = noteWidth === 0 ? '' : GAP + toned(view.style, row.tone, cutEnd(notes[i] ?? '', noteWidth));
    return (toned(view.style, row.winner === true ? 'good' : undefined, label) + GAP + lane.toString(view.style) + note).trimEnd();
  });
  const over = race.endMs === undefined ? [] : [{ atMs: race.endMs, glyph: '▼', tone: raceTone(race) ?? 'accent' } as const];
  const [labels, rule] = axisLines(scale, over, view);
  const margin = ' '.repeat(labelWidth + GAP.length);
  return [margin + labels, margin + rule, ...body, '', ...legendLines(used, over.length > 0, view)];
}

function legendLines(used: ReadonlySet<string>, hasEnd: boolean, view: View): string[] {
  const names = Object.keys(GLYPH) as (keyof typeof GLYPH)[];
  const entries = names.filter((name) => used.has(GLYPH[name])).map((name) => `${GLYPH[name]} ${MEANINGS[name]}`);
  if (hasEnd) entries.push('▼ race over');
  // Entries hold together: only the gaps between them may break.
  const lines: string[] = [];
  let line = '';
  for (const entry of entries) {
    if (line !== '' && textWidth(line) + 3 + textWidth(entry) > view.width) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? entry : `   ${entry}`;
  }
  lines.push(line);
  return lines.map((text) => view.style('dim', text));
}
