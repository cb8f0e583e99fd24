/**
 * Which rule of a scenario decides over a query or a packet: the first that fits and is not used up.
 *
 * A scenario does not change, so what is left of `times` is kept here; one run of the simulator makes its own.
 */
import type { QueryType } from '../../engine/dns.ts';
import { globMatcher } from '../../glob.ts';
import type { Millis } from '../../units.ts';
import type { DnsRule, DnsTransport } from './dns-section.ts';
import type { NetworkRule } from './network-section.ts';

export interface DnsQuery {
  /** Lower case, no trailing dot. */
  readonly name: string;
  readonly type: QueryType;
  /** Canonical address. */
  readonly server: string;
  readonly transport: DnsTransport;
}

export interface Packet {
  /** The server's canonical address as the client knows it, whichever way the packet goes. */
  readonly to: string;
  /** The server's own address, if a NAT64 is on the way. */
  readonly behindNat64?: string | undefined;
  /** The server's. */
  readonly port: number;
  readonly transport: 'tcp' | 'udp';
  readonly direction: 'toServer' | 'fromServer';
  /** `syn`: the client's SYN; `data`: with TCP payload; `other`: every other packet of TCP, and all of UDP. */
  readonly packet: 'syn' | 'data' | 'other';
  readonly sentAt: Millis;
}

export interface Rules<Subject, Rule> {
  /** The rule that decides, which uses up one of its `times`; `undefined`: nothing disturbs it. */
  match(subject: Subject): Rule | undefined;
}

export function createDnsRules(rules: readonly DnsRule[]): Rules<DnsQuery, DnsRule> {
  return createRules(rules, (rule) => {
    const nameFits = rule.name === undefined ? undefined : globMatcher(rule.name);
    return (query) => fitsQuery(rule, query) && (nameFits?.(query.name) ?? true);
  });
}

export function createNetworkRules(rules: readonly NetworkRule[]): Rules<Packet, NetworkRule> {
  return createRules(rules, (rule) => (packet) => fitsPacket(rule, packet));
}

function createRules<Subject, Rule extends { readonly times?: number | undefined }>(
  rules: readonly Rule[],
  testFor: (rule: Rule) => (subject: Subject) => boolean,
): Rules<Subject, Rule> {
  const states = rules.map((rule) => ({ rule, fits: testFor(rule), left: rule.times ?? Number.POSITIVE_INFINITY }));
  return {
    match(subject) {
      for (const state of states) {
        if (state.left === 0 || !state.fits(subject)) continue;
        state.left--;
        return state.rule;
      }
      return undefined;
    },
  };
}

function fitsQuery(rule: DnsRule, query: DnsQuery): boolean {
  return (
    (rule.type === undefined || rule.type === query.type) &&
    (rule.server === undefined || rule.server === query.server) &&
    (rule.transport === undefined || rule.transport === query.transport) &&
    // Only UDP truncates; the retry over TCP must neither be truncated nor use the rule up.
    (rule.action !== 'truncate' || query.transport === 'udp')
  );
}

function fitsPacket(rule: NetworkRule, packet: Packet): boolean {
  return (
    (rule.transport === undefined || rule.transport === packet.transport) &&
    (rule.direction === undefined || rule.direction === packet.direction) &&
    (rule.packets === 'all' || rule.packets === packet.packet) &&
    (rule.port === undefined || rule.port === packet.port) &&
    packet.sentAt >= rule.fromMs &&
    (rule.untilMs === undefined || packet.sentAt < rule.untilMs) &&
    (rule.to === undefined || rule.to.includes(packet.to) || (packet.behindNat64 !== undefined && rule.to.includes(packet.behindNat64)))
  );
}
