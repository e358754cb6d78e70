import { WebSocket } from 'ws';

import { FixConfiguration } from '#domain/errors.ts';

import { backoffMs } from './backoff.ts';
import { checkedLookup, type Resolve } from './checked-lookup.ts';

export interface ReconnectingSocketOptions {
  readonly url: string;
  /** Origins that may be spoken to, such as `ws://example.com:21000`. */
  readonly allowedOrigins: readonly string[];
  /** Runs before every connection, the first included; a rejection counts as a failed try. */
  prepare(): Promise<void>;
  /** Connected, nothing sent yet. */
  onOpen(): void;
  /** One text message. */
  onMessage?(text: string): void;
  /** The same as its bytes, before anything decoded them: they may be no UTF-8. */
  onBytes?(bytes: Buffer): void;
  /** A message that was not handed on: binary, or larger than `messageBytesMax`, which also ends the connection. */
  onStrange?(detail: string): void;
  /** The connection ended, or could not be made; another try follows unless `close` was called. */
  onDown(detail: string): void;
  /** From 0 up to but not including 1. */
  readonly random: () => number;
  /** A connection on which nothing arrives for so long is given up; 70,000 ms if not said. */
  readonly silenceMs?: number;
  readonly handshakeMs?: number;
  /** How names become addresses; the system's way if not said. What it gives is checked in any case. */
  readonly resolve?: Resolve;
  /** Bytes of one message; 1 MiB if not said. */
  readonly messageBytesMax?: number;
  /** Bytes that may wait to be sent before the connection is given up as stuck; 256 KiB if not said. */
  readonly sendBytesMax?: number;
  /** First pause after a failure; 1,000 ms if not said. It doubles up to 30 s and starts again once `settled` is called. */
  readonly backoffBaseMs?: number;
}

/**
 * A text websocket that comes back by itself. No message is kept across connections: the owner registers again in
 * `onOpen`. A binary message is reported to `onStrange` and skipped; without such a listener it ends the connection.
 */
export class ReconnectingSocket {
  readonly #options: ReconnectingSocketOptions;
  #socket: WebSocket | null = null;
  #failures = 0;
  #isClosed = false;
  #retryTimer: ReturnType<typeof setTimeout> | null = null;
  #silenceTimer: ReturnType<typeof setTimeout> | null = null;

  /** Starts connecting at once. @throws {FixConfiguration} `wire.host-not-allowed` */
  constructor(options: ReconnectingSocketOptions) {
    refuseForeignHost(options);
    this.#options = options;
    void this.#connect();
  }

  /** @returns false when not connected, or when too much waits already (the connection is then given up) */
  send(text: string): boolean {
    const socket = this.#socket;
    if (socket === null || socket.readyState !== WebSocket.OPEN) return false;
    if (socket.bufferedAmount + text.length > (this.#options.sendBytesMax ?? 256 * 1024)) {
      this.restart('send buffer full');
      return false;
    }
    socket.send(text);
    return true;
  }

  /** The session works: the next failure waits only the first pause again. */
  settled(): void {
    this.#failures = 0;
  }

  /**
   * Gives this connection up and makes another after a pause; nothing when there is none.
   *
   * @param pauseMinMs waits at least so long
   */
  restart(detail: string, pauseMinMs = 0): void {
    const socket = this.#socket;
    if (socket === null) return;
    this.#socket = null;
    socket.terminate();
    this.#down(detail, pauseMinMs);
  }

  /** Ends for good; none of the callbacks runs afterwards. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#retryTimer !== null) clearTimeout(this.#retryTimer);
    if (this.#silenceTimer !== null) clearTimeout(this.#silenceTimer);
    if (this.#socket !== null) await ended(this.#socket);
  }

  async #connect(): Promise<void> {
    this.#retryTimer = null;
    try {
      await this.#options.prepare();
    } catch (error) {
      this.#down(`preparation failed: ${error instanceof Error ? error.message : 'unknown'}`);
      return;
    }
    if (!this.#isClosed) this.#listen(newSocket(this.#options));
  }

  #listen(socket: WebSocket): void {
    this.#socket = socket;
    // Late events of a connection that was given up must not touch its successor.
    const isCurrent = (): boolean => this.#socket === socket && !this.#isClosed;
    socket.on('open', () => {
      if (!isCurrent()) return;
      this.#heard();
      this.#options.onOpen();
    });
    socket.on('message', (data, isBinary) => {
      if (!isCurrent()) return;
      this.#heard();
      if (isBinary || !Buffer.isBuffer(data)) this.#strange('binary message');
      else this.#handOn(data);
    });
    socket.on('ping', () => {
      if (isCurrent()) this.#heard();
    });
    socket.on('close', (code) => {
      if (isCurrent()) this.restart(`closed with code ${code}`);
    });
    socket.on('error', (error) => {
      if (!isCurrent()) return;
      const cause = causeOf(error);
      if (cause === tooLarge) this.#options.onStrange?.('message too large');
      this.restart(cause);
    });
  }

  #handOn(data: Buffer): void {
    this.#options.onBytes?.(data);
    this.#options.onMessage?.(data.toString('utf8'));
  }

  #strange(detail: string): void {
    if (this.#options.onStrange === undefined) this.restart(detail);
    else this.#options.onStrange(detail);
  }

  #heard(): void {
    if (this.#silenceTimer !== null) clearTimeout(this.#silenceTimer);
    this.#silenceTimer = setTimeout(() => this.restart('silent'), this.#options.silenceMs ?? 70_000);
  }

  #down(detail: string, pauseMinMs = 0): void {
    if (this.#silenceTimer !== null) clearTimeout(this.#silenceTimer);
    if (this.#isClosed || this.#retryTimer !== null) return;
    this.#failures += 1;
    const baseMs = this.#options.backoffBaseMs ?? 1_000;
    const pauseMs = Math.max(pauseMinMs, backoffMs(this.#failures, this.#options.random(), { baseMs }));
    this.#retryTimer = setTimeout(() => void this.#connect(), pauseMs);
    this.#options.onDown(detail);
  }
}

const tooLarge = 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';

function refuseForeignHost({ url, allowedOrigins }: ReconnectingSocketOptions): void {
  const { protocol, host } = new URL(url);
  const origin = `${protocol}//${host}`;
  if (allowedOrigins.includes(origin)) return;
  throw new FixConfiguration(
    'wire.host-not-allowed',
    `Cannot open a websocket to "${origin}": it is not on the list of allowed hosts (${allowedOrigins.join(', ')})`,
  );
}

function newSocket(options: ReconnectingSocketOptions): WebSocket {
  return new WebSocket(options.url, {
    handshakeTimeout: options.handshakeMs ?? 5_000,
    maxPayload: options.messageBytesMax ?? 1024 * 1024,
    perMessageDeflate: false,
    followRedirects: false,
    lookup: checkedLookup(options.resolve),
    // Text in another charset is for the owner to refuse: ended here, the connection would end again and again.
    skipUTF8Validation: options.onBytes !== undefined,
  });
}

function causeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : 'failed';
}

/** Ends a connection: politely for up to half a second, then at once. */
function ended(socket: WebSocket): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), 500);
    socket.on('error', () => socket.terminate());
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    if (socket.readyState === WebSocket.CONNECTING) socket.terminate();
    else socket.close(1000);
  });
}
