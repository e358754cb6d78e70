import type { LookupFunction } from 'node:net';

import { buildConnector, errors, Pool, type Dispatcher } from 'undici';

import { FixConfiguration } from '#domain/errors.ts';

import { checkedLookup, type Resolve } from './checked-lookup.ts';

/** One request. The body is sent as UTF-8; nothing is added but what HTTP itself needs, and that no answer be packed. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A shorter total timeout than the client's, in milliseconds. */
  readonly timeoutMs?: number;
}

/**
 * How one request ended. `not-sent` is proven: the connection was never made, so not one byte of the request left.
 * `lost` is everything else without a whole answer, and the other side may have acted.
 */
export type HttpResult =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Names in lower case; a repeated header is joined with a comma. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | { readonly kind: 'not-sent'; readonly cause: string }
  | { readonly kind: 'lost'; readonly cause: string };

/** As `HttpResult`, with the body as it came: for files that are no text. */
export type HttpFileResult =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly bytes: Uint8Array;
    }
  | Exclude<HttpResult, { readonly kind: 'answer' }>;

export interface HttpClientOptions {
  /** Origins that may be spoken to, such as `https://example.com:9443`; every other one throws. */
  readonly allowedOrigins: readonly string[];
  /** Name resolution, TCP and TLS together; 5,000 ms if not said. */
  readonly connectTimeoutMs?: number;
  /** From the call to the last byte of the answer; 10,000 ms if not said. The socket is destroyed when it passes. */
  readonly totalTimeoutMs?: number;
  /** Bytes of an answer's body; 2 MiB if not said. */
  readonly bodyBytesMax?: number;
  /** Connections to one origin; 8 if not said. Further requests wait within their own total timeout. */
  readonly connectionsMax?: number;
  /** How names become addresses; the system's way if not said. What it gives is checked in any case. */
  readonly resolve?: Resolve;
}

export interface HttpClient {
  /**
   * One call: no retry, no redirect followed, no pipelining.
   *
   * @throws {FixConfiguration} `wire.host-not-allowed` for an origin that is not on the list, before anything is opened
   */
  send(request: HttpRequest): Promise<HttpResult>;
  /** The same call with the body left as bytes. @throws {FixConfiguration} `wire.host-not-allowed` */
  download(request: HttpRequest): Promise<HttpFileResult>;
  /** Ends every connection at once; whatever is asked from now on is not sent. */
  close(): Promise<void>;
}

/** HTTP/1.1 with kept-alive connections, one pool an origin. Causes are short codes and never hold request data. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const pools = new Map<string, Pool>();
  const allowed = new Set(options.allowedOrigins.map((origin) => new URL(origin).origin));
  // An error is proof that nothing was sent only when the step that opens connections made it.
  const connectFailures = new WeakSet<object>();
  const connect = recordingConnector(
    options.connectTimeoutMs ?? 5_000,
    checkedLookup(options.resolve),
    connectFailures,
  );
  const totalTimeoutMs = options.totalTimeoutMs ?? 10_000;
  let isClosed = false;

  const poolOf = (origin: string): Pool => {
    const known = pools.get(origin);
    if (known !== undefined) return known;
    const pool = new Pool(origin, {
      connect,
      connections: options.connectionsMax ?? 8,
      pipelining: 1,
      // Short, and not to be lengthened by the server: a connection that the other side closes just as an order leaves
      // makes that order unknown.
      keepAliveTimeout: 4_000,
      keepAliveMaxTimeout: 4_000,
      allowH2: false,
      headersTimeout: totalTimeoutMs,
      bodyTimeout: totalTimeoutMs,
      maxResponseSize: options.bodyBytesMax ?? 2 * 1024 * 1024,
    });
    pools.set(origin, pool);
    return pool;
  };

  const download = async (request: HttpRequest): Promise<HttpFileResult> => {
    const { origin } = request.url;
    if (!allowed.has(origin)) {
      throw new FixConfiguration(
        'wire.host-not-allowed',
        `Cannot call "${origin}": it is not on the list of allowed hosts (${[...allowed].join(', ')})`,
      );
    }
    if (isClosed) return { kind: 'not-sent', cause: 'closed' };
    try {
      const timeoutMs = Math.min(totalTimeoutMs, request.timeoutMs ?? totalTimeoutMs);
      return await withinTime(timeoutMs, async (signal) => fileOf(await dispatch(poolOf(origin), request, signal)));
    } catch (error) {
      return { kind: isConnectFailure(error, connectFailures) ? 'not-sent' : 'lost', cause: causeOf(error) };
    }
  };

  return {
    send: async (request) => textOf(await download(request)),
    download,
    async close() {
      isClosed = true;
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
      pools.clear();
    },
  };
}

function recordingConnector(
  timeout: number,
  lookup: LookupFunction,
  failures: WeakSet<object>,
): buildConnector.connector {
  const connector = buildConnector({ timeout, keepAlive: true, lookup });
  return (options, callback) => {
    connector(options, (...outcome: buildConnector.CallbackArgs) => {
      if (outcome[0] !== null) failures.add(outcome[0]);
      callback(...outcome);
    });
  };
}

/** Aborts what takes longer. Unlike `AbortSignal.timeout`, nothing is left ticking once it ended: orders come in bursts. */
async function withinTime<Answer>(timeoutMs: number, work: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new TimedOut()), Math.ceil(timeoutMs));
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}

class TimedOut extends Error {
  override readonly name = 'TimeoutError';
}

function dispatch(pool: Pool, request: HttpRequest, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
  return pool.request({
    method: request.method,
    path: request.url.pathname + request.url.search,
    headers: { ...request.headers, 'accept-encoding': 'identity' },
    body: request.body ?? null,
    signal,
  });
}

async function fileOf(response: Dispatcher.ResponseData): Promise<HttpFileResult> {
  // To the end, which is near: the client gives up an answer that is too large while it comes in.
  const bytes = await response.body.bytes();
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  if ((headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') {
    // Never unpacked: what we did not ask for may be a few bytes that become gigabytes.
    return { kind: 'lost', cause: 'answer-packed' };
  }
  return { kind: 'answer', status: response.statusCode, headers, bytes };
}

function textOf(result: HttpFileResult): HttpResult {
  if (result.kind !== 'answer') return result;
  const { kind, status, headers, bytes } = result;
  if (!isUtf8(headers['content-type'])) return { kind: 'lost', cause: 'answer-not-utf-8' };
  try {
    const body = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { kind, status, headers, body };
  } catch {
    return { kind: 'lost', cause: 'answer-not-utf-8' };
  }
}

/** An answer that declares no character set is taken for UTF-8, and refused when its bytes are none. */
function isUtf8(contentType: string | undefined): boolean {
  const declared = /charset\s*=\s*"?([^\s;"]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase() ?? 'utf-8';
  return declared === 'utf-8' || declared === 'utf8' || declared === 'us-ascii';
}

function isConnectFailure(error: unknown, failures: WeakSet<object>): boolean {
  return typeof error === 'object' && error !== null && failures.has(error);
}

/** A code such as `ECONNREFUSED`; never the message, which may quote what was sent. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  if (error.name === 'TimeoutError') return 'timeout';
  if (error instanceof errors.ResponseExceededMaxSizeError) return 'answer-too-large';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
