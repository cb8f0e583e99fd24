/** A network that is none: whatever is asked of it succeeds at once, and no packet is sent. */
import type { ExchangeEvent, HttpRequest, NetworkId } from '../../simulator/network/network-event.ts';
import type { DnsQuery } from '../../simulator/network/network-inputs.ts';
import type { Deliver, ProbeNetwork } from './probe-network.ts';

const ADDRESSES = { A: ['192.0.2.1'], AAAA: ['2001:db8::1'], HTTPS: [] } as const;

export class RehearsalNetwork implements ProbeNetwork {
  readonly #deliver: Deliver;
  readonly #awaited = new Map<NetworkId, NodeJS.Immediate>();

  constructor(deliver: Deliver) {
    this.#deliver = deliver;
  }

  get isQuiet(): boolean {
    return this.#awaited.size === 0;
  }

  startDnsExchange(id: NetworkId, { name, type }: DnsQuery): void {
    this.#bring(id, { kind: 'dns-answer', type, answer: { kind: 'answer', owner: name, addresses: ADDRESSES[type], records: [], ttl: 0 } });
  }

  systemLookup(id: NetworkId): void {
    this.#bring(id, { kind: 'system-answer', addresses: [...ADDRESSES.AAAA, ...ADDRESSES.A] });
  }

  startTcp(id: NetworkId): void {
    this.#bring(id, { kind: 'tcp-connected' });
  }

  startTls(id: NetworkId): void {
    this.#bring(id, { kind: 'tls-done', alpn: 'http/1.1', ech: 'not-offered' });
  }

  startQuic(): void {
    throw new Error('A client that has heard of no h3 starts no QUIC');
  }

  migrate(): void {
    throw new Error('A client without QUIC migrates nothing');
  }

  carriesRequests(): boolean {
    return true;
  }

  sendRequest(id: NetworkId, request: HttpRequest): void {
    this.#bring(id, { kind: 'response', request: request.id, response: { status: 200 } });
  }

  cancel(id: NetworkId): void {
    clearImmediate(this.#awaited.get(id));
    this.#awaited.delete(id);
  }

  close(): void {
    for (const id of this.#awaited.keys()) this.cancel(id);
  }

  #bring(id: NetworkId, event: ExchangeEvent): void {
    this.#awaited.set(
      id,
      setImmediate(() => {
        this.#awaited.delete(id);
        this.#deliver(id, event, []);
      }),
    );
  }
}
