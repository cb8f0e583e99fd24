/** Findings in full for a terminal: what was found, what it rests on, what to do, and where to look. */
import type { Finding } from '../../findings/finding.ts';
import { severityTone } from '../diagnostic-text.ts';
import { plainText } from '../plain-text.ts';
import type { View } from '../view.ts';
import { wrapText } from './text-width.ts';

const INDENT = '  ';
/** More ids than anybody follows by hand; JSON has all. */
const MOST_IDS = 12;

export function findingsText(findings: readonly Finding[], view: View): string {
  return findings.map((finding) => `${findingLines(finding, view).join('\n')}\n`).join('\n');
}

function findingLines({ id, severity, title, detail, evidence, spec, threshold, advice }: Finding, view: View): string[] {
  const facts: [label: string, text: string | undefined][] = [
    ['Rests on', spec],
    ['Threshold', threshold],
    ['What to do', advice],
    ['Sources', idsText(evidence.sourceIds)],
    ['Events', idsText(evidence.eventIndices)],
  ];
  return [
    ...wrapText(plainText(`${severity}: ${title} (${id})`), view.width, '', INDENT).map((line) => view.style(severityTone[severity], line)),
    ...wrapText(plainText(detail), view.width, INDENT),
    ...facts.flatMap(([label, text]) => (text === undefined ? [] : wrapText(plainText(`${label}: ${text}`), view.width, INDENT, `${INDENT}${INDENT}`))),
  ];
}

function idsText(ids: readonly number[]): string | undefined {
  if (ids.length === 0) return undefined;
  const more = ids.length - MOST_IDS;
  return `${ids.slice(0, MOST_IDS).join(' ')}${more > 0 ? ` and ${more} more` : ''}`;
}
