/** The little of Markdown that the pages of commands need. */
import { type HelpEntry, namesWithValue } from './parse-help.ts';

/** Text in which nothing is markup. */
export function plain(text: string): string {
  return text.replaceAll(/[\\*_<|`]/g, '\\$&');
}

export function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}

export function optionRows(entries: readonly HelpEntry[]): string {
  const rows = entries.map((entry) => `| ${code(namesWithValue(entry))} | ${meaningOf(entry)} |`);
  return ['| | |', '|---|---|', ...rows].join('\n');
}

function meaningOf({ meaning, choices, default: byDefault, required }: HelpEntry): string {
  const facts = [
    ...(choices.length === 0 ? [] : [`One of ${choices.map(code).join(', ')}`]),
    ...(byDefault === undefined ? [] : [`Default: ${code(byDefault.replace(/^"(.*)"$/, '$1'))}`]),
    ...(required ? ['Required'] : []),
  ];
  return [plain(meaning), ...facts].join('. ') + (facts.length > 0 ? '.' : '');
}
