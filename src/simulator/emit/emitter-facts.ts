/** What the emitters must know of the scenario beside what happens in it. */
import type { Family } from '../../address.ts';
import type { RequestId } from '../../engine/client/client-output.ts';
import type { Parameters } from '../../engine/profiles/parameters.ts';

export interface EmitterFacts {
  readonly parameters: Parameters;
  /** The URL that a request was given; after a redirect to `https` its path is kept. */
  url(request: RequestId): string;
  /** The client's own address in a family. */
  localAddress(family: Family): string;
  /** In the order of the resolver's servers. */
  readonly dnsServers: readonly string[];
  /** The DNS servers are asked over HTTPS. */
  readonly secureDns: boolean;
}
