/**
 * The gates of a race, one for each lane; lanes without a gate of their own share the race's. Once all are open,
 * nothing is looked at any more.
 */
import type { Family } from '../../address.ts';
import type { Millis } from '../../units.ts';
import type { AddressState, Service, ServiceView } from '../svcb/service.ts';
import { Gate, type GateState, type GateView, type Known } from './gate.ts';
import type { RaceOptions } from './race-options.ts';
import type { Outbox } from './race-output.ts';

export class Gates {
  readonly #preferred: Family;
  readonly #outbox: Outbox;
  readonly #gates: readonly Gate[];
  #anyAnswer = false;
  #opened: 'none' | 'some' | 'all' = 'none';

  constructor({ gate, lanes, preferredFamily }: RaceOptions, outbox: Outbox) {
    const shared = new Gate(gate);
    this.#gates = lanes.map((lane) => (lane.gate === undefined ? shared : new Gate(lane.gate)));
    this.#preferred = preferredFamily;
    this.#outbox = outbox;
  }

  /** Some answer has come, be it negative. */
  answered(): void {
    this.#anyAnswer = true;
  }

  get isAnyOpen(): boolean {
    return this.#opened !== 'none';
  }

  look(view: ServiceView, now: Millis): void {
    if (this.#opened === 'all') return;
    const seen = gateView(view, this.#preferred, this.#anyAnswer);
    const states = this.#gates.map((gate) => gate.look(seen, now));
    const open = states.find(isOpen);
    if (open === undefined) return;
    if (this.#opened === 'none') this.#outbox.put({ kind: 'gate-opened', rule: open.rule, at: now });
    this.#opened = states.every(isOpen) ? 'all' : 'some';
  }

  /** When a lane may begin: `-Infinity` if it may, `Infinity` if no timer opens its gate. */
  opensAt(lane: number): Millis {
    const gate = this.#gates[lane]?.state;
    return gate?.state === 'open' ? -Infinity : (gate?.opensAt ?? Infinity);
  }
}

function gateView({ services, info }: ServiceView, preferred: Family, anyAnswer: boolean): GateView {
  return {
    preferred,
    best: services.find(isPromising),
    serviceSettled: info !== 'pending',
    anyAnswer,
    ipv4: bestKnown(services, 'ipv4'),
    ipv6: bestKnown(services, 'ipv6'),
    byName: services.some(({ ipv6 }) => ipv6.state === 'by-name'),
  };
}

function bestKnown(services: readonly Service[], family: Family): Known {
  let known: Known = 'no';
  for (const service of services) {
    const address = service[family];
    if (address.state !== 'positive') continue;
    if (address.from !== 'hint') return 'by-answer';
    known = 'by-hint';
  }
  return known;
}

/** Whether a service may give endpoints, now or later. */
function isPromising({ ipv4, ipv6, quic, tcp }: Service): boolean {
  return quic.length + tcp.length > 0 && (mayGive(ipv4) || mayGive(ipv6));
}

function mayGive({ state }: AddressState): boolean {
  return state === 'positive' || state === 'pending' || state === 'by-name';
}

function isOpen(gate: GateState): gate is Extract<GateState, { state: 'open' }> {
  return gate.state === 'open';
}
