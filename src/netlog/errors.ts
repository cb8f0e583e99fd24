/** The one error a reader throws: the input is not a NetLog, or cannot be read as one (exit code 3). */
export class NetLogError extends Error {
  override readonly name = 'NetLogError';
  /** A short, stable word for scripts and tests: `empty`, `not-json`, `not-a-netlog`, `logging-in-progress`, … */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
