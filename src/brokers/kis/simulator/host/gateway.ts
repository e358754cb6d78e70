import type { BrokerEnvironment } from '#domain/environment.ts';

import { gatewayReply, type Reply } from './envelope.ts';
import type { FaultMemory } from './fault-memory.ts';
import { callFaults, type FaultRule, type Faults } from './faults.ts';
import { pageOf } from '../encode/ledger-page.ts';
import { playFault } from './played-fault.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { Broker, Call, Route } from './route.ts';
import { faultName, routeTable } from './route-table.ts';
import { spoiledReply, strangersShown } from './spoiled-reply.ts';

/** A request as read off the socket: header and query names in lower case. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Fields of the JSON body; null when it was no JSON object. */
  readonly body: Readonly<Record<string, string>> | null;
  /** Where the caller is. */
  readonly address: string;
}

/** What the socket has to do with an answer, and the fault that decides how. */
export interface WireAnswer {
  readonly reply: Reply;
  readonly fault: FaultRule | null;
}

export interface GatewayOptions {
  readonly environment: BrokerEnvironment;
  readonly broker: Broker;
  readonly faults: Faults;
  /** Null when limits are off. */
  readonly limiter: RateLimiter | null;
  readonly memory: FaultMemory;
}

/** One host's front: finds the operation, checks key, token, TR id and rate, plays faults, and asks the ledger. */
export function answerCall(request: WireRequest, options: GatewayOptions): WireAnswer {
  const route = routeTable.get(`${request.method} ${request.path}`);
  if (route === undefined) return plain({ status: 404, body: { message: 'Not Found' }, continuation: '' });
  const { broker, environment, faults } = options;
  const trId = request.headers['tr_id'] ?? '';
  const limited = limitedReply(route, request, options);
  if (limited !== null) return plain(limited);
  if (request.body === null) return plain(badJson);
  const refused = route.real.length === 0 ? null : authorised(route, request, options);
  if (refused !== null) return plain(refused);
  const fields = fieldReader(request);
  const fault = faults.strike(faultName(route, trId), callFaults, pageOf({ field: fields }));
  const call: Call = { environment, trId, field: fields, body: request.body, headers: request.headers, fault };
  // Both hosts show the market as of the call, not as of the last beat.
  broker.venue.advance();
  const handle = (asked: Call): Reply => route.handle(asked, broker);
  const { memory } = options;
  const reply = fault === null ? handle(call) : playFault({ rule: fault, call, broker, memory, handle });
  if (faultName(route, trId) === 'tokenP' && reply.status === 200) memory.rememberToken(fields('appkey'), reply);
  return { reply: strangersShown(spoiledReply(reply, fault?.fault ?? null), memory), fault };
}

/** @see spec §3.1; sign-in calls have limits of their own */
function limitedReply(route: Route, request: WireRequest, { limiter, broker }: GatewayOptions): Reply | null {
  if (limiter === null || route.real.length === 0) return null;
  const key = request.headers['appkey'] ?? '';
  return limiter.admits(key, broker.clock.elapsedMs()) ? null : gatewayReply('EGW00201');
}

function authorised(route: Route, request: WireRequest, { environment, broker }: GatewayOptions): Reply | null {
  const caller = broker.signIn.authenticate({
    authorization: request.headers['authorization'] ?? '',
    appKey: request.headers['appkey'] ?? '',
    appSecret: request.headers['appsecret'] ?? '',
  });
  if ('status' in caller) return caller;
  broker.signIn.used(request.headers['appkey'] ?? '', request.address, 'rest');
  const wrongHost = gatewayReply(environment === 'real' ? 'EGW02004' : 'EGW02006');
  if (caller.environment !== environment) return wrongHost;
  const trId = request.headers['tr_id'] ?? '';
  const here = environment === 'real' ? route.real : route.paper;
  if (here.includes(trId)) return null;
  const there = environment === 'real' ? route.paper : route.real;
  return there.includes(trId) || isRespelt(trId, there) ? wrongHost : gatewayReply('EGW00310');
}

/** The vendor's samples turn the first letter of every TR id into V on paper, of those too that paper does not have. */
function isRespelt(trId: string, there: readonly string[]): boolean {
  return trId.startsWith('V') && there.some((id) => id.slice(1) === trId.slice(1));
}

/** Query names come in three casings, body names in capitals. */
function fieldReader(request: WireRequest): (name: string) => string {
  const body = request.body ?? {};
  return (name) => body[name] ?? request.query[name.toLowerCase()] ?? '';
}

const badJson: Reply = {
  status: 200,
  body: { rt_cd: '2', msg_cd: 'OPSQ9999', msg1: 'ERROR : INVALID JSON FORMAT' },
  continuation: '',
};

function plain(reply: Reply): WireAnswer {
  return { reply, fault: null };
}
