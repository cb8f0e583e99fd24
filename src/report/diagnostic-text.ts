/** A diagnostic of the reader as one line. */
import type { Report } from './report.ts';
import { formatCount } from './format.ts';
import { plainText } from './plain-text.ts';
import type { Tone } from './view.ts';

type Diagnostic = Report['trace']['diagnostics'][number];

export const severityTone: Readonly<Record<Diagnostic['severity'], Tone>> = { info: 'dim', warning: 'warning', error: 'bad' };

/** `truncated: The log ends inside an event (byte 18,214).` */
export function diagnosticText({ code, message, count, byteOffset, eventIndex }: Diagnostic): string {
  const where = [
    ...(count === undefined || count === 1 || message.includes(String(count)) ? [] : [`${formatCount(count)} times`]),
    ...(byteOffset === undefined || message.includes(String(byteOffset)) ? [] : [`byte ${formatCount(byteOffset)}`]),
    ...(eventIndex === undefined ? [] : [`event ${formatCount(eventIndex)}`]),
  ];
  return plainText(where.length === 0 ? `${code}: ${message}` : `${code}: ${message.replace(/\.$/, '')} (${where.join(', ')}).`);
}
