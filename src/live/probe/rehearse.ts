/**
 * What a probe does before it counts: everything once, on no network but the loopback.
 *
 * Code that runs for the first time takes many times as long, and that time would pass for the network's.
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { askOverUdp } from './dns-exchange.ts';
import { QuicConnection } from './quic-connection.ts';
import type { QuicModule } from './quic-module.ts';
import type { PreparedTrust } from './tcp-connection.ts';

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

/** Begins a handshake with a server of its own that never answers, and gives it up. */
export async function rehearseQuic(quic: QuicModule, trust: PreparedTrust): Promise<void> {
  const server = createSocket('udp4');
  try {
    server.bind(0, LOOPBACK);
    await once(server, 'listening');
    await new Promise<void>((resolve) => {
      const endpoint = { address: LOOPBACK, port: server.address().port };
      const connection = new QuicConnection(endpoint, 'rehearsal.invalid', trust, quic, () => {
        resolve();
      });
      server.on('message', () => {
        connection.cancel();
        resolve();
      });
    });
  } finally {
    server.close();
  }
}
