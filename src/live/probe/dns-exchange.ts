/** One DNS query on a socket of its own, over UDP or TCP; silence stays silence, as time-outs are the engine's affair. */
import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { type IpEndpoint, familyOfCanonical } from '../../address.ts';
import type { Query } from '../../engine/dns.ts';
import { netError } from '../../simulator/network/net-error.ts';
import type { LookupEvent } from '../../simulator/network/network-event.ts';
import { queryMessage, readAnswer } from './dns-message.ts';
import { netErrorOf } from './socket-errors.ts';

export interface Cancellable {
  /** Nothing is heard of it any more. */
  cancel(): void;
}

type Done = (event: LookupEvent) => void;

const IDS = 65_536;

export function askOverUdp(server: IpEndpoint, query: Query, done: Done): Cancellable {
  const id = randomInt(IDS);
  const socket = createSocket(familyOfCanonical(server.address) === 'ipv6' ? 'udp6' : 'udp4');
  const { settle, cancel } = once(done, () => socket.close());
  const fail = (error: unknown): void => {
    settle({ kind: 'dns-failed', type: query.type, error: netErrorOf(error, 'ERR_CONNECTION_FAILED') });
  };
  socket.on('error', fail);
  socket.on('message', (message) => {
    const answer = readAnswer(message, id, query);
    if (answer !== undefined) settle(eventOf(answer, query));
  });
  // Connected, so that nobody else's datagrams come in, and an ICMP error does.
  socket.connect(server.port, server.address, (error?: Error | null) => {
    if (error !== undefined && error !== null) fail(error);
    else socket.send(queryMessage(id, query), (failure) => failure !== null && fail(failure));
  });
  return { cancel };
}

export function askOverTcp(server: IpEndpoint, query: Query, done: Done): Cancellable {
  const id = randomInt(IDS);
  const socket = connect({ host: server.address, port: server.port, noDelay: true });
  const { settle, cancel } = once(done, () => socket.destroy());
  const fail = (error: unknown): void => {
    settle({ kind: 'dns-failed', type: query.type, error: netErrorOf(error, 'ERR_CONNECTION_FAILED') });
  };
  let received = Buffer.alloc(0);
  socket.on('error', fail);
  socket.on('close', () => {
    settle({ kind: 'dns-failed', type: query.type, error: netError('ERR_CONNECTION_CLOSED') });
  });
  socket.on('connect', () => {
    const message = queryMessage(id, query);
    // RFC 1035 §4.2.2: two octets say how long the message is.
    socket.write(Buffer.concat([Buffer.of(message.length >> 8, message.length & 0xff), message]));
  });
  socket.on('data', (bytes: Buffer) => {
    received = Buffer.concat([received, bytes]);
    if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return;
    const answer = readAnswer(received.subarray(2, 2 + received.readUInt16BE(0)), id, query);
    settle(eventOf(answer ?? { kind: 'failure', failure: 'malformed' }, query));
  });
  return { cancel };
}

function eventOf(answer: NonNullable<ReturnType<typeof readAnswer>>, { type }: Query): LookupEvent {
  return answer.kind === 'truncated' ? { kind: 'dns-truncated', type } : { kind: 'dns-answer', type, answer };
}

/** The first end counts, and closes the socket. */
function once(done: Done, close: () => void): { readonly settle: Done; readonly cancel: () => void } {
  let isOver = false;
  const end = (event?: LookupEvent): void => {
    if (isOver) return;
    isOver = true;
    close();
    if (event !== undefined) done(event);
  };
  return {
    settle: end,
    cancel: () => {
      end();
    },
  };
}
