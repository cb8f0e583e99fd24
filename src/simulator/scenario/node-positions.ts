/** Where in a YAML file the fields of its value stand. */
import { isAlias, isMap, isNode, isScalar, isSeq, Scalar, type Document, type LineCounter, type Node } from 'yaml';

export type FieldPath = readonly PropertyKey[];

export interface NodePositions {
  /** Of the field's name, or of the entry of a list; of what it is missing from, if it is not there. */
  offsetOf(path: FieldPath): number;
  /** From 1. `lineInText` counts, from 1 too, within a text that the field holds. */
  lineOf(path: FieldPath, lineInText?: number): number;
}

export function createNodePositions(document: Document, lines: LineCounter): NodePositions {
  const offsetOf = (path: FieldPath) => locate(document, path).offset;
  return {
    offsetOf,
    lineOf(path, lineInText) {
      const { offset, node } = locate(document, path);
      // Only a literal block keeps the lines of the file; they start after the line of its header.
      if (lineInText !== undefined && isScalar(node) && node.type === Scalar.BLOCK_LITERAL) return lines.linePos(node.range?.[0] ?? offset).line + lineInText;
      return Math.max(1, lines.linePos(offset).line);
    },
  };
}

/** The path as text, such as `network.rules[1].packets`. */
export function fieldText(path: FieldPath): string {
  return path.map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i === 0 ? '' : '.'}${String(step)}`)).join('');
}

function locate(document: Document, path: FieldPath): { readonly offset: number; readonly node: Node | null } {
  let node = resolve(document, document.contents);
  let offset = node?.range?.[0] ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => (isScalar(key) ? String(key.value) : String(key)) === String(step));
      if (pair === undefined) break;
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = resolve(document, pair.value);
    } else if (isSeq(node)) {
      const item = node.items[Number(step)];
      if (isNode(item)) offset = item.range?.[0] ?? offset;
      node = resolve(document, item);
    } else break;
  }
  return { offset, node };
}

function resolve(document: Document, value: unknown): Node | null {
  if (isAlias(value)) return value.resolve(document) ?? null;
  return isNode(value) ? value : null;
}
