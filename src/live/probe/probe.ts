/**
 * Loads a URL with a client of the engine, on real sockets and by the real clock, and logs it as the simulator logs
 * its clients.
 *
 * The engine decides; here its timers are kept, its actions carried out, and what the network brings handed to it.
 */
import { canonicalHost, formatEndpoint } from '../../address.ts';
import { Client } from '../../engine/client/client.ts';
import { clientOptions } from '../../engine/profiles/options-of.ts';
import type { Parameters } from '../../engine/profiles/parameters.ts';
import type { ClientInfo, EventSink } from '../../netlog/event.ts';
import { tell } from '../../simulator/client-inputs.ts';
import { type LogEmitter, createLogEmitter } from '../../simulator/emit/log-emitter.ts';
import type { Happening } from '../../simulator/happening.ts';
import { engineConstants } from '../../simulator/log/constants.ts';
import { createSourceLog } from '../../simulator/log/source-log.ts';
import { NetworkActions } from '../../simulator/network-actions.ts';
import type { ExchangeEvent, NetworkId } from '../../simulator/network/network-event.ts';
import { type Millis, wholeMicros } from '../../units.ts';
import type { MachineNetwork } from './machine-network.ts';
import type { Deliver, ProbeNetwork } from './probe-network.ts';
import type { QuicModule } from './quic-module.ts';
import { rehearseDns, rehearseQuic } from './rehearse.ts';
import { RehearsalNetwork } from './rehearsal-network.ts';
import { SocketNetwork } from './socket-network.ts';
import { type Trust, prepareTrust } from './tcp-connection.ts';

export interface ProbeOptions {
  readonly url: URL;
  /** Of the client; ECH is switched off, as there is nothing here to do it with. */
  readonly parameters: Parameters;
  /** Speaks QUIC; absent: the client is one without. A request that QUIC has won is cancelled then, as there is no HTTP/3. */
  readonly quic?: QuicModule;
  readonly network: MachineNetwork;
  readonly trust: Trust;
  /** After which the request is given up. */
  readonly timeoutMs: Millis;
  /** For the log's header. */
  readonly client: Required<ClientInfo>;
  /** Told of everything that happens, before it is logged. */
  readonly observe?: (happening: Happening) => void;
  /** Aborting rejects with the signal's reason; the sink is not ended then. */
  readonly signal?: AbortSignal;
}

const REQUEST = 1;
/** So many that little of the client's code is new when it counts (see `rehearse.ts`). */
const REHEARSALS = 3;
const DEAF: EventSink = { start: () => undefined, event: () => undefined, end: () => undefined };
/** After the response, what is still under way may take so long: late answers belong to the story. */
const SETTLES_WITHIN: Millis = 1000;
/** The longest wait of a timer of Node's. */
const LONGEST_TIMER: Millis = 0x7fff_ffff;

/** What can be done here of what a client does. */
function possible({ parameters, quic }: ProbeOptions): Parameters {
  return { ...parameters, quic: parameters.quic && quic !== undefined, ech: false };
}

/** Starts the sink, and ends it when the request is over, whichever way. */
export async function probe(options: ProbeOptions, sink: EventSink): Promise<void> {
  const { observe: _, ...unobserved } = options;
  const trust = prepareTrust(options.trust);
  await rehearseDns();
  const { quic } = options;
  if (quic !== undefined && options.parameters.quic) await rehearseQuic(quic, trust);
  for (let i = 0; i < REHEARSALS; i++) await new Probe(unobserved, DEAF, (deliver) => new RehearsalNetwork(deliver)).run();
  await new Probe(options, sink, (deliver) => new SocketNetwork(trust, quic, deliver)).run();
}

class Probe {
  readonly #options: ProbeOptions;
  readonly #sink: EventSink;
  readonly #network: ProbeNetwork;
  readonly #client: Client;
  readonly #actions: NetworkActions;
  readonly #emitter: LogEmitter;
  readonly #startedAt = performance.now();
  #timer: NodeJS.Timeout | undefined;
  readonly #givesUpAt: Millis;
  /** Of the request. */
  #endedAt: Millis | undefined;
  #end: { readonly resolve: () => void; readonly reject: (error: unknown) => void } | undefined;

  constructor(options: ProbeOptions, sink: EventSink, connect: (deliver: Deliver) => ProbeNetwork) {
    const { url, network } = options;
    const parameters = possible(options);
    this.#options = options;
    this.#sink = sink;
    this.#givesUpAt = options.timeoutMs;
    sink.start(engineConstants(Date.now(), options.client));
    this.#emitter = createLogEmitter(createSourceLog(sink), {
      parameters,
      url: () => url.href,
      localAddress: () => undefined,
      dnsServers: network.dnsServers,
      secureDns: false,
    });
    this.#network = connect((id, event, names) => {
      this.#turn((now) => {
        this.#delivered(id, event, names, now);
      });
    });
    const { ipv4, ipv6, sources, dnsServers } = network;
    this.#client = new Client(clientOptions(parameters, { ipv4, ipv6, sources, dnsTransports: dnsServers.map(() => 'udp') }), Math.random);
    this.#actions = new NetworkActions(this.#network, {
      dnsServer: (index) => formatEndpoint(dnsServers[index] ?? { address: '', port: 0 }),
      url: () => url,
      ended: (_request, _succeeded, now) => (this.#endedAt = now),
    });
  }

  async run(): Promise<void> {
    const { signal, url } = this.#options;
    const interrupt = (): void => {
      this.#end?.reject(signal?.reason);
    };
    signal?.addEventListener('abort', interrupt);
    try {
      signal?.throwIfAborted();
      await new Promise<void>((resolve, reject) => {
        this.#end = { resolve, reject };
        const secure = url.protocol === 'https:';
        const destination = { scheme: secure ? ('https' as const) : ('http' as const), host: canonicalHost(url.hostname), port: Number(url.port || (secure ? 443 : 80)) };
        this.#turn((now) => {
          this.#client.load(REQUEST, destination, now);
        });
      });
    } finally {
      signal?.removeEventListener('abort', interrupt);
      clearTimeout(this.#timer);
      this.#network.close();
    }
    this.#sink.end({ complete: true, diagnostics: [], polledData: this.#emitter.finish(this.#now()) });
  }

  #now(): Millis {
    return wholeMicros(performance.now() - this.#startedAt);
  }

  /** Something happens to the client; all that follows from it at once is carried out. */
  #turn(input: (now: Millis) => void): void {
    try {
      const now = this.#now();
      input(now);
      this.#carryOut(now);
      if (this.#endedAt === undefined && now >= this.#givesUpAt) this.#giveUp(now);
      if (this.#endedAt !== undefined && (this.#network.isQuiet || now >= this.#endedAt + SETTLES_WITHIN)) this.#end?.resolve();
      else this.#setTimer(now);
    } catch (error) {
      // Of ours, in the midst of a callback of Node's.
      this.#end?.reject(error);
    }
  }

  #delivered(id: NetworkId, event: ExchangeEvent, names: readonly string[], now: Millis): void {
    const delivered = { at: now, id, ...event };
    this.#happens({ layer: 'network', at: now, event: delivered });
    tell(this.#client, delivered, names, now);
  }

  #carryOut(now: Millis): void {
    for (let outputs = this.#client.takeOutputs(); outputs.length > 0; outputs = this.#client.takeOutputs()) {
      for (const output of outputs) {
        // Nothing is sent, so that nothing is logged as sent.
        if (output.layer === 'client' && output.kind === 'send-request' && !this.#network.carriesRequests(`c${output.connection}`)) this.#client.cancel(output.request, now);
        else {
          this.#happens(output);
          this.#actions.act(output, now);
        }
      }
    }
  }

  #giveUp(now: Millis): void {
    this.#client.cancel(REQUEST, now);
    this.#carryOut(now);
  }

  #happens(happening: Happening): void {
    this.#options.observe?.(happening);
    this.#emitter.observe(happening);
  }

  /** Node's timers may fire a little early: then the next one is set for the rest. */
  #setTimer(now: Millis): void {
    clearTimeout(this.#timer);
    const deadline = this.#endedAt === undefined ? this.#givesUpAt : this.#endedAt + SETTLES_WITHIN;
    const next = Math.min(deadline, this.#client.nextWakeAt() ?? Infinity);
    this.#timer = setTimeout(
      () => {
        this.#turn((at) => {
          if ((this.#client.nextWakeAt() ?? Infinity) <= at) this.#client.wake(at);
        });
      },
      Math.min(Math.max(0, Math.ceil(next - now)), LONGEST_TIMER),
    );
  }
}
