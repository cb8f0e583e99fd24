/** What every command ends with, and the error that means "asked wrongly". */

export const ExitCode = {
  done: 0,
  /** A threshold, or a finding at the asked level, failed. */
  failed: 1,
  /** Usage or configuration. */
  usage: 2,
  /** Unreadable, or not a NetLog. */
  unreadable: 3,
  /** Incomplete input under `--strict`. */
  incomplete: 4,
  /** A bug of ours; the number that sysexits.h gives to internal errors. */
  internal: 70,
  /** Interrupted from the keyboard: 128 and the signal's number. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** What was asked for cannot be done as asked; the message says what would work. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
