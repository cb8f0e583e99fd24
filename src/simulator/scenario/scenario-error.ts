/** The one error of a scenario that cannot be read; its message names file, line, field, what was expected and found. */
export class ScenarioError extends Error {
  readonly file: string;
  /** From 1. */
  readonly line: number;

  constructor(file: string, line: number, problem: string) {
    super(`${file}:${line}: ${problem}`);
    this.name = 'ScenarioError';
    this.file = file;
    this.line = line;
  }
}
