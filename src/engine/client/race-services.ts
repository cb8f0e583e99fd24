/**
 * The services of one race: those of its lookup, of which TCP may be withheld as long as QUIC can still spare it.
 *
 * So a preconnect makes a QUIC connection alone where the client wants that, and parallel races leave TCP to the
 * one that has QUIC until this one turns to it.
 */
import type { DnsAnswer, Query } from '../dns.ts';
import type { Service, ServiceView } from '../svcb/service.ts';
import type { ServiceLookup } from '../svcb/service-lookup.ts';

export class RaceServices implements ServiceLookup {
  readonly #lookup: ServiceLookup;
  #tcp: 'offered' | 'withheld';
  /** Made of `#of`. */
  #withheld: { readonly of: ServiceView; readonly view: ServiceView } | undefined;

  constructor(lookup: ServiceLookup, tcp: 'offered' | 'withheld') {
    this.#lookup = lookup;
    this.#tcp = tcp;
  }

  readonly start = (): readonly Query[] => this.#lookup.start();

  readonly answer = (query: Query, answer: DnsAnswer): readonly Query[] => this.#lookup.answer(query, answer);

  readonly reopen = (query: Query): void => this.#lookup.reopen(query);

  /** As the race sees them. */
  readonly view = (): ServiceView => {
    const known = this.known();
    if (!this.withholdsTcp) return known;
    if (this.#withheld?.of !== known) this.#withheld = { of: known, view: { ...known, services: known.services.map(withoutTcp) } };
    return this.#withheld.view;
  };

  /** All that is known, whatever the race may use of it. */
  known(): ServiceView {
    return this.#lookup.view();
  }

  /** A service offers QUIC, or the answer that may bring one is out. */
  get mayBeQuic(): boolean {
    const { info, services } = this.known();
    return info === 'pending' || services.some(({ quic }) => quic.length > 0);
  }

  /** TCP waits, and QUIC may spare it. */
  get withholdsTcp(): boolean {
    return this.#tcp === 'withheld' && this.mayBeQuic;
  }

  offerTcp(): void {
    this.#tcp = 'offered';
  }
}

function withoutTcp(service: Service): Service {
  return { ...service, tcp: [] };
}
