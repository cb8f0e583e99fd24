/** What the readers of the different layouts have in common. */
import type { EventFeed } from './event-feed.ts';
import type { JsonFailure } from './json-tokens.ts';

/** How reading ended. */
export interface Outcome {
  readonly feed: EventFeed;
  /** Both the list of events and the log itself were closed. */
  readonly closed: boolean;
  /** The input ended in the middle of an event, or of something else in its place. */
  readonly insideEvent: boolean;
  /** The list of events was closed, whatever came then. */
  readonly afterEvents: boolean;
  /** Set if the rest of the input was not read, because it is not JSON. */
  readonly failure?: JsonFailure | undefined;
  /** Top-level keys besides `constants` and `events` that were met. */
  readonly otherKeys?: readonly string[];
}

export interface LayoutReader {
  /** Takes the next bytes of the log; they may be reused after the call. */
  write(chunk: Uint8Array): void;
  /** There is no point in writing more. */
  readonly stopped: boolean;
  end(): Outcome;
}
