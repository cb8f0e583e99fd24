/** What a source file imports and uses, as the TypeScript parser sees it: comments and strings do not count. */
import { posix } from 'node:path';
import ts from 'typescript';

/** Paths below `src` with `/`, and the text of each file. */
export type SourceFiles = Readonly<Record<string, string>>;

export interface Import {
  /** As written: `./race.ts`, `node:fs`, `zod`. */
  readonly specifier: string;
  /** The file below `src`; absent for packages. */
  readonly target?: string;
  /** Names of what it brings that exists at run time, `*` for a whole module; none: types only. */
  readonly values: readonly string[];
}

/** All imports of a file: type imports, re-exports and `import()` too. */
export function importsOf(path: string, text: string): Import[] {
  const values = valuesBySpecifier(path, text);
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName: specifier }) => ({
    specifier,
    values: values.get(specifier) ?? ['*'],
    ...(specifier.startsWith('.') ? { target: posix.join(posix.dirname(path), specifier) } : {}),
  }));
}

function valuesBySpecifier(path: string, text: string): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const statement of parse(path, text).statements) {
    if (!(ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement))) continue;
    if (statement.moduleSpecifier === undefined || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const specifier = statement.moduleSpecifier.text;
    const names = ts.isImportDeclaration(statement) ? importedValues(statement.importClause) : exportedValues(statement);
    values.set(specifier, [...(values.get(specifier) ?? []), ...names]);
  }
  return values;
}

function importedValues(clause: ts.ImportClause | undefined): string[] {
  if (clause === undefined) return ['*'];
  if (clause.isTypeOnly) return [];
  const named = clause.namedBindings;
  const names = named === undefined ? [] : ts.isNamespaceImport(named) ? ['*'] : named.elements.filter((e) => !e.isTypeOnly).map((e) => (e.propertyName ?? e.name).text);
  return clause.name === undefined ? names : ['default', ...names];
}

function exportedValues({ isTypeOnly, exportClause }: ts.ExportDeclaration): string[] {
  if (isTypeOnly) return [];
  if (exportClause === undefined || !ts.isNamedExports(exportClause)) return ['*'];
  return exportClause.elements.filter((e) => !e.isTypeOnly).map((e) => (e.propertyName ?? e.name).text);
}

/** Globals, and members of globals such as `Date.now`, that a file uses. */
export function usesOf(path: string, text: string): string[] {
  const uses: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) uses.push(`${node.expression.text}.${node.name.text}`);
    if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments?.length ?? 0) === 0) uses.push('Date.now');
    if (ts.isIdentifier(node) && isReference(node)) uses.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(parse(path, text));
  return uses;
}

/** Not the name of a member, a parameter, a type, or anything else that is being declared. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent) || ts.isParameter(parent)) return parent.initializer === node;
  return ts.isExpression(parent) || ts.isStatement(parent) || ts.isShorthandPropertyAssignment(parent);
}

function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
}
