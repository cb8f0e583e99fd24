/** What a race is to be: over which transports, in which protocols, and what it has to wait for. */
import type { Millis } from '../../units.ts';
import type { Protocol } from '../endpoint.ts';
import type { AlternativeService } from '../svcb/lookup-options.ts';
import type { RaceId } from './client-output.ts';
import type { ClientOptions } from './client-options.ts';
import type { Destination } from './destination.ts';
import type { DestinationGroup } from './destination-group.ts';
import type { QuicMemory } from './quic-memory.ts';
import { type Request, permits } from './request.ts';
import { type RaceAim, hasLeftQuic } from './running-race.ts';
import type { ServerMemory } from './server-memory.ts';

export interface RacePlan {
  readonly aim: RaceAim;
  readonly destination: Destination;
  readonly preconnect: boolean;
  readonly transports: 'any' | 'tcp' | 'quic';
  /** `withheld`: only as long as QUIC may spare it. */
  readonly tcp: 'offered' | 'withheld';
  readonly tcpHeldBack: Millis | undefined;
  readonly protocols: readonly Protocol[];
  readonly alternatives: readonly AlternativeService[];
  readonly besides?: RaceId;
}

interface Known {
  readonly options: ClientOptions;
  readonly quic: QuicMemory;
  readonly servers: ServerMemory;
}

/**
 * A race for a socket has QUIC unless it is broken, forbidden by all requests, or another race of the destination has
 * it (M-55, M-68).
 */
export function planRace(aim: RaceAim, request: Request, group: DestinationGroup, { options, quic, servers }: Known, now: Millis): RacePlan {
  const { destination, first, withQuic } = group;
  const isForced = options.quic.isForced(destination);
  const isPermitted = permits(request, 'h3') || group.waiting.all().some((waiting) => permits(waiting, 'h3'));
  const isUsable = isForced || (isPermitted && !quic.isBroken(destination, now));
  const hasQuic = isUsable && withQuic === undefined && aim !== 'tcp-alone';
  const transports = isForced || aim === 'quic-beside' ? 'quic' : hasQuic ? 'any' : 'tcp';
  const preconnect = request.purpose === 'preconnect';
  const isSpared = hasQuic ? preconnect && options.sockets.connectionsBy === 'connect-jobs' : withQuic !== undefined && aim !== 'tcp-alone' && !hasLeftQuic(withQuic);
  const alternatives = isPermitted ? quic.alternativesOf(destination, now) : [];
  return {
    aim,
    destination,
    preconnect,
    transports,
    tcp: isSpared ? 'withheld' : 'offered',
    tcpHeldBack: hasQuic && quic.isTrusted(destination) ? options.quic.tcpHeldBack : undefined,
    protocols: options.lookup.protocols.filter((protocol) => (protocol === 'h3' ? isUsable : protocol === 'http/1.1' || !servers.requiresHttp11(destination))),
    alternatives: isForced ? [{ protocol: 'h3' }] : alternatives,
    ...(first !== undefined && { besides: first.id }),
  };
}
