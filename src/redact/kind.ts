/** What a log may hold that should not be shared, by the reason why. */

export const KINDS = {
  cookies: 'cookies: names and values',
  credentials: 'credentials: passwords, authorization headers, user names and passwords in URLs',
  tokens: 'tokens and session identifiers',
  'path-tokens': 'parts of URL paths that look like tokens',
  'query-strings': 'query strings and fragments of URLs',
  payload: 'payload: bytes of sockets, messages and DNS answers, data URLs',
  'e-mail': 'e-mail addresses',
  'user-names': 'user names, in paths of files too',
  'header-values': 'values of headers that are not known to be harmless',
  'other-keys': 'top-level keys besides constants and events, such as polledData',
} as const;

export type Kind = keyof typeof KINDS;

export const ALL_KINDS: ReadonlySet<Kind> = new Set(Object.keys(KINDS) as Kind[]);

/** What not even its owner wants on a screen or in a ticket: left out of everything that is printed. */
export const CREDENTIALS: ReadonlySet<Kind> = new Set(['cookies', 'credentials', 'tokens'] satisfies Kind[]);
