/** In what the outputs of an executed notebook differ from the committed ones: a line for each, with cell and place. */
import { isDeepStrictEqual } from 'node:util';

/** Of two long texts, characters before the first in which they differ. */
const SHOWN_BEFORE = 20;

/** The picture of a chart is drawn from the specification beside it, which is compared; a newer renderer may draw it a little differently. */
const PICTURE = 'image/png';

/**
 * @typedef {{ readonly id: string, readonly outputs?: readonly { readonly data?: Readonly<Record<string, unknown>>, readonly text?: unknown }[] }} Cell
 * @typedef {{ readonly cells: readonly Cell[] }} Notebook
 */

/** @param {Notebook} committed @param {Notebook} executed */
export function differences(committed, executed) {
  return executed.cells.flatMap((cell, i) => {
    const [before, after] = [outputsOf(committed.cells[i]), outputsOf(cell)];
    if (isDeepStrictEqual(before, after)) return [];
    return [`  cell ${i + 1} (${cell.id}): ${firstDifference(before, after, 'outputs')}`];
  });
}

/** @param {Cell | undefined} cell */
function outputsOf(cell) {
  return (cell?.outputs ?? []).map(({ data, text, ...output }) => ({
    ...output,
    ...(text !== undefined && { text: joined(text) }),
    ...(data !== undefined && { data: Object.fromEntries(Object.entries(data).map(([type, value]) => [type, type === PICTURE ? 'a picture' : joined(value)])) }),
  }));
}

/** Text may stand in a notebook as one string or as its lines. @param {unknown} value */
function joined(value) {
  return Array.isArray(value) ? value.join('') : value;
}

/**
 * The first place at which two values differ, and what they have there.
 *
 * @param {unknown} before @param {unknown} after @param {string} place
 * @returns {string}
 */
function firstDifference(before, after, place) {
  if (typeof before === 'object' && typeof after === 'object' && before !== null && after !== null) {
    const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
    for (const key of new Set([...old.keys(), ...now.keys()])) {
      if (!isDeepStrictEqual(old.get(key), now.get(key))) return firstDifference(old.get(key), now.get(key), `${place}.${key}`);
    }
  }
  if (typeof before === 'string' && typeof after === 'string') {
    let same = 0;
    while (same < before.length && before[same] === after[same]) same++;
    const from = Math.max(0, same - SHOWN_BEFORE);
    return `${place}: ${shortened(before.slice(from))} became ${shortened(after.slice(from))}`;
  }
  return `${place}: ${shortened(before)} became ${shortened(after)}`;
}

/** @param {unknown} value */
function shortened(value) {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
