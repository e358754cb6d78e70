import { chmod, unlink } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { FixConfiguration, RetryLater, SnowballError } from '#domain/errors.ts';
import { AnswerMemory } from './answer-memory.ts';
import type { Api, EventData, Method, Params, Result, Role } from './api.ts';
import { toFailure } from './failure.ts';
import { encodeMessage, FrameReader, MalformedFrame } from './frame.ts';
import { hello, request, type Request } from './message.ts';
import { Outbox } from './outbox.ts';
import { freeSocketPath, socketAddress } from './socket-address.ts';
import { tokenMatches } from './token.ts';

/** Who calls: proven by the token of the connection. */
export interface Caller {
  readonly role: Role;
  /** Unique in this process; for pushing to some connections only. */
  readonly connectionId: number;
}

export type Handlers<A extends Api> = {
  readonly [M in keyof A['methods']]: (params: Params<A, M>, caller: Caller) => Promise<Result<A, M>>;
};

export interface ListenOptions<A extends Api> {
  readonly socketPath: string;
  readonly api: A;
  /** SHA-256 in hex of the token of each role that may connect. */
  readonly tokenHashes: Readonly<Partial<Record<Role, string>>>;
  /** From then on the token of a role is refused to new connections; a role that is not named has one as long as we run. */
  readonly tokenEndsAt?: Readonly<Partial<Record<Role, string>>>;
  readonly handlers: Handlers<A>;
  /** Asked before every handler, with params already read; it throws to refuse. The same key may be asked with again. */
  readonly admit?: (method: keyof A['methods'] & string, params: object, caller: Caller) => void;
  readonly onDisconnect?: (caller: Caller) => void;
  /** An error inside a handler that is not one of ours; the caller hears only `link.internal`. */
  readonly onFault?: (error: unknown, method: string) => void;
  /** Key under which the newest event replaces older ones that still wait; null keeps every event. Default: keep all. */
  readonly coalesce?: (event: keyof A['events'] & string, data: unknown) => string | null;
}

export interface Listener<A extends Api> {
  /** To every connection, or to those named. A slow reader loses coalescible events first, then the connection. */
  push<E extends keyof A['events'] & string>(
    event: E,
    data: EventData<A, E>,
    connectionIds?: ReadonlySet<number>,
  ): void;
  /** Ends every connection and removes the socket file. */
  close(): Promise<void>;
}

const connectionsMax = 64;
const callsAtOnceMax = 256;
const handshakeMs = 2_000;

/**
 * Answers `api` on a Unix socket (0600 in a 0700 folder; a named pipe on Windows). The first message of a connection
 * is `{role, token}`; after that each `{id, method, params}` is checked for role and shape, answered, and the answer's
 * shape is checked too. At most 64 connections and 256 calls at once on each. What breaks the framing or the envelope
 * closes the connection; wrong params are answered with `link.params`.
 *
 * @throws FixConfiguration `link.address-in-use`, `link.path-too-long`
 */
export async function listen<A extends Api>(options: ListenOptions<A>): Promise<Listener<A>> {
  await freeSocketPath(options.socketPath);
  const connections = new Map<number, Connection<A>>();
  const memory = new AnswerMemory();
  let serial = 0;
  const server = createServer((socket) => {
    if (connections.size >= connectionsMax) {
      socket.destroy();
      return;
    }
    const id = (serial += 1);
    connections.set(id, new Connection(id, socket, { ...options, memory }));
    socket.once('close', () => connections.delete(id));
  });
  await started(server, socketAddress(options.socketPath));
  if (process.platform !== 'win32') await chmod(options.socketPath, 0o600);
  return {
    push(event, data, connectionIds) {
      const bytes = encodeMessage({ event, data });
      const key = options.coalesce?.(event, data) ?? null;
      for (const [id, connection] of connections) {
        if (connectionIds === undefined || connectionIds.has(id)) connection.push(bytes, key);
      }
    },
    close: () => stopped(server, options.socketPath, connections.values()),
  };
}

type ConnectionOptions<A extends Api> = ListenOptions<A> & { readonly memory: AnswerMemory };

class Connection<A extends Api> {
  readonly #id: number;
  readonly #socket: Socket;
  readonly #options: ConnectionOptions<A>;
  readonly #outbox: Outbox;
  readonly #reader = new FrameReader();
  readonly #handshake: NodeJS.Timeout;
  #caller: Caller | null = null;
  #callsRunning = 0;

  constructor(id: number, socket: Socket, options: ConnectionOptions<A>) {
    this.#id = id;
    this.#socket = socket;
    this.#options = options;
    this.#outbox = new Outbox(socket);
    this.#handshake = setTimeout(() => socket.destroy(), handshakeMs);
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    // A reset is an ordinary end; 'close' follows and does the work.
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#closed());
  }

  push(bytes: Buffer, key: string | null): void {
    if (this.#caller !== null) this.#outbox.event(bytes, key);
  }

  end(): void {
    this.#socket.end();
    this.#socket.destroySoon();
  }

  #closed(): void {
    clearTimeout(this.#handshake);
    if (this.#caller !== null) this.#options.onDisconnect?.(this.#caller);
  }

  #read(chunk: Buffer): void {
    try {
      for (const message of this.#reader.push(chunk)) this.#receive(message);
    } catch (error) {
      if (!(error instanceof SnowballError)) this.#options.onFault?.(error, 'link');
      this.#refuse(error);
    }
  }

  #receive(message: unknown): void {
    if (this.#caller === null) {
      this.#caller = this.#greet(message);
      clearTimeout(this.#handshake);
      this.#outbox.answer(encodeMessage({ welcome: this.#id }));
      return;
    }
    const call = request.safeParse(message);
    if (!call.success) throw new MalformedFrame('Message refused: wanted exactly id, method, params and key');
    void this.#answer(call.data, this.#caller);
  }

  #greet(message: unknown): Caller {
    const shown = hello.safeParse(message);
    if (!shown.success) throw new MalformedFrame('Message refused: wanted exactly role and token first');
    const hash = this.#options.tokenHashes[shown.data.role];
    if (hash === undefined || !tokenMatches(shown.data.token, hash)) {
      throw new FixConfiguration(
        'link.refused',
        `Cannot connect as ${shown.data.role}: this token is not of this start`,
      );
    }
    const endsAt = this.#options.tokenEndsAt?.[shown.data.role];
    if (endsAt !== undefined && Temporal.Instant.compare(Temporal.Now.instant(), endsAt) >= 0) {
      throw new FixConfiguration(
        'link.expired',
        `Cannot connect as ${shown.data.role}: this token ended at ${endsAt}, wanted one of a newer start`,
      );
    }
    return { role: shown.data.role, connectionId: this.#id };
  }

  async #answer(call: Request, caller: Caller): Promise<void> {
    const { id, method } = call;
    try {
      if (this.#callsRunning >= callsAtOnceMax) {
        throw new RetryLater('link.busy', `Cannot call "${method}": ${callsAtOnceMax} calls are running already`);
      }
      this.#callsRunning += 1;
      const result = await this.#call(call, caller).finally(() => (this.#callsRunning -= 1));
      this.#outbox.answer(encodeMessage({ id, result }));
    } catch (error) {
      if (!(error instanceof SnowballError)) this.#options.onFault?.(error, method);
      this.#outbox.answer(encodeMessage({ id, error: toFailure(error) }));
    }
  }

  async #call({ method: name, params, key }: Request, caller: Caller): Promise<unknown> {
    const method: Method | undefined = Object.hasOwn(this.#options.api.methods, name)
      ? this.#options.api.methods[name]
      : undefined;
    if (method === undefined) {
      throw new FixConfiguration('link.method', `Cannot call "${name}": there is no such method`);
    }
    if (!method.roles.includes(caller.role)) {
      throw new FixConfiguration(
        'link.forbidden',
        `Cannot call "${name}" as ${caller.role}: wanted one of ${method.roles.join(', ')}`,
      );
    }
    const checked = method.params.safeParse(params);
    if (!checked.success) {
      const issue = checked.error.issues[0];
      const place = issue === undefined || issue.path.length === 0 ? 'params' : issue.path.join('.');
      throw new FixConfiguration('link.params', `Cannot call "${name}": ${place}: ${issue?.message ?? 'wrong shape'}`);
    }
    // The table of handlers is keyed like the table of methods, and params have just been read by that method's schema.
    const handler = this.#options.handlers[name] as (params: unknown, caller: Caller) => Promise<unknown>;
    const work = async (): Promise<unknown> => {
      this.#options.admit?.(name, Object(checked.data), caller);
      return method.result.parse(await handler(checked.data, caller));
    };
    if (method.repeats !== 'memory') return work();
    if (key === undefined) {
      throw new FixConfiguration('link.key-needed', `Cannot call "${name}": it changes something, wanted a key`);
    }
    return this.#options.memory.answer({ role: caller.role, method: name, key, params: checked.data }, work);
  }

  #refuse(error: unknown): void {
    this.#socket.pause();
    if (!this.#socket.destroyed) this.#socket.write(encodeMessage({ refused: toFailure(error) }));
    this.#socket.destroySoon();
  }
}

function started(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

async function stopped(
  server: Server,
  socketPath: string,
  connections: Iterable<{ readonly end: () => void }>,
): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const connection of connections) connection.end();
  await closed;
  if (process.platform !== 'win32') await unlink(socketPath).catch(ignoreMissing);
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
