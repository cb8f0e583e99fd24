/** What the emitters must know of client and network beside what happens. */
import type { Family, IpEndpoint } from '../../address.ts';
import type { RequestId } from '../../engine/client/client-output.ts';
import type { Parameters } from '../../engine/profiles/parameters.ts';

export interface EmitterFacts {
  readonly parameters: Parameters;
  /** The URL that a request was given; after a redirect to `https` its path is kept. */
  url(request: RequestId): string;
  /** The client's own address in a family, for sockets of which the network does not tell; `undefined`: nobody knows. */
  localAddress(family: Family): string | undefined;
  /** In the order of the resolver's servers. */
  readonly dnsServers: readonly IpEndpoint[];
  /** The DNS servers are asked over HTTPS. */
  readonly secureDns: boolean;
}
