/** Turns the parameters of a profile, and the network that the client finds itself in, into options of the client's layers. */
import type { Family } from '../../address.ts';
import type { SourceAddress } from '../addresses/source-selection.ts';
import { createDestinationSorter } from '../addresses/destination-sorter.ts';
import { type PolicyTable, rfc6724PolicyTable, updatedPolicyTable } from '../addresses/policy-table.ts';
import type { ClientOptions } from '../client/client-options.ts';
import type { Protocol } from '../endpoint.ts';
import type { GateOptions } from '../race/gate.ts';
import type { LaneOptions } from '../race/lane.ts';
import type { RaceOptions } from '../race/race.ts';
import type { Millis } from '../../units.ts';
import type { AttemptDelayOptions } from '../race/attempt-delay.ts';
import { CHROMIUM_RESOLVER, type DnsTransport, type TaskKind } from '../resolver/options.ts';
import { addressTypes } from '../resolver/questions.ts';
import type { Parameters } from './parameters.ts';

export interface Surroundings {
  readonly ipv4: boolean;
  readonly ipv6: boolean;
  readonly sources: readonly SourceAddress[];
  /** Of the DNS servers, in the order in which they are tried. */
  readonly dnsTransports: readonly DnsTransport[];
}

const POLICY_TABLES: Readonly<Record<Parameters['policyTable'], PolicyTable>> = { rfc6724: rfc6724PolicyTable, 'rfc6724-update': updatedPolicyTable([]) };

export function clientOptions(parameters: Parameters, { ipv4, ipv6, sources, dnsTransports }: Surroundings): ClientOptions {
  const { attemptTimeoutMs, tcpHeldBackMs, useAddressHints, builtInResolver, dnsTask, policyTable } = parameters;
  const resolver = {
    ...CHROMIUM_RESOLVER,
    ...(dnsTask === 'each-answer-counts' && EACH_ANSWER_COUNTS),
    ipv4,
    ipv6,
    tasks: tasksOf(parameters, dnsTransports),
    servers: { ...CHROMIUM_RESOLVER.servers, transports: dnsTransports },
  };
  const sorter = createDestinationSorter({ sources, policyTable: POLICY_TABLES[policyTable], longestPrefixForIpv4: false });
  const isSingleStack = !(ipv4 && ipv6);
  const preferredFamily = isSingleStack ? (ipv6 ? 'ipv6' : 'ipv4') : parameters.preferredFamily;
  return {
    resolver,
    lookup: {
      protocols: protocolsOf(parameters),
      addressTypes: addressTypes(resolver),
      serviceRecords: parameters.httpsRecords && builtInResolver,
      followUps: parameters.followUps,
      aliasLimit: 8,
      targetLimit: 8,
      // Hints stand in for answers; a client that waits for those has no use for them.
      useHints: useAddressHints && parameters.waitsFor !== 'every-answer',
      keepHintsOnNegative: parameters.followUps,
      recordPort: parameters.followUps ? 'any' : 'authority',
      noDefaultAlpn: parameters.followUps ? 'understood' : 'refused',
      ech: parameters.ech,
      protectedDns: false,
      fallback: parameters.followUps ? 'unless-protected-ech' : 'unless-ech',
    },
    raceFor: ({ scheme, tcpHeldBack, quicOnly }): RaceOptions => ({
      gate: gateOf(parameters),
      preferredFamily,
      candidates: {
        familyCount: parameters.preferredAddressFamilyCount,
        protocolOrder: parameters.protocolOrder,
        sort: (addresses) => (parameters.familyOrder === 'rfc6724' ? sorter.sort(addresses) : preferredFirst(sorter.sort(addresses), preferredFamily)),
      },
      lanes: lanesOf(parameters, tcpHeldBack, quicOnly),
      givesUpWithoutAddresses: 'never',
      afterWin: { tcp: parameters.tcpAfterQuicWon, quicUntilAge: parameters.quicAfterTcpWonUntilMs },
      heldForService: scheme === 'http' ? 'connections' : parameters.cryptoWaitsForHttpsRecords ? 'crypto' : 'nothing',
      ...(attemptTimeoutMs !== undefined && { attemptTimeout: attemptTimeoutMs }),
    }),
    startsQuicBeside: parameters.plan.startsWith('quic-beside'),
    quic: { brokenFor: 300_000, brokenForAtMost: 172_800_000, ...(tcpHeldBackMs !== undefined && { tcpHeldBack: tcpHeldBackMs }) },
  };
}

/** HE-10, HE-15. */
const EACH_ANSWER_COUNTS = { addressFailure: 'negative', httpsExtraWait: 'unlimited' } as const;

function tasksOf({ builtInResolver, dnsTask }: Parameters, dnsTransports: readonly DnsTransport[]): readonly TaskKind[] {
  if (!builtInResolver || dnsTransports.length === 0) return ['system'];
  return dnsTask === 'as-a-whole' ? ['dns', 'system'] : ['dns'];
}

function preferredFirst(addresses: readonly string[], preferred: Family): readonly string[] {
  const isPreferred = (address: string): boolean => address.includes(':') === (preferred === 'ipv6');
  return [...addresses.filter(isPreferred), ...addresses.filter((address) => !isPreferred(address))];
}

function protocolsOf({ quic }: Parameters): readonly Protocol[] {
  return quic ? ['h3', 'h2', 'http/1.1'] : ['h2', 'http/1.1'];
}

function gateOf({ waitsFor, resolutionDelayMs, resolutionDelayStartsAt }: Parameters): GateOptions {
  const awaited = {
    'every-answer': ['preferred-family', 'other-family', 'service'],
    'preferred-family': ['preferred-family'],
    'preferred-family-and-service': ['preferred-family', 'service'],
  } as const;
  return { waitsFor: awaited[waitsFor], delayStartsAt: resolutionDelayStartsAt, ...(resolutionDelayMs !== undefined && { resolutionDelay: resolutionDelayMs }) };
}

function lanesOf(parameters: Parameters, tcpHeldBack: number | undefined, quicOnly: boolean): RaceOptions['lanes'] {
  const attemptDelay: AttemptDelayOptions = {
    base: parameters.connectionAttemptDelayMs,
    minimum: parameters.minimumConnectionAttemptDelayMs,
    maximum: parameters.maximumConnectionAttemptDelayMs,
    multiplier: parameters.connectionAttemptDelayMultiplier,
  };
  const onTransportConnected = parameters.tcpWinsAt === 'tcp-handshake' ? 'decide' : 'extend-timer';
  const list: LaneOptions = { transport: 'any', family: 'any', order: 'as-listed', slowAttempt: 'raced', onTransportConnected };
  const oneByOne: LaneOptions = { ...list, maxRunning: 1 };
  const quic: LaneOptions = { ...list, transport: 'quic', maxAttempts: 1, onTransportConnected: 'keep-timer' };
  if (quicOnly) return [quic];
  switch (parameters.plan) {
    case 'one-list':
      return [{ ...list, attemptDelay }];
    case 'abandon-slow':
      return [{ ...oneByOne, attemptDelay, slowAttempt: 'abandoned' }];
    case 'one-at-a-time':
      return [oneByOne];
    case 'two-lists':
      return [
        { ...oneByOne, family: 'first' },
        { ...oneByOne, family: 'other', ...after(0, attemptDelay.base, false) },
      ];
    case 'quic-beside-tcp':
      return [quic, { ...list, transport: 'tcp', order: 'flip-on-slow', attemptDelay, onTransportConnected: 'stop-timer', ...after(0, tcpHeldBack, false) }];
    case 'quic-beside-two-connectors': {
      const overQuic = parameters.asyncDnsQuicJob ? severalQuicLanes(quic, attemptDelay.base) : ([quic] as const);
      return [...overQuic, ...connectorLanes(parameters, { ...oneByOne, transport: 'tcp' }, overQuic.length, tcpHeldBack)];
    }
  }
}

/** One for each family, with a gate of their own: QUIC waits for fewer answers, and goes on to further addresses. */
function severalQuicLanes({ maxAttempts: _one, ...quic }: LaneOptions, delay: Millis): [LaneOptions, LaneOptions] {
  const gate: GateOptions = { waitsFor: ['preferred-family'], resolutionDelay: 50, delayStartsAt: 'first-ipv4-addresses' };
  const first: LaneOptions = { ...quic, maxRunning: 1, gate };
  return [first, { ...first, family: 'other', ...after(0, delay, false) }];
}

/** The first connector, at `index` among all lanes and behind QUIC; the second, for the other family; a backup of both. */
function connectorLanes({ connectionAttemptDelayMs, backupDelayMs }: Parameters, first: LaneOptions, index: number, tcpHeldBack: Millis | undefined): LaneOptions[] {
  const second: LaneOptions = { ...first, family: 'other' };
  const connectors = [
    { ...first, ...after(0, tcpHeldBack, false) },
    { ...second, ...after(index, connectionAttemptDelayMs, false) },
  ];
  if (backupDelayMs === undefined) return connectors;
  return [...connectors, { ...first, ...after(index, backupDelayMs, true) }, { ...second, ...after(index + 2, connectionAttemptDelayMs, true) }];
}

function after(lane: number, by: Millis | undefined, repeats: boolean): Pick<LaneOptions, 'behind'> {
  return by === undefined ? {} : { behind: { lane, by, repeats } };
}
