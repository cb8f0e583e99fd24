/** Findings as a list in Markdown, in short for a summary or in full. */
import type { Finding } from '../../findings/finding.ts';
import { markdownText } from '../plain-text.ts';

export function findingItems(findings: readonly Finding[]): string {
  return findings
    .map(({ severity, title, detail, spec }) => `- **${severity}: ${markdownText(title)}** ${markdownText(detail)}${spec === undefined ? '' : ` [${markdownText(spec)}]`}\n`)
    .join('');
}

export function findingsMarkdown(findings: readonly Finding[]): string {
  return findings
    .map(({ id, severity, title, detail, spec, threshold, advice, evidence }) => {
      const facts: [label: string, text: string | undefined][] = [
        ['Rule', id],
        ['Rests on', spec],
        ['Threshold', threshold],
        ['What to do', advice],
        ['Sources', evidence.sourceIds.join(' ')],
      ];
      const items = facts.flatMap(([label, text]) => (text === undefined || text === '' ? [] : [`- ${label}: ${markdownText(text)}\n`]));
      return `### ${severity}: ${markdownText(title)}\n\n${markdownText(detail)}\n\n${items.join('')}`;
    })
    .join('\n');
}
