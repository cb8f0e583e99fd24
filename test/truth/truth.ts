/**
 * The wire's side of a sample: `truth.json`, made from a packet capture of the same browser run.
 *
 * Read into the project's own words. Times are milliseconds after the capture's own zero; what the
 * capture did not see is absent. Fields that no test asks for are left out; so are ICMP errors, as no
 * sample has one about a connection attempt.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalAddress, canonicalHost, formatEndpoint, parseEndpoint } from '../../src/address.ts';

export const SAMPLES = join(import.meta.dirname, '../../samples');

/** One connection on the wire: a SYN, or a QUIC connection's first Initial, and what followed. */
export interface WireConnection {
  readonly number: number;
  readonly transport: 'tcp' | 'quic';
  readonly ipEndpoint: string;
  readonly localPort: number;
  /** First SYN or Initial; absent: the flow is a new path of a connection that was there already. */
  readonly start: number | undefined;
  /** Later SYNs, or every Initial. */
  readonly repeats: readonly number[];
  readonly synAck: number | undefined;
  readonly refused: number | undefined;
  readonly clientHello: number | undefined;
  readonly serverHello: number | undefined;
  readonly firstServerPacket: number | undefined;
  readonly handshakeDone: number | undefined;
  readonly firstRequest: number | undefined;
  /** The client's CONNECTION_CLOSE. */
  readonly closedByClient: number | undefined;
  /** From the ClientHello; the outer, public name where ECH hides the real one. */
  readonly sni: string | undefined;
  /** Hosts that its requests named; none can be read from QUIC. */
  readonly requestHosts: readonly string[];
  readonly alpn: string | undefined;
}

/** One DNS query and its answer. */
export interface WireQuery {
  readonly name: string;
  readonly type: string;
  readonly transport: string;
  readonly server: string;
  readonly sent: number;
  readonly answered: number | undefined;
  readonly rcode: string | undefined;
  /** Addresses in the answer. */
  readonly addresses: readonly string[];
  /** A name of our own zone; the browser's own errands are not held against the report. */
  readonly ours: boolean;
  readonly hasRecords: boolean;
}

export interface Truth {
  readonly engine: 'hev3' | 'hev2' | 'legacy';
  /** Unix milliseconds of the zero of all times. */
  readonly originUnixMs: number;
  readonly connections: readonly WireConnection[];
  readonly queries: readonly WireQuery[];
  /** Names that the capture counted without listing their queries. */
  readonly unlistedNames: ReadonlySet<string>;
  /** For each name the connection that carried its first request. */
  readonly winners: readonly { readonly name: string; readonly connection: number; readonly firstRequest: number }[];
  readonly roundTripMs: number;
}

/** Names of the samples that have a truth beside them. */
export function samplesWithTruth(): string[] {
  return readdirSync(SAMPLES).filter((name) => existsSync(join(SAMPLES, name, 'truth.json'))).toSorted();
}

export function readTruth(sample: string): Truth {
  return parseTruth(readFileSync(join(SAMPLES, sample, 'truth.json'), 'utf8'));
}

export function parseTruth(json: string): Truth {
  return truthSchema.parse(JSON.parse(json));
}

/** An endpoint in the report's own form. */
function endpoint(text: string): string {
  const parsed = parseEndpoint(text);
  return parsed === undefined ? text : formatEndpoint(parsed);
}

const maybe = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);
const time = maybe(z.number());

const connectionSchema = z
  .object({
    n: z.number(),
    proto: z.enum(['tcp', 'quic']),
    dst: z.string().transform(endpoint),
    src_port: z.number(),
    t_syn: time,
    t_first_initial: time,
    syn_retransmits: z.array(z.number()).default([]),
    t_initials: z.array(z.number()).default([]),
    t_synack: time,
    t_rst_from_server: time,
    t_client_hello: time,
    t_server_hello: time,
    t_first_server_packet: time,
    t_handshake_done: time,
    t_first_request: time,
    t_close_c2s: time,
    sni: maybe(z.string().transform(canonicalHost)),
    authorities: z.array(z.string().transform((text) => canonicalHost(text.replace(/:\d+$/, '')))).default([]),
    alpn: maybe(z.string()),
  })
  .transform(
    (c): WireConnection => ({
      number: c.n,
      transport: c.proto,
      ipEndpoint: c.dst,
      localPort: c.src_port,
      start: c.t_syn ?? c.t_first_initial,
      repeats: [...c.syn_retransmits, ...c.t_initials],
      synAck: c.t_synack,
      refused: c.t_rst_from_server,
      clientHello: c.t_client_hello,
      serverHello: c.t_server_hello,
      firstServerPacket: c.t_first_server_packet,
      handshakeDone: c.t_handshake_done,
      firstRequest: c.t_first_request,
      closedByClient: c.t_close_c2s,
      sni: c.sni,
      requestHosts: c.authorities,
      alpn: c.alpn,
    }),
  );

const querySchema = z
  .object({
    qname: z.string().transform(canonicalHost),
    qtype: z.string(),
    transport: z.string(),
    server: z.string(),
    lab_zone: z.boolean(),
    t_query: z.number(),
    t_response: time,
    rcode: maybe(z.string()),
    answer: z.array(z.string()).default([]),
  })
  .transform(
    (q): WireQuery => ({
      name: q.qname,
      type: q.qtype,
      transport: q.transport,
      server: q.server,
      sent: q.t_query,
      answered: q.t_response,
      rcode: q.rcode,
      addresses: q.answer.map((text) => canonicalAddress(text)).filter((address) => address !== undefined),
      ours: q.lab_zone,
      hasRecords: q.answer.length > 0,
    }),
  );

const truthSchema = z
  .object({
    mode: z.enum(['hev3', 'hev2', 'legacy']),
    t0_epoch: z.number().positive(),
    connections: z.array(connectionSchema),
    dns: z.array(querySchema),
    dns_other_names: z.record(z.string(), z.number()),
    winner_by_name: z.record(z.string(), z.object({ conn: z.number(), t_first_request: z.number() })),
    injected: z.object({ link_rtt_ms: z.number() }),
  })
  .transform(
    (t): Truth => ({
      engine: t.mode,
      originUnixMs: t.t0_epoch * 1000,
      connections: t.connections,
      queries: t.dns,
      unlistedNames: new Set(Object.keys(t.dns_other_names).map(canonicalHost)),
      winners: Object.entries(t.winner_by_name).map(([name, w]) => ({ name: canonicalHost(name), connection: w.conn, firstRequest: w.t_first_request })),
      roundTripMs: t.injected.link_rtt_ms,
    }),
  );
