/**
 * A logical query: one name and one type, asked at most once in a lookup.
 * How it reaches a server, and how often, is left to whoever carries it out.
 */
import type { QueryType } from '../dns.ts';

export interface Query {
  readonly name: string;
  readonly type: QueryType;
}
