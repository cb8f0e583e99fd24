/**
 * The events of a log by way of `JSON.parse`, and of the rules of the format as its notes state them; nothing of `src`.
 * For values of any shape: what is no event is left out.
 */

/** With the log's own numbers. */
export interface ParsedEvent {
  readonly time: number;
  readonly type: number;
  readonly phase: unknown;
  readonly sourceId: number;
  readonly sourceType: number;
  readonly startTime: number | undefined;
  readonly params: Readonly<Record<string, unknown>> | undefined;
}

/** `log`: what `JSON.parse` made of it. */
export function eventsOfParsed(log: unknown): ParsedEvent[] {
  const events = isRecord(log) ? log['events'] : undefined;
  return Array.isArray(events) ? events.flatMap((item: unknown) => parsedEvent(item) ?? []) : [];
}

function parsedEvent(item: unknown): ParsedEvent | undefined {
  if (!isRecord(item)) return undefined;
  const { type, phase, source, params } = item;
  if (!isRecord(source)) return undefined;
  const time = numberOf(item['time']);
  const { id: sourceId, type: sourceType } = source;
  if (time === undefined || !isInteger(type) || !isInteger(sourceId) || !isInteger(sourceType)) return undefined;
  return { time, type, phase, sourceId, sourceType, startTime: numberOf(source['start_time']), params: isRecord(params) ? params : undefined };
}

/** Times are numbers in some logs and strings in others. */
function numberOf(value: unknown): number | undefined {
  const isSpelled = typeof value === 'string' && /\S/.test(value);
  const number = typeof value === 'number' || isSpelled ? Number(value) : NaN;
  return Number.isFinite(number) ? number : undefined;
}

function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
