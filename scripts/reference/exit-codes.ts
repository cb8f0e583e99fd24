/** Exit codes in the words of the documentation. */
export const EXIT_CODES: readonly (readonly [code: number, meaning: string])[] = [
  [0, 'done'],
  [1, 'a threshold, or a finding at the asked level, failed'],
  [2, 'wrong usage or configuration'],
  [3, 'unreadable, or not a NetLog'],
  [4, 'incomplete log under --strict'],
];
