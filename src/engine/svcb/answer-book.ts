/**
 * The queries of one lookup and what their answers say. It knows nothing of why a query is asked.
 *
 * A later answer to the same query (a stale one refreshed, HE-24, HE-25) takes the place of the earlier one.
 */
import type { AddressType, DnsAnswer, Query, QueryType } from '../dns.ts';
import { type Random, type RecordSet, readRecordSet } from './record-set.ts';
import type { AddressState } from './service.ts';

export interface AnswerBook {
  /** Enters a query; `undefined` if it has been asked before. */
  ask(name: string, type: QueryType): Query | undefined;
  /** Enters an answer; answers to queries never asked are ignored. */
  enter(query: Query, answer: DnsAnswer): void;
  /** A query is asked once more: its answer stands until the next one comes. */
  reopen(query: Query): void;
  /** `undefined` without an answer so far. */
  readonly recordSet: (name: string) => RecordSet | undefined;
  /** Never from a hint. */
  addresses(name: string, type: AddressType): AddressState;
  open(): readonly Query[];
}

interface Entry<Answer> {
  readonly query: Query;
  isOpen: boolean;
  answer?: Answer;
}

const notAsked: AddressState = { state: 'not-asked' };
const pending: AddressState = { state: 'pending' };
const negative: AddressState = { state: 'negative' };

export function createAnswerBook(random: Random): AnswerBook {
  const recordSets = new Map<string, Entry<RecordSet>>();
  const addresses = { A: new Map<string, Entry<AddressState>>(), AAAA: new Map<string, Entry<AddressState>>() };
  const asked: Entry<RecordSet | AddressState>[] = [];
  return {
    ask(name, type) {
      const entries = type === 'HTTPS' ? recordSets : addresses[type];
      if (entries.has(name)) return undefined;
      const entry = { query: { name, type }, isOpen: true };
      entries.set(name, entry);
      asked.push(entry);
      return entry.query;
    },
    enter({ name, type }, answer) {
      if (type === 'HTTPS') {
        const entry = recordSets.get(name);
        if (entry !== undefined) close(entry, readRecordSet(answer, random));
      } else {
        const entry = addresses[type].get(name);
        if (entry !== undefined) close(entry, readAddresses(answer));
      }
    },
    reopen({ name, type }) {
      const entry = (type === 'HTTPS' ? recordSets : addresses[type]).get(name);
      if (entry !== undefined) entry.isOpen = true;
    },
    recordSet: (name) => recordSets.get(name)?.answer,
    addresses(name, type) {
      const entry = addresses[type].get(name);
      return entry === undefined ? notAsked : (entry.answer ?? pending);
    },
    open: () => asked.filter(({ isOpen }) => isOpen).map(({ query }) => query),
  };
}

function close<Answer>(entry: Entry<Answer>, answer: Answer): void {
  entry.answer = answer;
  entry.isOpen = false;
}

function readAddresses(answer: DnsAnswer): AddressState {
  if (answer.kind === 'failure' || answer.addresses.length === 0) return negative;
  return { state: 'positive', from: 'answer', addresses: answer.addresses };
}
