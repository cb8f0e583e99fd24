/**
 * What else a trace shows that is like a step which it does not show: the same endpoint in other races, then other
 * addresses of the host, then all others. Built in one walk over the trace.
 */
import type { Family } from '../address.ts';
import type { Race, Transport } from '../model/race.ts';
import { parseEndpoint } from '../address.ts';
import { seenAttempt } from './attempt-steps.ts';
import type { StepOutcome } from './inferred-race.ts';
import { type AfterTcp, racedTarget } from './raced-target.ts';
import { ThinnedSample } from './thinned-sample.ts';

export type StepName = 'connect' | Exclude<AfterTcp, 'nothing'>;

/** The step that is looked for. */
export interface WantedStep {
  readonly step: StepName;
  readonly transport: Transport;
  readonly host: string;
  readonly address: string;
  readonly port: number;
  readonly family: Family;
}

export interface Siblings {
  readonly outcomes: readonly StepOutcome[];
  /** In words, after "as". */
  readonly whose: string;
}

export class SiblingSteps {
  readonly #samples = new Map<string, ThinnedSample<StepOutcome>>();

  constructor(races: readonly Race[]) {
    for (const race of races) {
      const target = racedTarget(race);
      if (typeof target === 'string') continue;
      for (const attempt of race.attempts) {
        const endpoint = parseEndpoint(attempt.ipEndpoint);
        const seen = seenAttempt(attempt, target.after);
        if (endpoint === undefined || seen === undefined) continue;
        const wanted = { transport: attempt.transport, host: target.host, ...endpoint, family: attempt.family };
        if (seen.connect.kind === 'outcome') this.#add({ ...wanted, step: 'connect' }, seen.connect.outcome);
        if (seen.secure?.kind !== 'outcome' || target.after === 'nothing') continue;
        // Whether a proxy makes a tunnel hangs on where that is to lead, not on the path.
        if (target.after === 'secure' || seen.secure.outcome.kind !== 'denied') this.#add({ ...wanted, step: target.after }, seen.secure.outcome);
      }
    }
  }

  /** Those that are nearest; none if the trace has nothing to go by. */
  of(wanted: WantedStep): Siblings | undefined {
    for (const { key, whose, onlyUp } of this.#levels(wanted)) {
      const all = this.#samples.get(key)?.values ?? [];
      const outcomes = onlyUp ? all.filter(({ kind }) => kind === 'took') : all;
      if (outcomes.length > 0) return { outcomes, whose };
    }
    return undefined;
  }

  #add(wanted: WantedStep, outcome: StepOutcome): void {
    for (const { key } of levelsOf(wanted)) {
      const sample = this.#samples.get(key) ?? new ThinnedSample<StepOutcome>();
      this.#samples.set(key, sample);
      sample.add(outcome);
    }
  }

  /** A round trip is a round trip: what has no sibling over its transport goes by the other one's. */
  #levels(wanted: WantedStep): readonly Level[] {
    const own = levelsOf(wanted);
    if (wanted.step !== 'connect') return [...own, ...this.#levels({ ...wanted, step: 'connect' })];
    const other = levelsOf({ ...wanted, transport: wanted.transport === 'tcp' ? 'quic' : 'tcp' });
    // Within the host first, whatever the transport; that the host is dead over one says nothing of the other.
    const across = other.map((level) => ({ ...level, whose: `${level.whose} over ${wanted.transport === 'tcp' ? 'QUIC' : 'TCP'}`, onlyUp: true }));
    return [...own.slice(0, -1), ...across.slice(0, -1), ...own.slice(-1), ...across.slice(-1)];
  }
}

interface Level {
  readonly key: string;
  readonly whose: string;
  /** That one address is dead says nothing of those that are less alike. */
  readonly onlyUp: boolean;
}

function levelsOf({ step, transport, host, address, port, family }: WantedStep): readonly Level[] {
  const kind = `${step} ${transport}`;
  return [
    { key: `${kind} endpoint ${address} ${port}`, whose: 'the same endpoint in other races', onlyUp: false },
    { key: `${kind} family ${host} ${family}`, whose: "the host's other addresses of the family", onlyUp: false },
    { key: `${kind} host ${host}`, whose: "the host's addresses of the other family", onlyUp: true },
    { key: `${kind} all`, whose: 'other hosts of the trace', onlyUp: true },
  ];
}
