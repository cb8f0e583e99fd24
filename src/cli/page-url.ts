/** The URL of a page, as somebody types it. */
import { UsageError } from './exit-code.ts';

/** `example.com` is `https://example.com/`. @throws UsageError */
export function readPageUrl(text: string): URL {
  const spelled = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const url = URL.canParse(spelled) ? new URL(spelled) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol) || url.hostname === '') throw new UsageError(`expected a URL of http or https, found ${text}`);
  return url;
}

/** For what goes to other people. */
export function withoutCredentials(url: URL): URL {
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  return shown;
}
