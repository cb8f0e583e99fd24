/**
 * What a probe does before it counts: everything once, on no network but the loopback.
 *
 * Code that runs for the first time takes many times as long, and that time would pass for the network's.
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { askOverUdp } from './dns-exchange.ts';

const LOOPBACK = '127.0.0.1';

/** Asks a server of its own, which answers every question with itself. */
export async function rehearseDns(): Promise<void> {
  const server = createSocket('udp4');
  server.on('message', (question, { port }) => {
    const answer = Buffer.from(question);
    answer.writeUInt8(answer.readUInt8(2) | 0x80, 2);
    server.send(answer, port, LOOPBACK);
  });
  try {
    server.bind(0, LOOPBACK);
    await once(server, 'listening');
    await new Promise((resolve) => askOverUdp({ address: LOOPBACK, port: server.address().port }, { name: 'rehearsal.invalid', type: 'A' }, resolve));
  } finally {
    server.close();
  }
}
