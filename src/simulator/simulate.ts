/**
 * Runs a scenario: a client of the engine in a simulated network, on a virtual clock that jumps to whatever comes next.
 *
 * At one instant DNS answers come first, then events of connections, then timers, then the scenario's own requests
 * (DEC-11); what follows from them at the same instant comes before the clock moves on.
 */
import { Client, type Memories } from '../engine/client/client.ts';
import type { ClientOptions } from '../engine/client/client-options.ts';
import type { RequestId } from '../engine/client/client-output.ts';
import { type Surroundings, clientOptions } from '../engine/profiles/options-of.ts';
import type { Parameters } from '../engine/profiles/parameters.ts';
import { familyOfCanonical } from '../address.ts';
import type { Millis } from '../units.ts';
import { Agenda } from './agenda.ts';
import { CertificateNames } from './certificate-names.ts';
import { readAltSvc } from './alt-svc.ts';
import { ask, tell } from './client-inputs.ts';
import type { Happening } from './happening.ts';
import { Network } from './network/network.ts';
import type { NetworkInputs } from './network/network-inputs.ts';
import { createRandom } from './network/random.ts';
import { NetworkActions } from './network-actions.ts';
import type { Scenario } from './scenario/scenario.ts';
import { networkOf } from './scenario-network.ts';

/** Who wants to know what happens. */
export interface Observer {
  /** A request of the client's, a preconnect or a resolution, and the URL that the scenario gives for it. */
  requestBegins?(request: RequestId, url: string): void;
  /** In order of time. */
  happens(happening: Happening): void;
}

/** Runs until nothing is left to happen or the scenario's duration is over; returns the time of the end. */
export function simulate(scenario: Scenario, parameters: Parameters, seed: number, observer: Observer): Millis {
  return createSimulator(scenario, parameters)(seed, observer);
}

/** For many runs: what is the same in each is made once. Every run has a new client and a new network. */
export function createSimulator(scenario: Scenario, parameters: Parameters): (seed: number, observer: Observer) => Millis {
  const given = { scenario, network: networkOf(scenario), options: clientOptions(parameters, surroundingsOf(scenario)) };
  return (seed, observer) => new Simulation(given, seed, observer).run();
}

interface Given {
  readonly scenario: Scenario;
  readonly network: NetworkInputs;
  readonly options: ClientOptions;
}

class Simulation {
  readonly #durationMs: Millis;
  readonly #observer: Observer;
  readonly #network: Network;
  readonly #client: Client;
  readonly #agenda: Agenda;
  readonly #actions: NetworkActions;
  readonly #certificateNames: CertificateNames;

  constructor({ scenario, network, options }: Given, seed: number, observer: Observer) {
    this.#durationMs = scenario.durationMs;
    this.#observer = observer;
    this.#network = new Network(network, seed);
    this.#agenda = new Agenda(scenario.requests);
    this.#certificateNames = new CertificateNames(scenario.servers);
    this.#actions = new NetworkActions(this.#network, {
      dnsServer: (index) => scenario.dns.servers[index]?.address ?? '',
      url: (request) => new URL(this.#agenda.entryOf(request).url.href),
      ended: (request, succeeded, now) => {
        this.#agenda.ended(request, succeeded, now);
      },
    });
    // A generator of its own: the engine's choices stay the same however the network's loss and jitter are drawn.
    const random = createRandom(seed + 1);
    this.#client = new Client(options, () => random.next());
    this.#client.remember(memoriesOf(scenario));
  }

  run(): Millis {
    let now: Millis = 0;
    for (;;) {
      const next = Math.min(this.#network.nextAt() ?? Infinity, this.#client.nextWakeAt() ?? Infinity, this.#agenda.nextAt() ?? Infinity);
      if (next === Infinity) return now;
      if (next > this.#durationMs) return this.#durationMs;
      now = Math.max(now, next);
      this.#step(now);
    }
  }

  #step(now: Millis): void {
    for (const event of this.#network.step(now)) {
      this.#observer.happens({ layer: 'network', at: now, event });
      tell(this.#client, event, this.#certificateNames.of(event), now);
      this.#carryOut(now);
    }
    if ((this.#client.nextWakeAt() ?? Infinity) <= now) {
      this.#client.wake(now);
      this.#carryOut(now);
    }
    for (let wish = this.#agenda.take(now); wish !== undefined; wish = this.#agenda.take(now)) {
      if (wish.kind !== 'cancel') this.#observer.requestBegins?.(wish.request, wish.entry.url.href);
      ask(this.#client, wish, now);
      this.#carryOut(now);
    }
  }

  #carryOut(now: Millis): void {
    for (let outputs = this.#client.takeOutputs(); outputs.length > 0; outputs = this.#client.takeOutputs()) {
      for (const output of outputs) {
        this.#observer.happens(output);
        this.#certificateNames.observe(output);
        this.#actions.act(output, now);
      }
    }
  }
}

function surroundingsOf({ client, dns }: Scenario): Surroundings {
  const { ipv4, ipv6, sources, nat64Prefix, forceQuicOn, limits } = client;
  return {
    ipv4,
    ipv6,
    sources: sources.map((address) => ({ address, prefixLength: familyOfCanonical(address) === 'ipv6' ? 64 : 24 })),
    dnsTransports: dns.servers.map(({ transport }) => transport),
    ...(nat64Prefix !== undefined && { nat64Prefix }),
    limits,
    forceQuicOn,
  };
}

function memoriesOf({ client: { knows } }: Scenario): Memories {
  const secure = (origin: { readonly host: string; readonly port: number }) => ({ scheme: 'https', ...origin }) as const;
  return {
    quicWorkedAt: knows.quicWorkedAt.map(secure),
    http2At: knows.http2At.map(secure),
    alternatives: knows.altSvc.map(({ origin, field }) => ({ destination: secure(origin), services: readAltSvc(field) })),
  };
}
