/**
 * Explains a simulation: what happens, told race by race. A request is told where it waits, and later where the
 * connection came from that carries it.
 */
import type { ClientEvent, ConnectionId, RaceId, RequestId } from '../../engine/client/client-output.ts';
import { destinationKey } from '../../engine/client/destination.ts';
import type { AttemptId } from '../../engine/race/race-output.ts';
import { type Millis, wholeMicros } from '../../units.ts';
import { originText } from '../emit/stream-key.ts';
import type { Happening } from '../happening.ts';
import type { NetworkEvent } from '../network/network-event.ts';
import { Account } from './account.ts';
import type { ExplanationSection } from './explanation.ts';
import { RaceAccount } from './race-account.ts';
import { ResolverAccounts } from './resolver-accounts.ts';
import { REQUEST_FAILURES, netErrorText } from './words.ts';

type ClientHappening = Extract<ClientEvent, { layer: 'client' }>;
type Began = Extract<ClientHappening, { kind: 'request-began' }>;

interface Connection {
  readonly race: RaceAccount;
  readonly attempt: AttemptId;
  alpn?: string;
}

export class Explainer {
  readonly #accounts: Account[] = [];
  readonly #races = new Map<RaceId, RaceAccount>();
  readonly #running = new Set<RaceAccount>();
  readonly #byDestination = new Map<string, RaceAccount>();
  readonly #resolver = new ResolverAccounts();
  readonly #connections = new Map<ConnectionId, Connection>();
  readonly #requests = new Map<RequestId, { readonly began: Began; account?: Account | undefined }>();

  /** In order of time. */
  observe(happening: Happening): void {
    switch (happening.layer) {
      case 'network':
        return this.#ofNetwork(happening.event, happening.at);
      case 'resolver':
        return this.#resolver.tell(happening.output);
      case 'race': {
        const { output } = happening;
        const race = this.#races.get(happening.race);
        const winner = output.kind === 'won' ? [...this.#connections.values()].find((connection) => connection.race === race && connection.attempt === output.attempt) : undefined;
        race?.tell(output, winner?.alpn);
        if (race !== undefined && (output.kind === 'won' || output.kind === 'lost')) this.#running.delete(race);
        return;
      }
      case 'client':
        return this.#ofClient(happening);
    }
  }

  /** Races and resolutions in the order in which they began. */
  sections(): readonly ExplanationSection[] {
    return this.#accounts.map((account) => account.section());
  }

  #ofNetwork(event: NetworkEvent, at: Millis): void {
    if (event.kind === 'address-added') {
      for (const race of this.#running) race.says({ at, tone: 'failure', text: `The client has a new address, ${event.address}: what runs is given up.` });
    } else if (event.kind === 'tcp-connected') {
      const connection = this.#connections.get(Number(String(event.id).slice(1)));
      connection?.race.transportConnected(connection.attempt, at);
    }
  }

  #ofClient(happening: ClientHappening): void {
    const { at } = happening;
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- actions say what decisions have said
    switch (happening.kind) {
      case 'race-began': {
        const { race: id, destination, resolverRequest, tcpHeldBack } = happening;
        const race = new RaceAccount(id, originText(destination), at);
        this.#accounts.push(race);
        this.#races.set(id, race);
        this.#running.add(race);
        this.#byDestination.set(destinationKey(destination), race);
        this.#resolver.asks(resolverRequest, race);
        if (tcpHeldBack !== undefined) race.says({ at, tone: 'step', text: `QUIC has worked on this network: it gets ${tcpHeldBack} ms before TCP.` });
        return;
      }
      case 'attempt-began': {
        const race = this.#races.get(happening.race);
        if (race !== undefined) this.#connections.set(happening.connection, { race, attempt: happening.attempt });
        return;
      }
      case 'attempt-failed': {
        const connection = this.#connections.get(happening.connection);
        connection?.race.attemptFailed(connection.attempt, happening.error, at);
        return;
      }
      case 'session-opened': {
        const connection = this.#connections.get(happening.connection);
        if (connection === undefined) return;
        connection.alpn = happening.alpn;
        if (!this.#running.has(connection.race)) connection.race.connectsLate(connection.attempt, happening.alpn, at);
        return;
      }
      case 'session-pooled':
        this.#races.get(happening.race)?.pools(this.#connections.get(happening.connection)?.race.origin ?? '', at);
        return;
      case 'race-abandoned':
        return this.#races.get(happening.race)?.isAbandoned(at);
      case 'session-closed':
        this.#connections.get(happening.connection)?.race.says({ at, tone: 'step', text: 'The connection is closed.' });
        return;
      case 'quic-marked-broken':
        this.#byDestination.get(destinationKey(happening.destination))?.says({
          at,
          tone: 'decision',
          text: `QUIC to this origin counts as broken for ${wholeMicros(happening.until - at)} ms: it failed where TCP succeeded.`,
        });
        return;
      default:
        return this.#ofRequest(happening);
    }
  }

  #ofRequest(happening: ClientHappening): void {
    const { at } = happening;
    if (happening.kind === 'request-began') {
      this.#requests.set(happening.request, { began: happening });
      return;
    }
    if (!('request' in happening)) return;
    const request = this.#requests.get(happening.request);
    if (request === undefined) return;
    const name = requestName(request.began);
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- as above
    switch (happening.kind) {
      case 'race-joined':
        request.account = this.#races.get(happening.race) ?? request.account;
        return request.account?.says({ at, tone: 'step', text: `${name} finds no session and waits for this race.` });
      case 'resolution-began':
        request.account = new Account('resolution', happening.request, originText(happening.destination));
        this.#accounts.push(request.account);
        this.#resolver.asks(happening.resolverRequest, request.account);
        return request.account.says({ at, tone: 'step', text: `${name} wants addresses and no connection.` });
      case 'request-redirected':
        return request.account?.says({ at, rule: 'SB-27', tone: 'decision', text: `${name} goes to ${originText(happening.destination)} instead.` });
      case 'request-assigned': {
        const connection = this.#connections.get(happening.connection);
        const waitedFor = request.account;
        request.account ??= connection?.race;
        const whose = connection === undefined || connection.race === request.account ? `attempt ${connection?.attempt}` : `${connection.race.origin}`;
        return request.account?.says({ at, tone: 'step', text: `${name} uses the session of ${whose}${waitedFor === undefined ? ', which is there already' : ''}.` });
      }
      case 'request-done':
        return request.account?.says({ at, tone: 'success', text: `${name} is ${request.began.purpose === 'load' ? 'answered' : 'done'}.` });
      case 'request-cancelled':
        return request.account?.says({ at, tone: 'failure', text: `${name} is given up by the scenario.` });
      case 'request-failed': {
        const error = happening.error === undefined ? '' : ` (${netErrorText(happening.error)})`;
        return request.account?.says({ at, tone: 'failure', text: `${name} fails: ${REQUEST_FAILURES[happening.failure]}${error}.` });
      }
      default:
        return;
    }
  }
}

function requestName({ request, purpose }: Began): string {
  return `${{ load: 'Request', preconnect: 'Preconnect', resolve: 'Resolution' }[purpose]} ${request}`;
}
