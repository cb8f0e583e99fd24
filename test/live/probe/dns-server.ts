/** A DNS server for tests, over UDP and TCP at one port of the loopback, that answers as it is told. */
import { createSocket } from 'node:dgram';
import { type AddressInfo, createServer } from 'node:net';
import packet, { type Answer } from 'dns-packet';
import type { QueryType } from '../../../src/engine/dns.ts';
import { readRdata } from './service-rdata.ts';

export interface Question {
  readonly name: string;
  readonly type: QueryType;
  readonly transport: 'udp' | 'tcp';
}

/** Records as `A` and `AAAA` have addresses, `CNAME` a name and `HTTPS` RDATA; or what happens instead of an answer. */
export type Reply =
  | { readonly kind: 'records'; readonly records: readonly (readonly [name: string, type: QueryType | 'CNAME', data: string | Buffer])[] }
  | { readonly kind: 'rcode'; readonly rcode: number }
  | { readonly kind: 'truncated' | 'silence' | 'garbage' };

export interface TestDnsServer {
  readonly port: number;
  /** In the order in which they came. */
  readonly questions: readonly Question[];
  close(): void;
}

const TYPES: Readonly<Record<string, QueryType>> = { A: 'A', AAAA: 'AAAA', UNKNOWN_65: 'HTTPS' };
const TTL = 60;

/** `answer` may take as long as it wants. */
export async function startDnsServer(answer: (question: Question) => Reply | Promise<Reply>): Promise<TestDnsServer> {
  const questions: Question[] = [];

  async function respond(message: Buffer, transport: 'udp' | 'tcp'): Promise<Buffer | undefined> {
    const query = packet.decode(message);
    const [asked] = query.questions ?? [];
    if (asked === undefined) throw new Error('no question');
    const question = { name: asked.name, type: TYPES[asked.type] ?? 'A', transport };
    questions.push(question);
    const reply = await answer(question);
    if (reply.kind === 'silence') return undefined;
    const flags = packet.RECURSION_DESIRED | packet.RECURSION_AVAILABLE | (reply.kind === 'truncated' ? packet.TRUNCATED_RESPONSE : 0) | (reply.kind === 'rcode' ? reply.rcode : 0);
    const answers = reply.kind === 'records' ? reply.records.map(([name, type, data]) => ({ name, type: type === 'HTTPS' ? 'UNKNOWN_65' : type, ttl: TTL, data }) as Answer) : [];
    const response = packet.encode({ type: 'response', id: query.id ?? 0, flags, questions: [asked], answers });
    return reply.kind === 'garbage' ? Buffer.concat([response.subarray(0, 4), Buffer.of(0, 9, 0, 9, 0xff)]) : response;
  }

  const tcp = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (bytes: Buffer) => {
      void respond(bytes.subarray(2), 'tcp').then((message) => message !== undefined && socket.end(Buffer.concat([Buffer.of(message.length >> 8, message.length & 0xff), message])));
    });
  });
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
  const { port } = tcp.address() as AddressInfo;
  const udp = createSocket('udp4');
  let isOpen = true;
  udp.on('message', (bytes, { port: from }) => {
    void respond(bytes, 'udp').then((message) => message !== undefined && isOpen && udp.send(message, from, '127.0.0.1'));
  });
  await new Promise<void>((resolve) => udp.bind(port, '127.0.0.1', resolve));
  return {
    port,
    questions,
    close: () => {
      isOpen = false;
      udp.close();
      tcp.close();
    },
  };
}

/** A server for one name, which asks nobody. */
export function zone(name: string, addresses: Partial<Record<'A' | 'AAAA', string>>, https?: string): (question: Question) => Reply {
  return ({ name: asked, type }) => {
    if (type === 'HTTPS') return { kind: 'records', records: https === undefined ? [] : [[asked, 'HTTPS', readRdata(https)]] };
    const address = addresses[type];
    return { kind: 'records', records: address === undefined || asked !== name ? [] : [[asked, type, address]] };
  };
}
