/** How candidates are tried: the plan of a profile as lanes of a race. */
import type { Millis } from '../../units.ts';
import type { RaceOccasion } from '../client/client-options.ts';
import type { AttemptDelayOptions } from '../race/attempt-delay.ts';
import type { GateOptions } from '../race/gate.ts';
import type { LaneOptions } from '../race/lane.ts';
import type { RaceOptions } from '../race/race-options.ts';
import type { Parameters } from './parameters.ts';

export function lanesOf(parameters: Parameters, { tcpHeldBack, transports, isBeside }: Omit<RaceOccasion, 'history'>): RaceOptions['lanes'] {
  const { connectionAttemptDelayRoundTrips, connectionAttemptDelayAfterQuicMs, attemptsPerFamily } = parameters;
  const attemptDelay: AttemptDelayOptions = {
    base: parameters.connectionAttemptDelayMs,
    ...(connectionAttemptDelayAfterQuicMs !== undefined && { baseAfterQuic: connectionAttemptDelayAfterQuicMs }),
    factorWithinFamily: parameters.connectionAttemptDelayFactorWithinFamily,
    minimum: parameters.minimumConnectionAttemptDelayMs,
    maximum: parameters.maximumConnectionAttemptDelayMs,
    multiplier: parameters.connectionAttemptDelayMultiplier,
    multiplierCounts: parameters.connectionAttemptDelayMultiplierCounts,
    onNewAnswer: parameters.onNewAnswer,
    ...(connectionAttemptDelayRoundTrips !== undefined && { perRoundTrip: connectionAttemptDelayRoundTrips }),
  };
  const onTransportConnected = parameters.tcpWinsAt === 'tcp-handshake' ? 'decide' : 'extend-timer';
  const list: LaneOptions = { transport: transports === 'tcp' ? 'tcp' : 'any', family: 'any', order: 'as-listed', slowAttempt: 'raced', afterFailure: parameters.afterFailure, onTransportConnected };
  if (transports === 'quic') return [quicOf(list)];
  switch (parameters.plan) {
    case 'one-list':
      return [{ ...list, attemptDelay }];
    case 'abandon-slow':
      return [{ ...oneByOneOf(list), attemptDelay, slowAttempt: 'abandoned' }];
    case 'one-at-a-time':
      return [oneByOneOf(list)];
    case 'two-lists': {
      const ofOneFamily: LaneOptions = { ...oneByOneOf(list), ...(attemptsPerFamily !== undefined && { maxAttempts: attemptsPerFamily }) };
      return [
        { ...ofOneFamily, family: 'first' },
        { ...ofOneFamily, family: 'other', ...after(0, attemptDelay.base, false) },
      ];
    }
    case 'quic-beside-tcp': {
      const tcp: LaneOptions = { ...list, transport: 'tcp', order: 'flip-on-slow', attemptDelay, onTransportConnected: 'stop-timer', ...after(0, tcpHeldBack, false) };
      return transports === 'tcp' ? [tcp] : [quicOf(list), tcp];
    }
    case 'quic-beside-two-connectors': {
      // There is one backup for all sockets of a destination.
      const backupDelay = isBeside ? undefined : parameters.backupDelayMs;
      const overQuic = transports === 'tcp' ? [] : parameters.asyncDnsQuicJob ? severalQuicLanes(quicOf(list), attemptDelay.base) : [quicOf(list)];
      const connectors = connectorLanes({ ...oneByOneOf(list), transport: 'tcp' }, overQuic.length, parameters.connectionAttemptDelayMs, backupDelay, tcpHeldBack);
      const [first = connectors[0], ...others] = [...overQuic, ...connectors];
      return [first, ...others];
    }
  }
}

function oneByOneOf(list: LaneOptions): LaneOptions {
  return { ...list, maxRunning: 1 };
}

function quicOf(list: LaneOptions): LaneOptions {
  return { ...list, transport: 'quic', maxAttempts: 1, onTransportConnected: 'keep-timer' };
}

/** One for each family, with a gate of their own: QUIC waits for fewer answers, and goes on to further addresses. */
function severalQuicLanes({ maxAttempts: _one, ...quic }: LaneOptions, delay: Millis): [LaneOptions, LaneOptions] {
  const gate: GateOptions = { waitsFor: ['preferred-family'], resolutionDelay: 50, delayStartsAt: 'first-ipv4-addresses', hints: 'as-answers' };
  const first: LaneOptions = { ...quic, maxRunning: 1, gate };
  return [first, { ...first, family: 'other', ...after(0, delay, false) }];
}

/** The first connector, at `index` among all lanes and behind QUIC; the second, for the other family; a backup of both. */
function connectorLanes(first: LaneOptions, index: number, secondDelay: Millis, backupDelay: Millis | undefined, tcpHeldBack: Millis | undefined): [LaneOptions, ...LaneOptions[]] {
  const second: LaneOptions = { ...first, family: 'other' };
  const connectors: [LaneOptions, LaneOptions] = [
    { ...first, ...after(0, tcpHeldBack, false) },
    { ...second, ...after(index, secondDelay, false) },
  ];
  if (backupDelay === undefined) return connectors;
  return [...connectors, { ...first, ...after(index, backupDelay, true) }, { ...second, ...after(index + 2, secondDelay, true) }];
}

function after(lane: number, by: Millis | undefined, repeats: boolean): Pick<LaneOptions, 'behind'> {
  return by === undefined ? {} : { behind: { lane, by, repeats } };
}
