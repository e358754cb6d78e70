import { randomUUID } from 'node:crypto';
import { connect as openSocket, type Socket } from 'node:net';
import { FixConfiguration, RetryLater, SnowballError } from '#domain/errors.ts';
import type { Api, EventData, Params, Result, Role } from './api.ts';
import { fromFailure } from './failure.ts';
import { encodeMessage, FrameReader, MalformedFrame } from './frame.ts';
import { fromListener, type FromListener } from './message.ts';
import { socketAddress } from './socket-address.ts';

export type LinkState = 'up' | 'down';

export interface ConnectOptions<A extends Api> {
  readonly socketPath: string;
  readonly api: A;
  readonly role: Role;
  readonly token: string;
  /** Connects again after a loss, with backoff, and repeats the subscription. Default false. */
  readonly reconnect?: boolean;
  /** How long a call may take. Default 60,000. */
  readonly callTimeoutMs?: number;
}

export interface LinkClient<A extends Api> {
  readonly state: LinkState;
  /**
   * @throws RetryLater `link.down` while disconnected or when the connection is lost before the answer (never queued),
   *   `link.timeout`, `link.busy`; FixConfiguration `link.params`, `link.forbidden`, `link.idempotency-mismatch`; whatever
   *   the handler threw, same code
   * @param key names the request where the method writes: a repeat with the same key hears the first answer. A new one for
   *   each call when not said
   */
  call<M extends keyof A['methods'] & string>(method: M, params: Params<A, M>, key?: string): Promise<Result<A, M>>;
  /** Returns how to stop listening. Events arrive only after the call `subscribe`, where an API has one. */
  on<E extends keyof A['events'] & string>(event: E, listener: (data: EventData<A, E>) => void): () => void;
  /** Told the present state at once, then every change. Returns how to stop listening. */
  onState(listener: (state: LinkState) => void): () => void;
  close(): Promise<void>;
}

interface Pending {
  readonly method: string;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: SnowballError) => void;
  readonly timer: NodeJS.Timeout;
}

const backoffFirstMs = 50;
const backoffMaxMs = 2_000;
const handshakeMs = 2_000;
const pendingMax = 1_024;

/**
 * Connects to a listener. Without `reconnect` the first failure is thrown; with it a listener that is not there yet
 * leaves the client `down` and trying, and only a refusal is thrown.
 *
 * @throws RetryLater `link.down`; FixConfiguration `link.refused` (wrong token), `link.path-too-long`
 */
export async function connect<A extends Api>(options: ConnectOptions<A>): Promise<LinkClient<A>> {
  const client = new Client(options);
  await client.start();
  return client;
}

class Client<A extends Api> implements LinkClient<A> {
  readonly #options: ConnectOptions<A>;
  readonly #address: string;
  readonly #pending = new Map<number, Pending>();
  readonly #listeners = new Map<string, Set<(data: never) => void>>();
  readonly #stateListeners = new Set<(state: LinkState) => void>();
  #socket: Socket | null = null;
  #state: LinkState = 'down';
  #serial = 0;
  #closed = false;
  #attempts = 0;
  #retry: NodeJS.Timeout | null = null;
  #subscription: Params<A, 'subscribe'> | null = null;

  constructor(options: ConnectOptions<A>) {
    this.#options = options;
    this.#address = socketAddress(options.socketPath);
  }

  get state(): LinkState {
    return this.#state;
  }

  async start(): Promise<void> {
    try {
      await this.#attempt();
    } catch (error) {
      if (this.#options.reconnect !== true || (error instanceof SnowballError && error.code === 'link.refused')) {
        this.#closed = true;
        throw error;
      }
      this.#again();
    }
  }

  call<M extends keyof A['methods'] & string>(method: M, params: Params<A, M>, key?: string): Promise<Result<A, M>> {
    const socket = this.#socket;
    if (this.#state === 'down' || socket === null) return Promise.reject(down(method));
    return this.#send(socket, { method, params, key }).then((result) => {
      // The subscription belongs to the connection; it is remembered here to be repeated on the next one.
      if (method === 'subscribe') this.#subscription = params;
      return result as Result<A, M>;
    });
  }

  on<E extends keyof A['events'] & string>(event: E, listener: (data: EventData<A, E>) => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  onState(listener: (state: LinkState) => void): () => void {
    this.#stateListeners.add(listener);
    listener(this.#state);
    return () => this.#stateListeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    const socket = this.#socket;
    if (socket === null || socket.destroyed) return;
    await new Promise<void>((resolve) => {
      socket.once('close', () => resolve());
      socket.destroySoon();
    });
  }

  #send(
    socket: Socket,
    { method, params, key }: { readonly method: string; readonly params: unknown; readonly key: string | undefined },
  ): Promise<unknown> {
    if (this.#pending.size >= pendingMax) {
      return Promise.reject(new RetryLater('link.busy', `Cannot call "${method}": ${pendingMax} calls wait already`));
    }
    const id = (this.#serial += 1);
    const timeoutMs = this.#options.callTimeoutMs ?? 60_000;
    return new Promise((resolve, reject) => {
      // Encoded first: a message that is too large must leave nothing behind that waits for an answer.
      const isKeyed = this.#options.api.methods[method]?.repeats === 'memory';
      const bytes = encodeMessage({ id, method, params, ...(isKeyed ? { key: key ?? randomUUID() } : {}) });
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(new RetryLater('link.timeout', `Cannot call "${method}": no answer within ${timeoutMs} ms`));
      }, timeoutMs);
      this.#pending.set(id, { method, resolve, reject, timer });
      socket.write(bytes);
    });
  }

  /** One connection: resolves after the welcome and the repeated subscription. */
  async #attempt(): Promise<void> {
    const socket = openSocket(this.#address);
    this.#socket = socket;
    const reader = new FrameReader();
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => socket.destroy(), handshakeMs);
      const welcome = (): void => {
        clearTimeout(timer);
        resolve();
      };
      let refusal: SnowballError | null = null;
      socket.once('connect', () =>
        socket.write(encodeMessage({ role: this.#options.role, token: this.#options.token })),
      );
      socket.on('data', (chunk: Buffer) => {
        refusal = this.#read(socket, reader, chunk, welcome) ?? refusal;
      });
      // The reason is in `down`; 'close' always follows.
      socket.on('error', () => socket.destroy());
      socket.once('close', () => {
        clearTimeout(timer);
        reject(refusal ?? down('connect'));
        this.#lost(socket);
      });
    });
    await this.#subscribeAgain(socket);
    this.#attempts = 0;
    this.#setState('up');
  }

  async #subscribeAgain(socket: Socket): Promise<void> {
    if (this.#subscription === null) return;
    try {
      await this.#send(socket, { method: 'subscribe', params: this.#subscription, key: undefined });
    } catch (error) {
      socket.destroy();
      throw error;
    }
  }

  #read(socket: Socket, reader: FrameReader, chunk: Buffer, welcome: () => void): SnowballError | null {
    try {
      for (const raw of reader.push(chunk)) {
        const message = fromListener.safeParse(raw);
        if (!message.success) throw new MalformedFrame('Message refused: neither an answer nor an event');
        if ('welcome' in message.data) welcome();
        else if ('refused' in message.data) return fromFailure(message.data.refused);
        else this.#receive(message.data);
      }
      return null;
    } catch (error) {
      socket.destroy();
      if (error instanceof SnowballError) return error;
      throw error;
    }
  }

  #receive(message: FromListener): void {
    if ('event' in message) this.#publish(message.event, message.data);
    if (!('id' in message)) return;
    const pending = this.#pending.get(message.id);
    // An answer after our timeout has nobody left to hear it.
    if (pending === undefined) return;
    this.#pending.delete(message.id);
    clearTimeout(pending.timer);
    if ('error' in message) pending.reject(fromFailure(message.error));
    else this.#settle(pending, message.result);
  }

  #settle(pending: Pending, result: unknown): void {
    const schema = this.#options.api.methods[pending.method]?.result;
    const checked = schema?.safeParse(result);
    if (checked?.success === true) pending.resolve(checked.data);
    else {
      const reason = `Cannot read the answer to "${pending.method}": its shape is not what this build knows`;
      pending.reject(new FixConfiguration('link.answer', reason));
    }
  }

  #publish(event: string, data: unknown): void {
    const listeners = this.#listeners.get(event);
    if (listeners === undefined || listeners.size === 0) return;
    const checked = this.#options.api.events[event]?.safeParse(data);
    if (checked?.success !== true) throw new MalformedFrame(`Event "${event}" refused: unknown shape`);
    for (const listener of listeners) listener(checked.data as never);
  }

  #lost(socket: Socket): void {
    if (this.#socket !== socket) return;
    this.#socket = null;
    for (const pending of this.#pending.values()) {
      clearTimeout(pending.timer);
      pending.reject(down(pending.method));
    }
    this.#pending.clear();
    const wasUp = this.#state === 'up';
    this.#setState('down');
    if (wasUp) this.#again();
  }

  #again(): void {
    if (this.#closed || this.#options.reconnect !== true) return;
    const longest = Math.min(backoffMaxMs, backoffFirstMs * 2 ** this.#attempts);
    this.#attempts += 1;
    this.#retry = setTimeout(
      () => void this.#attempt().catch(() => this.#again()),
      longest * (0.5 + Math.random() / 2),
    );
  }

  #setState(state: LinkState): void {
    if (this.#state === state) return;
    this.#state = state;
    for (const listener of this.#stateListeners) listener(state);
  }
}

function down(method: string): RetryLater {
  return new RetryLater('link.down', `Cannot call "${method}": the other process is not connected`);
}
