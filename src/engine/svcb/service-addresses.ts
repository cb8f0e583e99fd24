/** The addresses of a service: literal, answered, or hinted at by its record while there is no better. */
import { type Family, familyOf } from '../../address.ts';
import type { AddressType, ServiceParams } from '../dns.ts';
import type { AnswerBook } from './answer-book.ts';
import type { LookupOptions } from './lookup-options.ts';
import type { AddressState, Service } from './service.ts';

export type Addresses = Pick<Service, 'ipv4' | 'ipv6'>;

type AddressOptions = Pick<LookupOptions, 'useHints' | 'keepHintsOnNegative' | 'namesResolvedBy'>;

const BY_NAME: Addresses = { ipv4: { state: 'by-name' }, ipv6: { state: 'by-name' } };

/** Of a name. A family that is not asked for gets no hints either. */
export function addressesOf(name: string, params: ServiceParams, book: AnswerBook, options: AddressOptions): Addresses {
  if (options.namesResolvedBy === 'proxy') return BY_NAME;
  const state = (type: AddressType, hints: readonly string[] | undefined) =>
    withHints(book.addresses(name, type), hints, options);
  return { ipv4: state('A', params.ipv4Hints), ipv6: state('AAAA', params.ipv6Hints) };
}

/** Of an IP literal, whatever is asked for names; `undefined` for a name. */
export function literalAddresses(host: string): Addresses | undefined {
  // Most hosts are names, and to find that out by parsing costs more than all the rest of a lookup.
  const family = host.includes(':') || /\d$/.test(host) ? familyOf(host) : undefined;
  if (family === undefined) return undefined;
  const state = (of: Family): AddressState =>
    of === family ? { state: 'positive', from: 'literal', addresses: [host] } : { state: 'not-asked' };
  return { ipv4: state('ipv4'), ipv6: state('ipv6') };
}

/** HE-19, HE-21, HE-28, DEC-4: each family for itself (C-44). */
function withHints(state: AddressState, hints: readonly string[] | undefined, options: AddressOptions): AddressState {
  if (hints === undefined || !options.useHints) return state;
  const stands = state.state === 'pending' || (state.state === 'negative' && options.keepHintsOnNegative);
  return stands ? { state: 'positive', from: 'hint', addresses: hints } : state;
}
