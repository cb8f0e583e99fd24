/** What the layers of one resolver share: options, outputs, ids and the servers' records. */
import type { ResolverOptions } from './options.ts';
import type { ResolverOutput } from './output.ts';
import { type ServerChoice, createServerChoice } from './server-choice.ts';

export interface ResolverContext {
  readonly options: ResolverOptions;
  readonly servers: ServerChoice;
  /** The job of each DNS attempt and system lookup under way, by the id of the latter. */
  readonly owners: Map<number, number>;
  newId(): number;
  emit(output: ResolverOutput): void;
  takeOutputs(): ResolverOutput[];
}

export function createContext(options: ResolverOptions): ResolverContext {
  let outputs: ResolverOutput[] = [];
  let lastId = 0;
  return {
    options,
    servers: createServerChoice(options.servers),
    owners: new Map(),
    newId: () => ++lastId,
    emit: (output) => void outputs.push(output),
    takeOutputs() {
      const taken = outputs;
      outputs = [];
      return taken;
    },
  };
}
