/**
 * The library that speaks QUIC, if it is installed: `@matrixai/quic`, which is no dependency, not even an optional one,
 * since it is native code that few need. Declared are the members that are used, of version 2.0.9.
 */

/** What is told to nobody: failures come as events. */
export interface QuicLogger {
  debug(): void;
  info(): void;
  warn(): void;
  error(): void;
  getChild(): QuicLogger;
}

interface QuicSocket {
  /** Connections by their id, so that what comes in reaches them. */
  readonly connectionMap: { set(id: object, connection: QuicLibraryConnection): unknown };
  start(options: { readonly host: string; readonly port: number; readonly ipv6Only: boolean }): Promise<void>;
  stop(options: { readonly force: boolean }): Promise<void>;
  /** Rejects with the error of the system. */
  send_(datagram: Uint8Array, port: number, address: string): Promise<unknown>;
}

/** A datagram to send. */
type QuicSendEvent = Event & { readonly detail: { readonly msg: Uint8Array; readonly port: number; readonly address: string } };
/** The end of the connection; `errorCode` as in CONNECTION_CLOSE (RFC 9000 §20), absent for errors of the library's own. */
type QuicErrorEvent = Event & { readonly detail: { readonly data?: { readonly errorCode?: number } } };

interface QuicLibraryConnection {
  readonly connectionId: object;
  addEventListener(type: 'EventQUICConnectionSend', listener: (event: QuicSendEvent) => void): void;
  addEventListener(type: 'EventQUICConnectionError', listener: (event: QuicErrorEvent) => void): void;
  /** Resolves when the handshake is complete and the certificate verified; rejects only after the connection has drained. */
  start(data: undefined, context: { readonly signal: AbortSignal }): Promise<void>;
  stop(options: { readonly isApp: boolean; readonly errorCode: number }): Promise<void>;
}

export interface QuicConnectionOptions {
  readonly type: 'client';
  readonly scid: object;
  readonly serverName: string;
  readonly socket: QuicSocket;
  readonly remoteInfo: { readonly host: string; readonly port: number };
  readonly config: Readonly<Record<string, unknown>>;
  readonly logger: QuicLogger;
}

export interface QuicModule {
  readonly QUICSocket: new (options: { readonly logger: QuicLogger }) => QuicSocket;
  readonly QUICConnection: new (options: QuicConnectionOptions) => QuicLibraryConnection;
  readonly QUICConnectionId: new (bytes: Uint8Array) => object;
}

const QUIC_PACKAGE = '@matrixai/quic';

/** `absent`: what to do about it. */
type QuicSupport = { readonly state: 'available'; readonly module: QuicModule } | { readonly state: 'absent'; readonly remedy: string };

/** `name`: of the package, or the URL of its main file. */
export async function loadQuic(name: string = QUIC_PACKAGE): Promise<QuicSupport> {
  try {
    return { state: 'available', module: (await import(name)) as QuicModule };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isMissing = code === 'ERR_MODULE_NOT_FOUND';
    return { state: 'absent', remedy: isMissing ? `npm install ${QUIC_PACKAGE}` : `${QUIC_PACKAGE} cannot be loaded: ${message.split('\n')[0]}` };
  }
}
