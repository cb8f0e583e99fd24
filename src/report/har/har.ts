/**
 * The shape of a HAR 1.2 file, as far as it is written here
 * (http://www.softwareishard.com/blog/har-12-spec/). Times are ISO 8601 or milliseconds; a size or a
 * timing that is not known is -1; fields of our own begin with an underscore, as the specification asks.
 */

export interface HarNameValue {
  readonly name: string;
  readonly value: string;
}

/** `send`, `wait` and `receive` are never -1. `ssl` is part of `connect`. */
export interface HarTimings {
  readonly blocked: number;
  readonly dns: number;
  readonly connect: number;
  readonly ssl: number;
  readonly send: number;
  readonly wait: number;
  readonly receive: number;
}

export interface HarEntry {
  readonly startedDateTime: string;
  /** Sum of the timings, without `ssl` and without those that are -1. */
  readonly time: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly httpVersion: string;
    readonly cookies: readonly [];
    readonly headers: readonly [];
    readonly queryString: readonly HarNameValue[];
    readonly headersSize: -1;
    readonly bodySize: -1;
  };
  readonly response: {
    /** 0 where there was none. */
    readonly status: number;
    readonly statusText: string;
    readonly httpVersion: string;
    readonly cookies: readonly [];
    readonly headers: readonly [];
    readonly content: { readonly size: 0; readonly mimeType: string };
    readonly redirectURL: '';
    readonly headersSize: -1;
    readonly bodySize: -1;
    readonly _error?: string;
  };
  readonly cache: Readonly<Record<never, never>>;
  readonly timings: HarTimings;
  readonly serverIPAddress?: string;
  /** Source id of the session or the attempt that carried the request. */
  readonly connection?: string;
  /** Source id of the request in the log. */
  readonly _netlogId: number;
  readonly _raceId?: number;
  readonly _connection?: string;
  readonly _fromCache?: 'disk';
  /** The log ended before the request did. */
  readonly _unfinished?: true;
}

export interface Har {
  readonly log: {
    readonly version: '1.2';
    readonly creator: { readonly name: string; readonly version: string };
    readonly browser?: { readonly name: string; readonly version: string };
    readonly pages: readonly [];
    readonly entries: readonly HarEntry[];
    readonly comment: string;
  };
}
