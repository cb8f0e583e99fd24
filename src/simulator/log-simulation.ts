/** A simulation as a NetLog: the scenario runs, and its events go into a sink such as the writer or the model. */
import { type Family, familyOfCanonical } from '../address.ts';
import type { Parameters } from '../engine/profiles/parameters.ts';
import type { EventSink } from '../netlog/event.ts';
import type { UnixMillis } from '../units.ts';
import { createLogEmitter } from './emit/log-emitter.ts';
import type { Happening } from './happening.ts';
import { simulatedConstants } from './log/constants.ts';
import { createSourceLog } from './log/source-log.ts';
import type { Scenario } from './scenario/scenario.ts';
import { simulate } from './simulate.ts';

/** The start of every scenario on the wall clock: 2026-01-01T00:00:00Z. A fixed one, so that the same input gives the same bytes. */
const START: UnixMillis = 1_767_225_600_000;

export interface SimulationOptions {
  readonly parameters: Parameters;
  readonly seed: number;
  /** Version of this tool, for the log's header. */
  readonly version: string;
  /** What the header says was simulated: scenario and profile. */
  readonly subject: string;
  /** Also told of everything that happens, before the log is. */
  readonly observe?: (happening: Happening) => void;
}

/** Starts the sink, feeds it in order of time, and ends it as a whole log. */
export function logSimulation(scenario: Scenario, { parameters, seed, version, subject, observe }: SimulationOptions, sink: EventSink): void {
  sink.start(simulatedConstants({ tickOffset: START, version, subject }));
  const urls = new Map<number, string>();
  const emitter = createLogEmitter(createSourceLog(sink), {
    parameters,
    url: (request) => urls.get(request) ?? '',
    localAddress: (family: Family) => scenario.client.sources.find((address) => familyOfCanonical(address) === family) ?? UNSPECIFIED[family],
    dnsServers: scenario.dns.servers.map(({ address }) => ({ address, port: DNS_PORT })),
    secureDns: scenario.dns.servers.some(({ transport }) => transport === 'https'),
  });
  const end = simulate(scenario, parameters, seed, {
    requestBegins: (request, url) => urls.set(request, url),
    happens: (happening) => {
      observe?.(happening);
      emitter.observe(happening);
    },
  });
  sink.end({ complete: true, diagnostics: [], polledData: emitter.finish(end) });
}

const DNS_PORT = 53;
const UNSPECIFIED: Readonly<Record<Family, string>> = { ipv4: '0.0.0.0', ipv6: '::' };
