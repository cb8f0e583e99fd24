/** A stand-in for `@matrixai/quic`: its sockets are real, its handshakes are as a test wants them. */
import { createSocket } from 'node:dgram';
import { promisify } from 'node:util';
import type { QuicConnectionOptions, QuicModule } from '../../../src/live/probe/quic-module.ts';

/** `refused`: by an alert of the server; `silent`: until it is given up. */
export type Handshake = { readonly kind: 'succeeds' } | { readonly kind: 'refused'; readonly errorCode: number } | { readonly kind: 'silent' };

export interface QuicStandIn {
  readonly module: QuicModule;
  /** In the order in which they began, without those of the rehearsal. */
  readonly connections: readonly { readonly options: QuicConnectionOptions; ended?: 'aborted' | 'stopped' }[];
  /** So many sockets are open. */
  readonly openSockets: number;
}

export function quicStandIn(handshake: Handshake): QuicStandIn {
  const connections: { options: QuicConnectionOptions; ended?: 'aborted' | 'stopped' }[] = [];
  let openSockets = 0;

  class QUICSocket {
    readonly connectionMap = new Map<object, never>();
    #socket = createSocket('udp4');

    async start({ host, ipv6Only }: { readonly host: string; readonly ipv6Only: boolean }): Promise<void> {
      this.#socket = createSocket({ type: host === '::' ? 'udp6' : 'udp4', ipv6Only });
      await new Promise<void>((resolve) => this.#socket.bind(0, host, resolve));
      openSockets++;
    }

    async stop(): Promise<void> {
      await promisify(this.#socket.close.bind(this.#socket))();
      openSockets--;
    }

    async send_(datagram: Uint8Array, port: number, address: string): Promise<void> {
      await new Promise<void>((resolve, reject) => {
        this.#socket.send(datagram, port, address, (error) => {
          if (error === null) resolve();
          else reject(error);
        });
      });
    }
  }

  class QUICConnection extends EventTarget {
    readonly connectionId = {};
    readonly #options: QuicConnectionOptions;
    readonly #record: { options: QuicConnectionOptions; ended?: 'aborted' | 'stopped' };

    constructor(options: QuicConnectionOptions) {
      super();
      this.#options = options;
      this.#record = { options };
      if (options.serverName !== 'rehearsal.invalid') connections.push(this.#record);
    }

    async start(_data: undefined, { signal }: { readonly signal: AbortSignal }): Promise<void> {
      const { host, port } = this.#options.remoteInfo;
      this.#tell('EventQUICConnectionSend', { msg: Buffer.alloc(1200), port, address: host });
      if (this.#options.serverName !== 'rehearsal.invalid') {
        if (handshake.kind === 'succeeds') return;
        if (handshake.kind === 'refused') this.#tell('EventQUICConnectionError', { data: { errorCode: handshake.errorCode } });
      }
      await new Promise((resolve) => {
        if (signal.aborted) resolve(undefined);
        signal.addEventListener('abort', resolve);
      });
      this.#record.ended = 'aborted';
      this.#tell('EventQUICConnectionError', { data: { errorCode: 12 } });
      throw new Error('The handshake was given up');
    }

    stop(): Promise<void> {
      this.#record.ended = 'stopped';
      return Promise.resolve();
    }

    #tell(type: string, detail: unknown): void {
      this.dispatchEvent(Object.assign(new Event(type), { detail }));
    }
  }

  const module = { QUICSocket, QUICConnection, QUICConnectionId: Uint8Array } as unknown as QuicModule;
  return {
    module,
    connections,
    get openSockets() {
      return openSockets;
    },
  };
}
