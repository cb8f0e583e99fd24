/** A race under way, with the connections of its attempts: what the parts of a client share about it. */
import type { Millis } from '../../units.ts';
import type { Race } from '../race/race.ts';
import type { AttemptId, RaceOutput } from '../race/race-output.ts';
import type { ResolutionOutcome } from '../resolver/output.ts';
import type { ConnectionId, RaceId } from './client-output.ts';
import type { Destination } from './destination.ts';
import type { RaceServices } from './race-services.ts';
import type { Session } from './session.ts';

/** `tcp-alone`: what QUIC cannot do or has done already. */
export type RaceAim = 'socket' | 'quic-beside' | 'tcp-alone';
export type StartAttempt = Extract<RaceOutput, { kind: 'start-attempt' }>;

/** Of an attempt, until it is a session. */
export interface Connection {
  readonly id: ConnectionId;
  readonly race: RunningRace;
  readonly attempt: AttemptId;
  readonly startedAt: Millis;
  start: StartAttempt;
  transportUp: boolean;
  cryptoPermitted: boolean;
  /** When its secure handshake is given up; absent before it begins, and where it has no end. */
  tlsEndsAt?: Millis;
}

export interface RunningRace {
  readonly id: RaceId;
  readonly race: Race;
  readonly destination: Destination;
  readonly resolverRequest: number;
  readonly services: RaceServices;
  /** What it is for: a socket that somebody waits for, a better session than the one there is, or TCP whoever waits. */
  readonly aim: RaceAim;
  /** Over which it may connect: only one race of a destination has QUIC. */
  readonly transports: 'any' | 'tcp' | 'quic';
  readonly tcpHeldBack: Millis | undefined;
  readonly connections: Map<AttemptId, Connection>;
  /** `won`: attempts over the other transport go on; `unwanted`: all that run go on, though nobody needs a socket. */
  state: 'running' | 'won' | 'unwanted';
  /** It has asked the resolver. */
  asked: boolean;
  tcpStarted: boolean;
  /** `failed`: QUIC is broken if TCP works; `out`: it has failed too, and nothing is to be concluded any more. */
  quic: 'untried' | 'failed' | 'out';
  /** Ports at which TCP alternatives of the origin have failed. */
  readonly failedAlternatives: Set<number>;
  lastError: number | undefined;
  /** The newest session that it has brought. */
  brought?: Session;
  /** How its resolution ended, until that is acted upon; absent again if the race asks for more. */
  resolved?: ResolutionOutcome;
}

/** It may yet bring a connection that somebody waits for. */
export function bringsSocket({ state, aim }: RunningRace): boolean {
  return state === 'running' && aim !== 'quic-beside';
}

/** The TCP of races beside it need not wait for it any longer. */
export function hasLeftQuic({ tcpStarted, quic, state }: RunningRace): boolean {
  return tcpStarted || quic !== 'untried' || state !== 'running';
}
