import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';

import { serveMasterFile } from '../masters/master-files.ts';
import { gatewayReply } from './envelope.ts';
import { FaultMemory } from './fault-memory.ts';
import { answerCall, type GatewayOptions, type WireAnswer, type WireRequest } from './gateway.ts';
import { closePortFor } from './port-pause.ts';
import { spoiledBytes, type SpoiledAnswer } from './spoiled-answer.ts';

const bodyMaxBytes = 64 * 1024;

/** Pieces that a dripping answer comes in. */
const drips = 10;

/**
 * One REST host on loopback. Standard header names go out in Title-Case and `tr_id`, `tr_cont`, `gt_uid` in lower case,
 * because the broker's own samples build identifiers from every lower-case name (spec §0.5).
 */
export function createHostServer(options: HostOptions): Server {
  const state: HostState = { options: { ...options, memory: new FaultMemory() }, stillUntilMs: 0 };
  const server = createServer((incoming, outgoing) => {
    if (serveMasterFile(incoming, outgoing, options.broker)) return;
    const answer = async (): Promise<void> => {
      const request = await readRequest(incoming);
      await stillness(state);
      respond(request, outgoing, { state, server });
    };
    answer().catch((cause: unknown) => giveUp(incoming, outgoing, cause));
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
  const request = { method: '', path: '', query: {}, headers: {}, body: null, address: '' };
  const reply = gatewayReply('EGW00304');
  write(outgoing, { request, reply, spoiled: spoiledBytes(reply, null) });
}

/** What a host needs to be told; what its faults remember it makes itself. */
export type HostOptions = Omit<GatewayOptions, 'memory'>;

interface HostState {
  readonly options: GatewayOptions;
  /** Real time before which the fault `slow-host` lets nothing be looked at. */
  stillUntilMs: number;
}

/** Waits until the host moves again; at once when it does. */
async function stillness(state: HostState): Promise<void> {
  const left = state.stillUntilMs - performance.now();
  if (left > 0) await setTimeout(left, undefined, { ref: false });
}

interface Struck {
  readonly state: HostState;
  readonly server: Server;
}

function respond(request: WireRequest, outgoing: ServerResponse, { state, server }: Struck): void {
  const answer = answerCall(request, state.options);
  const { fault } = answer;
  const reply = remembered(request, answer, state.options.memory);
  switch (fault?.fault) {
    case 'connect-refused':
      closePortFor(server, fault.delayMs);
      outgoing.socket?.resetAndDestroy();
      return;
    case 'refuse-before-acceptance':
    case 'accept-then-reset':
      outgoing.socket?.resetAndDestroy();
      return;
    case 'accept-then-hang':
      return;
    case 'slow-host':
      state.stillUntilMs = performance.now() + fault.delayMs;
  }
  const spoiled = spoiledBytes(reply, fault);
  const isLate = fault?.fault === 'accept-late' || fault?.fault === 'slow-host';
  if (!isLate) return write(outgoing, { request, reply, spoiled });
  void setTimeout(fault.delayMs, undefined, { ref: false }).then(() => write(outgoing, { request, reply, spoiled }));
}

/** The answer to send: under a stale fault the one that this request was given before. */
function remembered(request: WireRequest, { reply, fault }: WireAnswer, memory: FaultMemory): WireAnswer['reply'] {
  const target = `${request.headers['tr_id'] ?? ''} ${request.path}?${JSON.stringify(request.query)}`;
  if (fault?.fault === 'stale-price' || fault?.fault === 'stale-page') return memory.firstAnswer(target, reply);
  if (fault === null && request.method === 'GET') memory.renewAnswer(target, reply);
  return reply;
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
    ['gt_uid', randomBytes(16).toString('hex').toUpperCase()],
  ];
  if (spoiled.hasContinuation) headers.splice(3, 0, ['tr_cont', reply.continuation]);
  if (spoiled.location !== null) headers.push(['Location', spoiled.location]);
  outgoing.strictContentLength = false;
  outgoing.writeHead(spoiled.status, headers.flat());
  if (spoiled.dripMs > 0) void drip(outgoing, spoiled);
  else if (spoiled.announcedLength === spoiled.bytes.length) outgoing.end(spoiled.bytes);
  else outgoing.write(spoiled.bytes, () => outgoing.socket?.destroy());
}

async function drip(outgoing: ServerResponse, { bytes, dripMs }: SpoiledAnswer): Promise<void> {
  const size = Math.ceil(bytes.length / drips);
  for (let start = 0; start < bytes.length && !outgoing.destroyed; start += size) {
    outgoing.write(bytes.subarray(start, start + size));
    await setTimeout(dripMs / drips, undefined, { ref: false });
  }
  outgoing.end();
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
  // mojito joins some paths with two slashes, which would be read as the name of a host.
  const url = new URL((incoming.url ?? '/').replace(/^\/{2,}/, '/'), 'http://loopback');
  const query: Record<string, string> = {};
  for (const [name, value] of url.searchParams) query[name.toLowerCase()] = value;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) headers[name] = String(value ?? '');
  const body = readBody(Buffer.concat(chunks).toString('utf8'));
  return {
    method: incoming.method ?? '',
    path: url.pathname,
    query,
    headers,
    body,
    address: incoming.socket.remoteAddress ?? '',
  };
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
