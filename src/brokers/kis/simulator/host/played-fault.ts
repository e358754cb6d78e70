import { z } from 'zod';

import { won } from '#domain/won.ts';
import { priceLimits } from '#markets/price-limits.ts';

import { orderNumberText } from '../encode/text-fields.ts';
import type { Desk } from '../venue/floor/market-floor.ts';
import { gatewayReply, refusalReply, signInError, type Reply } from './envelope.ts';
import type { FaultMemory } from './fault-memory.ts';
import type { FaultName } from './fault-table.ts';
import type { FaultRule } from './faults.ts';
import { refusalAnswers } from './reject-answers.ts';
import type { Broker, Call } from './route.ts';

/** A call that a fault has struck, with everything the fault may lay its hands on. */
export interface StruckCall {
  readonly rule: FaultRule;
  readonly call: Call;
  readonly broker: Broker;
  readonly memory: FaultMemory;
  /** What the ledger answers to `call`, or to another one. */
  readonly handle: (call: Call) => Reply;
}

type Play = (struck: StruckCall) => Reply;

/** A code that nobody lists. */
const unlisted = '999990';
const symbolFields = ['PDNO', 'FID_INPUT_ISCD'];

/** Faults that keep the ledger from seeing the call. */
const prevented: Readonly<Partial<Record<FaultName, () => Reply>>> = {
  'connect-refused': () => gatewayReply('EGW00301'),
  'refuse-before-acceptance': () => gatewayReply('EGW00301'),
  redirect: () => gatewayReply('EGW00301'),
  'html-before': () => gatewayReply('EGW00301'),
  'http-429': () => gatewayReply('EGW00201'),
  '500-before': () => gatewayReply('EGW00301'),
  'rate-storm': () => gatewayReply('EGW00201'),
  'ledger-storm': () => gatewayReply('EGW00215'),
  'expired-token': () => gatewayReply('EGW00123'),
  'page-error': () => gatewayReply('EGW00316'),
  'issue-limit': () => signInError('EGW00133'),
};

/** Faults that change what the ledger does; all others only change how its answer leaves. */
const plays: Readonly<Partial<Record<FaultName, Play>>> = {
  'accept-twice': ({ call, handle }) => (handle(call), handle(call)),
  'revoked-token': revokeToken,
  'same-token': ({ call, handle, memory }) => memory.tokenAnswer(call.body['appkey'] ?? '') ?? handle(call),
  'foreign-issue': issueToStranger,
  'foreign-order': (struck) => (placeElsewhere(struck), struck.handle(struck.call)),
  'rejected-rows': (struck) => (refuseElsewhere(struck), struck.handle(struck.call)),
  'identical-order': placeIdentical,
  'partial-then-cancel': fillPartly,
  'fill-bust': ({ call, broker, handle }) => (broker.venue.bust(call.environment), handle(call)),
  'limit-up-lock': (struck) => lock(struck, 'upper'),
  'limit-down-lock': (struck) => lock(struck, 'lower'),
  'trading-halt': haltTrading,
  'symbol-change': ({ call, handle }) => handle(withoutSymbol(call)),
  'clock-step': stepClock,
};

/** The ledger's answer to a struck call, before it becomes bytes. @throws {InvariantError} never for a listed fault */
export function playFault(struck: StruckCall): Reply {
  const { rule, call, handle } = struck;
  const refused = prevented[rule.fault];
  if (refused !== undefined) return refused();
  const play = plays[rule.fault];
  return play === undefined ? handle(call) : play(struck);
}

function revokeToken({ call, broker }: StruckCall): Reply {
  const token = (call.headers['authorization'] ?? '').replace(/^Bearer\s+/i, '');
  if (broker.venue.state.tokens.has(token)) broker.venue.record({ kind: 'revoked', token });
  return gatewayReply('EGW00121');
}

/** The owner is told of every issue by KakaoTalk; the console lists them under `GET /issues`. @see spec §2.1 */
function issueToStranger({ call, broker, handle }: StruckCall): Reply {
  const { appKey } = broker.credentials[call.environment];
  broker.signIn.issueToStranger(appKey);
  return handle(call);
}

const orderAnswer = z.object({ output: z.object({ ODNO: z.string() }) });

/** The number in an order's answer; null when it was refused. */
function numberIn(reply: Reply): string | null {
  const read = orderAnswer.safeParse(reply.body);
  return read.success ? read.data.output.ODNO : null;
}

/** What another screen orders: one share at the tenth price below the best, which rests. */
function placeElsewhere({ call, broker, memory }: StruckCall): number | null {
  const desk = deskIn(call, broker) ?? broker.venue.floor.desks().next().value;
  if (desk === undefined) return null;
  const price = desk.book.depth(10, broker.venue.floor.reached).bids.at(-1)?.price ?? desk.basePrice;
  const { environment } = call;
  const { symbol } = desk.instrument;
  const order = { environment, symbol, side: 'buy' as const, division: '00', price, quantity: 1, exchange: 'KRX' };
  const answer = broker.venue.place(order);
  if (answer.kind === 'refused') return null;
  memory.markStranger(orderNumberText(answer.number));
  return answer.number;
}

function refuseElsewhere(struck: StruckCall): void {
  const number = placeElsewhere(struck);
  if (number !== null) struck.broker.venue.refuse(struck.call.environment, number);
}

function placeIdentical({ call, handle, memory }: StruckCall): Reply {
  const own = handle(call);
  const other = numberIn(own) === null ? null : numberIn(handle(call));
  if (other !== null) memory.markStranger(other);
  return own;
}

/** The market comes to the order's price with half of its shares, and the exchange takes the rest off the book. */
function fillPartly({ call, broker, handle }: StruckCall): Reply {
  const reply = handle(call);
  const number = Number(numberIn(reply) ?? Number.NaN);
  const order = broker.venue.state.accounts[call.environment].liveOrder(number);
  if (order === null) return reply;
  const half = Math.floor(order.remaining / 2);
  if (half > 0 && order.price > 0) broker.venue.push(order.instrument.symbol, order.price, half);
  broker.venue.refuse(call.environment, number, 'remainder');
  return reply;
}

function lock({ call, broker, handle }: StruckCall, side: 'upper' | 'lower'): Reply {
  const desk = deskIn(call, broker);
  if (desk !== null) {
    const limits = priceLimits(desk.instrument, desk.basePrice, broker.venue.state.date);
    broker.venue.push(desk.instrument.symbol, won(limits[side]), null);
  }
  return handle(call);
}

/** Orders are refused as those of an instrument that cannot be traded; quotes go on, and say why. */
function haltTrading({ call, handle }: StruckCall): Reply {
  if (call.field('ORD_QTY') === '') return handle(call);
  return refusalReply(refusalAnswers.symbol[call.environment]);
}

function stepClock({ rule, call, broker, handle }: StruckCall): Reply {
  // A machine's own clock has no hands; the call then goes its ordinary way.
  broker.clock.step?.(rule.delayMs);
  broker.venue.advance();
  return handle(call);
}

function deskIn(call: Call, broker: Broker): Desk | null {
  const symbol = symbolFields.map((name) => call.field(name)).find((text) => text !== '');
  return symbol === undefined ? null : broker.venue.floor.desk(symbol);
}

function withoutSymbol(call: Call): Call {
  const field = (name: string): string => (symbolFields.includes(name) ? unlisted : call.field(name));
  return { ...call, field };
}
