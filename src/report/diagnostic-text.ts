/** A diagnostic of the reader as one line. */
import type { Report } from './report.ts';
import { formatCount } from './format.ts';
import { plainText } from './plain-text.ts';
import type { Tone } from './view.ts';

type Diagnostic = Report['trace']['diagnostics'][number];

export const severityTone: Readonly<Record<Diagnostic['severity'], Tone>> = { info: 'dim', warning: 'warning', error: 'bad' };

/** `truncated: the log ends inside an event (2 times, at byte 18,214)`. */
export function diagnosticText({ code, message, count, byteOffset, eventIndex }: Diagnostic): string {
  const where = [
    ...(count === undefined || count === 1 ? [] : [`${formatCount(count)} times`]),
    ...(byteOffset === undefined ? [] : [`byte ${formatCount(byteOffset)}`]),
    ...(eventIndex === undefined ? [] : [`event ${formatCount(eventIndex)}`]),
  ];
  return plainText(`${code}: ${message}${where.length === 0 ? '' : ` (${where.join(', ')})`}`);
}
