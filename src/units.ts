/**
 * Time, with its unit in the type.
 *
 * A NetLog stamps events with ticks: whole milliseconds of a monotonic clock. A report counts
 * milliseconds from the log's first event. Neither may be taken for the other by mistake.
 */

/** Milliseconds: a duration, or an offset from the origin of a trace. Fractions are allowed. */
export type Millis = number & { readonly __unit?: 'ms' };

/** Milliseconds on the monotonic clock of one browser process, as logged in `time` and `start_time`. */
export type Ticks = number & { readonly __unit?: 'ticks' };

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type UnixMillis = number & { readonly __unit?: 'unix-ms' };

/** The finest stamps in a log are microseconds; what a difference of floats adds to them is noise. */
export function wholeMicros(ms: Millis): Millis {
  return Math.round(ms * 1000) / 1000;
}

/** The time from one tick to another; negative where the clock ran backwards. */
export function millisBetween(from: Ticks, to: Ticks): Millis {
  return (to - from) as number as Millis;
}

/**
 * The wall clock at a tick. The offset is cut to whole milliseconds by the browser, so the result
 * lies 0 to 1 ms before the real wall clock, and a clock set while logging does not show.
 */
export function wallClock(tickOffset: UnixMillis, at: Ticks): UnixMillis {
  return ((tickOffset as number) + (at as number)) as UnixMillis;
}
