/** What the compiler has to say about the cells of notebooks, each notebook as one module: kernels run them without a look at types. */
import { join } from 'node:path';
import ts from 'typescript';
import { codeOf, type Notebook } from './read-notebooks.ts';

const ROOT = join(import.meta.dirname, '../..');

/** As a user's project: the types of the package are those that were built. */
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.NodeNext,
  lib: ['lib.esnext.d.ts'],
  types: ['node'],
  typeRoots: [join(ROOT, 'node_modules/@types')],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  noEmit: true,
};

export function typeErrorsIn(notebooks: readonly Notebook[]): readonly string[] {
  const texts = new Map(notebooks.map((notebook) => [join(ROOT, 'notebooks', `${notebook.file}.mts`), codeOf(notebook).join('\n\n')]));
  const files = ts.createCompilerHost(OPTIONS);
  const host: ts.CompilerHost = {
    ...files,
    getSourceFile(path, ...rest) {
      const text = texts.get(path);
      return text === undefined ? files.getSourceFile(path, ...rest) : ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
    },
    fileExists: (path) => texts.has(path) || files.fileExists(path),
    readFile: (path) => texts.get(path) ?? files.readFile(path),
  };
  const program = ts.createProgram([...texts.keys()], OPTIONS, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const line = file === undefined ? '' : `${file.fileName.slice(ROOT.length + 1)}:${file.getLineAndCharacterOfPosition(start).line + 1}: `;
    return line + (typeof messageText === 'string' ? messageText : messageText.messageText);
  });
}
