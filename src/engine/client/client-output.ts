/**
 * What a client tells whoever drives it: actions to carry out, and everything that its layers decided, in order.
 */
import type { IpEndpoint } from '../../address.ts';
import type { Millis } from '../../units.ts';
import type { Endpoint, Protocol } from '../endpoint.ts';
import type { RaceOutput } from '../race/race-output.ts';
import type { ResolverOutput } from '../resolver/output.ts';
import type { ServiceView } from '../svcb/service.ts';
import type { Destination } from './destination.ts';

/** Given by the caller, new for every request, preconnect and resolution. */
export type RequestId = number;
export type RaceId = number;
/** Of a connection from its first packet on; a session keeps the id of its connection. */
export type ConnectionId = number;

/** For the caller to carry out. Ids of connections are not used again. */
export type ClientAction =
  | { readonly kind: 'connect-tcp'; readonly connection: ConnectionId; readonly ip: IpEndpoint }
  /** On a TCP connection that is up. */
  | { readonly kind: 'start-tls'; readonly connection: ConnectionId; readonly serverName: string; readonly alpn: readonly Protocol[]; readonly ech?: string }
  | { readonly kind: 'connect-quic'; readonly connection: ConnectionId; readonly ip: IpEndpoint; readonly serverName: string; readonly ech?: string; readonly earlyData: boolean }
  /** Of an attempt, or of a session that the client closes. */
  | { readonly kind: 'cancel-connection'; readonly connection: ConnectionId }
  /** Validate a path to another address of the server, and use it from then on (RFC 9000 §9.6). */
  | { readonly kind: 'migrate'; readonly connection: ConnectionId; readonly ip: IpEndpoint }
  | { readonly kind: 'send-request'; readonly connection: ConnectionId; readonly request: RequestId };

export type RequestFailure = 'name-not-resolved' | 'connection-failed' | 'service-records-unavailable' | 'timed-out' | 'network-changed' | 'session-closed';

/** What became of races, connections and requests. */
export type ClientDecision =
  | {
      readonly kind: 'race-began';
      readonly race: RaceId;
      readonly resolverRequest: number;
      readonly destination: Destination;
      readonly preconnect: boolean;
      readonly tcpHeldBack: Millis | undefined;
      /** The first race of this destination that is still running. */
      readonly besides?: RaceId;
    }
  /** What the race may connect to by now: after each answer, and at the beginning if nothing has to be asked. */
  | { readonly kind: 'services-updated'; readonly race: RaceId; readonly view: ServiceView }
  | { readonly kind: 'race-joined'; readonly race: RaceId; readonly request: RequestId }
  | { readonly kind: 'attempt-began'; readonly race: RaceId; readonly connection: ConnectionId; readonly attempt: number; readonly endpoint: Endpoint }
  | { readonly kind: 'attempt-failed'; readonly race: RaceId; readonly connection: ConnectionId; readonly error: number }
  | { readonly kind: 'session-opened'; readonly race: RaceId; readonly connection: ConnectionId; readonly destination: Destination; readonly alpn: string }
  /** A session for another name that ends at one of this name's addresses (RFC 9113 §9.1.1), or whose server claims it (RFC 8336). */
  | { readonly kind: 'session-pooled'; readonly race: RaceId; readonly connection: ConnectionId }
  /** Nobody needs what it would bring: it ends without success or failure. */
  | { readonly kind: 'race-abandoned'; readonly race: RaceId }
  | { readonly kind: 'session-closed'; readonly connection: ConnectionId }
  | { readonly kind: 'quic-marked-broken'; readonly destination: Destination; readonly until: Millis }
  | { readonly kind: 'request-began'; readonly request: RequestId; readonly destination: Destination; readonly purpose: 'load' | 'preconnect' | 'resolve' }
  /** For a request that resolves and no more. */
  | { readonly kind: 'resolution-began'; readonly request: RequestId; readonly resolverRequest: number; readonly destination: Destination }
  /** RFC 9460 §9.5: the same request, to the secure origin. */
  | { readonly kind: 'request-redirected'; readonly request: RequestId; readonly destination: Destination }
  | { readonly kind: 'request-assigned'; readonly request: RequestId; readonly connection: ConnectionId; readonly reused: boolean }
  /** Its session broke before there was a response, and had been used before: it starts anew, once. */
  | { readonly kind: 'request-retried'; readonly request: RequestId; readonly error: number }
  | { readonly kind: 'request-done'; readonly request: RequestId }
  /** By the caller. */
  | { readonly kind: 'request-cancelled'; readonly request: RequestId }
  | { readonly kind: 'request-failed'; readonly request: RequestId; readonly failure: RequestFailure; readonly error: number | undefined };

export type ClientEvent =
  | ({ readonly layer: 'client'; readonly at: Millis } & (ClientAction | ClientDecision))
  | { readonly layer: 'race'; readonly race: RaceId; readonly at: Millis; readonly output: RaceOutput }
  | { readonly layer: 'resolver'; readonly at: Millis; readonly output: ResolverOutput };
