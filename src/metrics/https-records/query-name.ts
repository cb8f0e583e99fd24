/** The names under which HTTPS records of an origin are looked up (RFC 9460 section 9.1). */
import { familyOf } from '../../address.ts';
import type { Resolution } from '../../model/resolution.ts';

interface Origin {
  readonly scheme?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
}

/** A http origin has those of the https origin that it would become (section 9.5). `undefined` for an IP literal. */
export function nameOfOrigin(origin: Origin | undefined): string | undefined {
  if (origin?.host === undefined || familyOf(origin.host) !== undefined) return undefined;
  const { host, port } = origin;
  return port === undefined || port === 443 || port === 80 ? host : `_${port}._https.${host}`;
}

/** As queried; where nothing was queried, as it would have been. */
export function nameOfResolution(resolution: Resolution): string | undefined {
  return resolution.transactions.find(({ type }) => type === 'HTTPS')?.name.toLowerCase() ?? nameOfOrigin(resolution);
}

export function nameOfUrl(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { hostname, port } = new URL(url);
  return nameOfOrigin({ host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? undefined : Number(port) });
}
