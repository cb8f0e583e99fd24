/**
 * The paths to every endpoint that some client could try for a race: as measured where the race tried them, else as a
 * sample of their siblings.
 */
import { familyOfCanonical, parseEndpoint } from '../address.ts';
import type { Race, Transport } from '../model/race.ts';
import type { Millis } from '../units.ts';
import { type SeenAttempt, type SeenStep, seenAttempt } from './attempt-steps.ts';
import type { Path, Step, StepOutcome } from './inferred-race.ts';
import type { AfterTcp, RacedTarget } from './raced-target.ts';
import type { Siblings, SiblingSteps, StepName, WantedStep } from './sibling-steps.ts';

/** Gap between the first SYNs of a connection (Linux, measured: 1024 ms). */
const SYN_GAP_MS: Millis = 1024;
/** Beyond this, and twice what siblings take, silence is taken for death rather than for slowness. */
const PATIENCE_MS: Millis = 50;
/** No answer within this, and no sibling to compare with, is taken for death. */
const LONG_MS: Millis = 200;
/** How far a server is where a trace has not even an answer of DNS. */
const USUAL_MS: Millis = 20;

export interface PathTarget extends RacedTarget {
  readonly addresses: readonly string[];
  /** Something says that the host speaks HTTP/3. */
  readonly offersQuic: boolean;
}

/** What else the trace shows. */
export interface Surroundings {
  readonly steps: SiblingSteps;
  /** How far the nearest DNS server is; absent: not told. */
  readonly dnsMs: Millis | undefined;
}

/** Addresses over TCP, then over QUIC if the host offers it. */
export function inferPaths(race: Race, target: PathTarget, siblings: Surroundings): readonly Path[] {
  const seen = seenByPath(race, target.after);
  const transports: readonly Transport[] = target.offersQuic ? ['tcp', 'quic'] : ['tcp'];
  return transports.flatMap((transport) => target.addresses.map((address) => pathTo(address, transport, target, seen.get(`${transport} ${address}`) ?? [], siblings)));
}

function seenByPath(race: Race, after: AfterTcp): ReadonlyMap<string, SeenAttempt[]> {
  const byPath = new Map<string, SeenAttempt[]>();
  for (const attempt of race.attempts) {
    const endpoint = parseEndpoint(attempt.ipEndpoint);
    const seen = endpoint === undefined ? undefined : seenAttempt(attempt, after);
    if (endpoint === undefined || seen === undefined) continue;
    const key = `${attempt.transport} ${endpoint.address}`;
    const list = byPath.get(key);
    if (list === undefined) byPath.set(key, [seen]);
    else list.push(seen);
  }
  return byPath;
}

function pathTo(address: string, transport: Transport, { host, port, after }: PathTarget, seen: readonly SeenAttempt[], siblings: Surroundings): Path {
  const family = familyOfCanonical(address);
  const wanted = { transport, host, address, port, family };
  const connect = stepOf(seen.map((attempt) => attempt.connect), { ...wanted, step: 'connect' }, siblings);
  const secure = transport === 'tcp' && after !== 'nothing' ? stepOf(seen.flatMap((attempt) => attempt.secure ?? []), { ...wanted, step: after }, siblings) : undefined;
  const lostSyns = transport === 'tcp' ? synsLost(connect, { ...wanted, step: 'connect' }, siblings.steps) : 0;
  return { address, port, family, transport, connect: withoutWaits(connect, lostSyns), ...(secure !== undefined && { secure }), lostSyns };
}

/** Of several attempts at one endpoint the quickest answer counts: the others waited for more than the path. */
function stepOf(seen: readonly SeenStep[], wanted: WantedStep, { steps, dnsMs }: Surroundings): Step {
  const outcomes = seen.flatMap((step) => (step.kind === 'outcome' ? [step.outcome] : []));
  const best = fastest(outcomes.filter(({ kind }) => kind === 'took')) ?? outcomes[0];
  if (best !== undefined) return { known: true, outcome: best };
  const waits = seen.flatMap((step) => (step.kind === 'unanswered' ? [step.forMs] : []));
  return waits.length === 0 ? neverTried(wanted.step, steps.of(wanted), dnsMs) : unanswered(Math.max(...waits), steps.of(wanted));
}

const NEVER: Readonly<Record<StepName, string>> = { connect: 'never tried', secure: 'it never came to a TLS handshake', tunnel: 'it never came to a tunnel' };

/**
 * Where nothing in the trace has answered, what was not tried is likelier dead than as near as the DNS server; a server
 * that is there goes on with the handshake.
 */
function neverTried(step: StepName, found: Siblings | undefined, dnsMs: Millis = USUAL_MS): Step {
  const what = NEVER[step];
  if (found === undefined) {
    const near: StepOutcome = { kind: 'took', ms: dnsMs };
    return { known: false, among: step === 'connect' ? [near, { kind: 'silent' }, { kind: 'silent' }] : [near], because: `${what}, and nothing in the trace to go by: ${step === 'connect' ? 'dead, or ' : ''}as far as its DNS server` };
  }
  return { known: false, among: found.outcomes, because: `${what}: as ${found.whose}` };
}

function unanswered(forMs: Millis, found: Siblings | undefined): Step {
  const said = `no answer within ${Math.round(forMs)} ms`;
  const usual = median(found?.outcomes ?? []);
  const later = found?.outcomes.filter((outcome) => outcome.kind === 'silent' || (outcome.kind === 'took' && outcome.ms > forMs)) ?? [];
  if (found !== undefined && later.length > 0) return { known: false, among: later, because: `${said}: as ${found.whose} that took longer` };
  const isShort = usual === undefined ? forMs < LONG_MS : forMs < 2 * usual + PATIENCE_MS;
  if (isShort && usual !== undefined) return { known: false, among: [{ kind: 'took', ms: forMs + 1 }], because: `${said}, which is no long wait: taken for slow` };
  return { known: false, among: [{ kind: 'silent' }], because: `${said}: slow and dead look the same, taken for dead` };
}

/** An answer that came a round trip after the second, third, … SYN was to that one. */
function synsLost(step: Step, wanted: WantedStep, siblings: SiblingSteps): number {
  if (!step.known || step.outcome.kind !== 'took' || step.outcome.ms < SYN_GAP_MS) return 0;
  const times = Math.floor(step.outcome.ms / SYN_GAP_MS);
  const usual = median(siblings.of({ ...wanted, address: '', port: 0 })?.outcomes.filter((outcome) => outcome.kind === 'took' && outcome.ms < SYN_GAP_MS) ?? []);
  const rest = step.outcome.ms - times * SYN_GAP_MS;
  return times <= 5 && rest <= 2 * (usual ?? rest) + PATIENCE_MS ? times : 0;
}

function withoutWaits(step: Step, lostSyns: number): Step {
  if (lostSyns === 0 || !step.known || step.outcome.kind !== 'took') return step;
  return { known: true, outcome: { kind: 'took', ms: step.outcome.ms - lostSyns * SYN_GAP_MS } };
}

function fastest(outcomes: readonly StepOutcome[]): StepOutcome | undefined {
  return outcomes.toSorted((a, b) => timeOf(a) - timeOf(b))[0];
}

function median(outcomes: readonly StepOutcome[]): Millis | undefined {
  const times = outcomes.map(timeOf).filter(Number.isFinite).toSorted((a, b) => a - b);
  return times[Math.floor((times.length - 1) / 2)];
}

/** Silence lasts for ever. */
export function timeOf(outcome: StepOutcome): Millis {
  return outcome.kind === 'silent' ? Infinity : outcome.ms;
}
