/** The titles of a test file, read from its source: literals that `it`, `test`, `describe` and their tables begin with. */
import { readFileSync } from 'node:fs';
import ts from 'typescript';

const FUNCTIONS = new Set(['it', 'test', 'describe']);

export function testTitles(file: string): readonly string[] {
  const titles: string[] = [];
  const take = (node: ts.Node | undefined): void => {
    if (node === undefined) return;
    if (ts.isStringLiteralLike(node)) titles.push(node.text);
    if (ts.isArrayLiteralExpression(node)) take(node.elements[0]);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && FUNCTIONS.has(nameOf(node.expression))) {
      const [first] = node.arguments;
      // The table of `it.each` has a row for each test, whose first cell is the title or part of it.
      if (first !== undefined && ts.isArrayLiteralExpression(first)) first.elements.forEach(take);
      else take(first);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest));
  return titles;
}

/** `it` of `it`, `it.each` and `it.each(…)`. */
function nameOf(expression: ts.Expression): string {
  if (ts.isIdentifier(expression)) return expression.text;
  if (ts.isCallExpression(expression) || ts.isPropertyAccessExpression(expression)) return nameOf(expression.expression);
  return '';
}
