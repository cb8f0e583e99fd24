/** What becomes of the pieces of a log’s text. */
export interface LogTextOptions {
  /** What becomes of a value, given as it is and as its text. */
  readonly constants: (value: unknown, json: string) => string;
  readonly isEvent: (value: unknown) => boolean;
  /** `undefined`: it is left out, because it is no event. */
  readonly event: (value: unknown, json: string) => string | undefined;
  /** Told of each key besides `constants` and `events`; it is left out with its value. */
  readonly otherKey: (key: string) => void;
  /** Characters of an event; a longer one is left out. */
  readonly longestEvent: number;
}
