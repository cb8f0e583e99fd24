/** How much of one log, and of one value in it, a reader takes: far more than any browser writes, and less than does harm. */

export interface ReadLimits {
  /** Bytes of an event, or of its line; a longer one is skipped. */
  readonly longestEvent: number;
  /** Levels to which params nest; deeper ones are left out. Chromium's own reader of JSON stops there too. */
  readonly deepestParams: number;
  /** Characters of one text in params; those with a longer one are left out. A URL has at most half as many. */
  readonly longestText: number;
}

export const READ_LIMITS: ReadLimits = {
  longestEvent: 16 * 1024 * 1024,
  deepestParams: 200,
  longestText: 4 * 1024 * 1024,
};

/**
 * Whether a value from a log nests deeper, or holds a longer text or key, than the limits say. `length`: bytes of its JSON, if
 * known; a short one cannot, as each level takes two.
 */
export function isBeyond(value: object, { deepestParams, longestText }: Pick<ReadLimits, 'deepestParams' | 'longestText'>, length?: number): boolean {
  if (length !== undefined && length <= longestText && length <= 2 * deepestParams) return false;
  return goesBeyond(value, deepestParams, longestText);
}

function goesBeyond(value: object, levels: number, longestText: number): boolean {
  if (levels === 0) return true;
  const fields = value as Readonly<Record<string, unknown>>;
  for (const key in fields) {
    const field = fields[key];
    if (typeof field === 'string' ? field.length > longestText : isObject(field) && goesBeyond(field, levels - 1, longestText)) return true;
    if (key.length > longestText) return true;
  }
  return false;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
