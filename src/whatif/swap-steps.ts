/**
 * What two recordings of one network say differently, as changes that can be made to one of them: each gives it what
 * the other one has.
 */
import type { AskedName, InferredRace, Path, Step } from './inferred-race.ts';
import type { Millis } from '../units.ts';

/** Less than this is the log's own accuracy, and that of a busy browser. */
const SAME_MS: Millis = 5;

export interface Difference {
  /** `here` has no word on it; or the network, or what the browser knew, was not the same. */
  readonly kind: 'not-told' | 'differed';
  readonly text: string;
  readonly apply: (race: InferredRace) => InferredRace;
}

/** @returns what is not told first, then what differed. */
export function differences(here: InferredRace, there: InferredRace): readonly Difference[] {
  const found = [...pathDifferences(here, there), ...nameDifferences(here, there), ...knowledgeDifferences(here, there)];
  return [...found.filter(({ kind }) => kind === 'not-told'), ...found.filter(({ kind }) => kind === 'differed')];
}

function pathDifferences(here: InferredRace, there: InferredRace): readonly Difference[] {
  const own = new Map(here.paths.map((path) => [keyOf(path), path]));
  return there.paths.flatMap((path): readonly Difference[] => {
    const mine = own.get(keyOf(path));
    const replace = (change: (path: Path) => Path) => (race: InferredRace): InferredRace => ({ ...race, paths: race.paths.map((each) => (keyOf(each) === keyOf(path) ? change(each) : each)) });
    if (mine === undefined) {
      if (!path.connect.known) return [];
      return [{ kind: 'not-told', text: `${endpointText(path)} is not to be seen here`, apply: (race) => ({ ...race, addresses: [...new Set([...race.addresses, path.address])], paths: [...race.paths, path] }) }];
    }
    const connect = stepDifference(mine.connect, path.connect, `${path.transport === 'quic' ? 'QUIC' : 'TCP'} to ${endpointText(path)}`, replace((each) => ({ ...each, connect: path.connect, lostSyns: path.lostSyns })));
    const secure = mine.secure === undefined || path.secure === undefined ? [] : stepDifference(mine.secure, path.secure, `TLS to ${endpointText(path)}`, replace((each) => ({ ...each, ...(path.secure !== undefined && { secure: path.secure }) })));
    return [...connect, ...secure];
  });
}

function nameDifferences(here: InferredRace, there: InferredRace): readonly Difference[] {
  const own = new Map(here.asked.map((asked) => [questionOf(asked), asked]));
  return there.asked.flatMap((asked): readonly Difference[] => {
    const mine = own.get(questionOf(asked));
    if (mine === undefined || !asked.tries.every(({ known }) => known)) return [];
    const apply = (race: InferredRace): InferredRace => ({ ...race, asked: race.asked.map((each) => (questionOf(each) === questionOf(asked) ? asked : each)) });
    const [first] = asked.tries.flatMap((theirs, i) => stepDifference(mine.tries[i] ?? mine.tries[0], theirs, `the ${asked.type} answer`, apply));
    return first === undefined ? [] : [first];
  });
}

function knowledgeDifferences(here: InferredRace, there: InferredRace): readonly Difference[] {
  const changes: Difference[] = [];
  const [mine, theirs] = [here.knows, there.knows];
  if ((mine.quicWorkedWith === undefined) !== (theirs.quicWorkedWith === undefined) || mine.ticket !== theirs.ticket || mine.altSvc !== theirs.altSvc) {
    changes.push({ kind: 'differed', text: 'the browsers had not learnt the same of QUIC', apply: (race) => ({ ...race, knows: theirs }) });
  }
  if (here.resolving !== there.resolving) changes.push({ kind: 'differed', text: `the name was ${there.resolving} there and ${here.resolving} here`, apply: (race) => ({ ...race, resolving: there.resolving, asked: there.asked, beginsAtMs: there.beginsAtMs, wishes: there.wishes }) });
  return changes;
}

/** Of a step that the other recording shows. */
function stepDifference(mine: Step, theirs: Step, what: string, apply: Difference['apply']): readonly Difference[] {
  if (!theirs.known) return [];
  if (!mine.known) return [{ kind: 'not-told', text: `${what}: ${mine.because}; ${outcomeText(theirs)} there`, apply }];
  const [a, b] = [mine.outcome, theirs.outcome];
  const isSame = a.kind === b.kind && (a.kind === 'silent' || b.kind === 'silent' || Math.abs(a.ms - b.ms) < SAME_MS);
  return isSame ? [] : [{ kind: 'differed', text: `${what}: ${outcomeText(mine)} here, ${outcomeText(theirs)} there`, apply }];
}

function outcomeText(step: Step): string {
  if (!step.known) return 'not told';
  const { outcome } = step;
  if (outcome.kind === 'silent') return 'silence';
  return `${outcome.kind === 'took' ? '' : `${outcome.kind} after `}${Math.round(outcome.ms)} ms`;
}

function endpointText({ address, port }: Path): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

function keyOf({ transport, address, port }: Path): string {
  return `${transport} ${address} ${port}`;
}

function questionOf({ name, type }: AskedName): string {
  return `${type} ${name}`;
}
