/** What holds in every simulation, whatever the network does. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConnectionId, RaceId, RequestId } from '../../src/engine/client/client-output.ts';
import type { Endpoint } from '../../src/engine/endpoint.ts';
import { PROFILES } from '../../src/engine/profiles/profiles.ts';
import type { ServiceView } from '../../src/engine/svcb/service.ts';
import { writeNetLog } from '../../src/netlog/write-netlog.ts';
import type { Happening } from '../../src/simulator/happening.ts';
import { logSimulation } from '../../src/simulator/log-simulation.ts';
import { simulate } from '../../src/simulator/simulate.ts';
import { type Case, LONG, cases, parametersOf } from './scenario-arbitrary.ts';

/** Attempts of one race begin at least this far apart (HE-59), where all are in one list. */
const SPACING = 10;
const ALL = Object.keys(PROFILES);
/** Without `firefox-hev3`, whose next attempt follows a failure at once. */
const ONE_LIST = ['draft-v3', 'rfc8305', 'aiohttp'];
const WAITING = Object.entries(PROFILES).flatMap(([name, { cryptoWaitsForHttpsRecords }]) => (cryptoWaitsForHttpsRecords ? [name] : []));

interface Run {
  readonly happenings: readonly Happening[];
  readonly endedAt: number;
}

function run(given: Case): Run {
  const happenings: Happening[] = [];
  const endedAt = simulate(given.scenario, parametersOf(given), given.scenario.seed, { happens: (happening) => void happenings.push(happening) });
  return { happenings, endedAt };
}

function holds(check: (run: Run, given: Case) => void, numRuns: number, { cutOff = false, profiles = ALL }: { readonly cutOff?: boolean; readonly profiles?: readonly string[] } = {}): void {
  fc.assert(
    fc.property(cases({ cutOff, profiles }), (given) => {
      check(run(given), given);
    }),
    { numRuns },
  );
}

it('HE-59: attempts of one list begin 10 ms apart', () => {
  holds(({ happenings }) => {
    const starts = new Map<RaceId, number>();
    for (const happening of happenings) {
      if (happening.layer !== 'client' || happening.kind !== 'attempt-began') continue;
      expect(happening.at - (starts.get(happening.race) ?? -Infinity)).toBeGreaterThanOrEqual(SPACING - 1e-6);
      starts.set(happening.race, happening.at);
    }
  }, 100, { profiles: ONE_LIST });
});

it('HE-68: no secure handshake begins while an HTTPS answer is out that it waits for', () => {
  holds(({ happenings }) => {
    const races = new RacesSoFar();
    for (const happening of happenings) {
      races.observe(happening);
      if (happening.layer !== 'client' || (happening.kind !== 'start-tls' && happening.kind !== 'connect-quic')) continue;
      expect(races.isSettled(happening.connection), `${happening.kind} at ${happening.at}`).toBe(true);
    }
  }, 100, { profiles: WAITING });
});

it('attempts go to endpoints of the services known at that moment', () => {
  holds(({ happenings }) => {
    const races = new RacesSoFar();
    for (const happening of happenings) {
      races.observe(happening);
      if (happening.layer !== 'client' || happening.kind !== 'attempt-began') continue;
      expect(races.offers(happening.race, happening.endpoint), `${JSON.stringify(happening.endpoint)} at ${happening.at}`).toBe(true);
    }
  }, 150);
});

describe('the end', () => {
  it('comes by itself, with no timer left', () => {
    holds(({ endedAt }) => expect(endedAt).toBeLessThan(LONG), 500);
  });

  it('of every request comes once, unless its response is lost', () => {
    holds(({ happenings }, { scenario }) => {
      const [began, ended] = requestsOf(happenings);
      const losesResponses = scenario.network.rules.some(({ action, fromMs }) => action === 'drop' && fromMs > 0);
      const sent = happenings.flatMap((happening) => (happening.layer === 'client' && happening.kind === 'send-request' ? [happening.request] : []));
      const mayHang = losesResponses ? sent : [];
      expect(new Set(ended).size).toBe(ended.length);
      expect(began.filter((request) => !ended.includes(request) && !mayHang.includes(request))).toEqual([]);
    }, 150);
  });

  it('of no request comes twice, or before it began, when the simulation is cut off', () => {
    holds(({ happenings, endedAt }, { scenario }) => {
      const [began, ended] = requestsOf(happenings);
      expect(new Set(ended).size).toBe(ended.length);
      expect(ended.filter((request) => !began.includes(request))).toEqual([]);
      expect(endedAt).toBeLessThanOrEqual(scenario.durationMs);
    }, 100, { cutOff: true });
  });
});

it('the same input gives the same bytes', () => {
  fc.assert(
    fc.property(cases({ cutOff: true, profiles: ALL }), (given) => {
      expect(textOf(given)).toBe(textOf(given));
    }),
    { numRuns: 60 },
  );
});

function textOf(given: Case): string {
  let text = '';
  logSimulation(given.scenario, { parameters: parametersOf(given), seed: given.scenario.seed, version: '0', subject: given.profile }, writeNetLog((piece) => (text += piece)));
  return text;
}

function requestsOf(happenings: readonly Happening[]): [began: readonly RequestId[], ended: readonly RequestId[]] {
  const began: RequestId[] = [];
  const ended: RequestId[] = [];
  for (const happening of happenings) {
    if (happening.layer !== 'client') continue;
    if (happening.kind === 'request-began') began.push(happening.request);
    if (happening.kind === 'request-done' || happening.kind === 'request-failed' || happening.kind === 'request-cancelled') ended.push(happening.request);
  }
  return [began, ended];
}

/** What is known in each race, from what the client has told. */
class RacesSoFar {
  readonly #views = new Map<RaceId, ServiceView>();
  readonly #races = new Map<number, RaceId>();
  readonly #connections = new Map<ConnectionId, RaceId>();
  /** Races whose resolution has finished: what is unanswered then is given up. */
  readonly #finished = new Set<RaceId>();

  observe(happening: Happening): void {
    if (happening.layer === 'resolver' && happening.output.kind === 'finished') {
      const race = this.#races.get(happening.output.requestId);
      if (race !== undefined) this.#finished.add(race);
    }
    if (happening.layer !== 'client') return;
    if (happening.kind === 'race-began') this.#races.set(happening.resolverRequest, happening.race);
    if (happening.kind === 'services-updated') this.#views.set(happening.race, happening.view);
    if (happening.kind === 'attempt-began') this.#connections.set(happening.connection, happening.race);
  }

  isSettled(connection: ConnectionId): boolean {
    const race = this.#connections.get(connection) ?? 0;
    return this.#finished.has(race) || this.#views.get(race)?.info !== 'pending';
  }

  offers(race: RaceId, { ip, transport }: Endpoint): boolean {
    const services = this.#views.get(race)?.services ?? [];
    return services.some((service) => {
      const hasAddress = [service.ipv4, service.ipv6].some((family) => family.state === 'positive' && family.addresses.includes(ip.address));
      return hasAddress && service.port === ip.port && service[transport].length > 0;
    });
  }
}
