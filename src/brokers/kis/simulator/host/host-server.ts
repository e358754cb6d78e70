import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { gatewayReply } from './envelope.ts';
import { answerCall, type GatewayOptions, type WireAnswer, type WireRequest } from './gateway.ts';
import { spoiledBytes, type SpoiledAnswer } from './spoiled-answer.ts';

const bodyMaxBytes = 64 * 1024;

/** Addresses of quotes frozen by the fault `stale-price`: the last answer by request target; at most 200. */
type StaleAnswers = Map<string, WireAnswer['reply']>;

/**
 * One REST host on loopback. Standard header names go out in Title-Case and `tr_id`, `tr_cont`, `gt_uid` in lower case,
 * because the broker's own samples build identifiers from every lower-case name (spec §0.5).
 */
export function createHostServer(options: GatewayOptions): Server {
  const stale: StaleAnswers = new Map();
  const server = createServer((incoming, outgoing) => {
    readRequest(incoming)
      .then((request) => respond(request, outgoing, { options, stale }))
      .catch((cause: unknown) => giveUp(incoming, outgoing, cause));
  });
  // A client that holds its connection open may be slow between two calls; the broker's front keeps a minute.
  server.keepAliveTimeout = 60_000;
  server.headersTimeout = 10_000;
  server.requestTimeout = 15_000;
  server.maxConnections = 256;
  return server;
}

/**
 * An answer that could not be made. The order behind it may stand, which is what the broker's own EGW00304 means; a
 * request that was never read whole has no answer, and its connection ends.
 */
function giveUp(incoming: IncomingMessage, outgoing: ServerResponse, cause: unknown): void {
  process.stderr.write(`Simulated KIS could not answer: ${cause instanceof Error ? cause.message : String(cause)}\n`);
  if (!incoming.complete || outgoing.headersSent) {
    incoming.socket.destroy();
    return;
  }
  const request = { method: '', path: '', query: {}, headers: {}, body: null };
  const reply = gatewayReply('EGW00304');
  write(outgoing, { request, reply, spoiled: spoiledBytes(reply, null) });
}

interface HostContext {
  readonly options: GatewayOptions;
  readonly stale: StaleAnswers;
}

function respond(request: WireRequest, outgoing: ServerResponse, { options, stale }: HostContext): void {
  const answer = answerCall(request, options);
  const kind = answer.fault?.fault;
  const target = `${request.path}?${JSON.stringify(request.query)}`;
  const reply = kind === 'stale-price' ? (stale.get(target) ?? answer.reply) : answer.reply;
  if (stale.size < 200 || stale.has(target)) stale.set(target, reply);
  if (kind === 'refuse-before-acceptance' || kind === 'accept-then-reset') {
    outgoing.socket?.resetAndDestroy();
    return;
  }
  if (kind === 'accept-then-hang') return;
  const spoiled = spoiledBytes(reply, answer.fault);
  const send = (): void => write(outgoing, { request, reply, spoiled });
  if (kind === 'accept-late') setTimeout(send, answer.fault?.delayMs ?? 0).unref();
  else send();
}

interface Outgoing {
  readonly request: WireRequest;
  readonly reply: WireAnswer['reply'];
  readonly spoiled: SpoiledAnswer;
}

function write(outgoing: ServerResponse, { request, reply, spoiled }: Outgoing): void {
  const headers: [string, string][] = [
    ['Content-Type', 'application/json;charset=UTF-8'],
    ['Content-Length', String(spoiled.announcedLength)],
    ['tr_id', request.headers['tr_id'] ?? ''],
    ['tr_cont', reply.continuation],
    ['gt_uid', randomBytes(16).toString('hex').toUpperCase()],
  ];
  if (spoiled.location !== null) headers.push(['Location', spoiled.location]);
  outgoing.strictContentLength = false;
  outgoing.writeHead(spoiled.status, headers.flat());
  if (spoiled.announcedLength === spoiled.bytes.length) outgoing.end(spoiled.bytes);
  else outgoing.write(spoiled.bytes, () => outgoing.socket?.destroy());
}

/** Reads at most 64 KiB of body. @throws when the body is larger or the connection ends */
async function readRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > bodyMaxBytes) throw new RangeError(`Request body above ${bodyMaxBytes} bytes`);
    chunks.push(bytes);
  }
  const url = new URL(incoming.url ?? '/', 'http://loopback');
  const query: Record<string, string> = {};
  for (const [name, value] of url.searchParams) query[name.toLowerCase()] = value;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) headers[name] = String(value ?? '');
  const body = readBody(Buffer.concat(chunks).toString('utf8'));
  return { method: incoming.method ?? '', path: url.pathname, query, headers, body };
}

function readBody(text: string): Readonly<Record<string, string>> | null {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, textOf(field)]));
  } catch {
    // The sender's mistake; the caller answers it with a code of its own.
    return null;
  }
}

function textOf(field: unknown): string {
  if (typeof field === 'string') return field;
  return field === null || field === undefined ? '' : JSON.stringify(field);
}
