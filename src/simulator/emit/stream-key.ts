/** How Chromium writes an origin: the default port of the scheme left out, IPv6 literals in brackets. */
import type { EventParams } from '../../netlog/event.ts';
import type { Destination } from '../../engine/client/destination.ts';
import type { Scheme } from '../../engine/query-name.ts';

/** Of what belongs to no site. */
const NO_SITE = 'null null';

const DEFAULT_PORTS: Readonly<Record<Scheme, number>> = { http: 80, https: 443 };

export function originText({ scheme, host, port }: Destination): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === DEFAULT_PORTS[scheme] ? `${scheme}://${name}` : `${scheme}://${name}:${port}`;
}

/** `network_anonymization_key`: the partition of a destination. */
export function networkKey({ partition }: Pick<Destination, 'partition'>): string {
  return partition ?? NO_SITE;
}

/** `stream_key` of groups, attempt managers and pool jobs. */
export function streamKey(destination: Destination): EventParams {
  return {
    destination: originText(destination),
    disable_cert_network_fetches: false,
    network_anonymization_key: networkKey(destination),
    privacy_mode: 'disabled',
    secure_dns_policy: 'allow',
    target_network: '-1',
  };
}
