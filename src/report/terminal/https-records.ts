/** HTTPS records for a terminal: a block for each name that has any or something to tell, the other names in a line. */
import type { HttpsRecordsOfName } from '../../metrics/https-records/https-records-by-name.ts';
import { httpsRecordColumns, queriesText } from '../columns/https-record.ts';
import { formatPlural } from '../format.ts';
import { httpsRecordSentences } from '../https-record-sentences.ts';
import { plainText } from '../plain-text.ts';
import type { View } from '../view.ts';
import { tableLines } from './table.ts';
import { wrapText } from './text-width.ts';

const INDENT = 2;
const MARGIN = ' '.repeat(INDENT);

/** `''` for no names. */
export function httpsRecordsText(names: readonly HttpsRecordsOfName[], view: View): string {
  const told = names.map((name) => ({ name, sentences: httpsRecordSentences(name) }));
  const isPlain = ({ name, sentences }: (typeof told)[number]): boolean => name.records.length === 0 && sentences.length === 0;
  const blocks = told.filter((one) => !isPlain(one)).map(({ name, sentences }) => blockLines(name, sentences, view));
  const others = told.filter(isPlain).map(({ name }) => name);
  const sections = [...blocks, ...(others.length === 0 ? [] : [otherLines(others, view)])];
  return sections.length === 0 ? '' : `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function blockLines({ name, queries, records }: HttpsRecordsOfName, sentences: readonly string[], view: View): string[] {
  return [
    ...wrapText(plainText(name), view.width).map((line) => view.style('heading', line)),
    ...wrapText(`${queriesText(queries)}${records.length === 0 && queries.answered > 0 ? ', no record' : ''}`, view.width, MARGIN).map((line) => view.style('dim', line)),
    ...tableLines(httpsRecordColumns, records, view, { indent: INDENT, mentionHidden: true }),
    ...sentences.flatMap((sentence) => wrapText(plainText(sentence), view.width, MARGIN, `${MARGIN}  `)),
  ];
}

function otherLines(names: readonly HttpsRecordsOfName[], view: View): string[] {
  const byFate = new Map<string, string[]>();
  for (const { name, queries } of names) {
    const fate = queries.answered > 0 ? 'without a record' : queries.cut > 0 ? 'query cut off by the browser' : queries.failed > 0 ? 'query failed' : 'query without an end in the log';
    const own = byFate.get(fate) ?? [];
    byFate.set(fate, own);
    own.push(name);
  }
  const lines = Array.from(byFate, ([fate, own]) => wrapText(plainText(`${formatPlural(own.length, 'name')}, ${fate}: ${own.join(', ')}`), view.width, MARGIN, `${MARGIN}  `));
  return [view.style('heading', names.length === 1 ? 'Another name' : 'Other names'), ...lines.flat()];
}
