/**
 * What a pack is: a generator of networks made of published figures, and targets that other people have measured.
 *
 * Inputs and targets are kept apart. A target follows from the inputs through the engine and the simulator; where the
 * very figure is also an input, as the share of blocked UDP is, the target says so with `restsOn`.
 */
import type { RequestOutcome } from '../../src/simulator/outcomes/request-outcome.ts';
import type { Scenario } from '../../src/simulator/scenario/scenario.ts';
import type { Draw } from './draw.ts';

export interface Pack {
  readonly name: string;
  /** What it models, in a sentence. */
  readonly about: string;
  readonly inputs: readonly Input[];
  readonly networks: number;
  /** Networks are drawn, so that some stand for all; else each has its place in a row, as in a sweep. */
  readonly isDrawn: boolean;
  /** Network `n`, from 0, with what is asked in it. */
  readonly scenario: (n: number, draw: Draw) => Scenario;
  readonly targets: readonly Target[];
}

/** A figure that goes in. */
export interface Input {
  readonly figure: string;
  /** Who published it and when; `ours` where nobody has, so that we chose. */
  readonly source: string;
}

export interface Target {
  /** Absent: a published statement without a number of its own in the list of targets. */
  readonly id?: string;
  readonly what: string;
  readonly source: string;
  readonly published: number;
  /** Where the simulated value has to be, ends included. */
  readonly within: readonly [low: number, high: number];
  readonly unit: '%' | 'ms' | 'count';
  /** `mechanism`: follows from other figures. `input`: the figure itself was put in, and has to come through. */
  readonly restsOn: 'mechanism' | 'input';
  readonly simulated: (runs: Runs) => number | undefined;
  /** What the model cannot hold, should the value be outside. */
  readonly unless?: string;
}

/** A profile, or one with parameters changed. */
export interface PackClient {
  readonly profile: string;
  readonly overrides?: Readonly<Record<string, number | boolean | string>>;
}

/** All requests of all networks as this client has them, in order. */
export type Runs = (client: PackClient) => readonly PackRequest[];

export interface PackRequest {
  /** In which network, from 0. */
  readonly network: number;
  readonly outcome: RequestOutcome;
  /** Of the attempts of its race the one that won, from 1; absent: none did, or none was needed. */
  readonly winner?: number;
  /** Of the first attempt of its race. */
  readonly firstFamily?: 'ipv4' | 'ipv6';
  /** Some attempt of its race was to IPv4. */
  readonly triedIpv4: boolean;
  /** In its network some QUIC connection moved to its server's preferred address. */
  readonly hasMigrated: boolean;
  /** From the A answer to the AAAA answer of its race, in ms; negative: AAAA came first. Absent: not both came. */
  readonly aaaaAfterA?: number;
}
