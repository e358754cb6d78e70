import { namesPrice, type OrderRequest } from '#domain/order.ts';
import { countOfNo, isCount, isPositive } from './whole-number.ts';

const listingCode = /^KRX:[0-9][0-9A-Z]{5}$/;
const sides: ReadonlySet<unknown> = new Set(['buy', 'sell']);
const timesInForce: ReadonlySet<unknown> = new Set(['day', 'ioc', 'fok']);
const types: ReadonlySet<unknown> = new Set([
  'limit',
  'market',
  'conditional-limit',
  'best',
  'priority',
  'mid',
  'stop-limit',
]);
const venues: ReadonlySet<unknown> = new Set([undefined, 'KRX', 'NXT', 'SOR']);
const sessions: ReadonlySet<unknown> = new Set([
  undefined,
  'regular',
  'pre-hours-close',
  'after-hours-close',
  'after-market',
  'pre-market',
]);

/**
 * How many fields of a request cannot be believed. An order of a type without a price has the price 0; a price there
 * would look like a limit and be none. The same goes for a stop price without a stop-limit order.
 */
export function brokenRequestInputs(request: OrderRequest): number {
  const answers = [
    isPositive(request.quantity),
    namesPrice(request.type) ? isPositive(request.price) : isCount(request.price) && request.price === 0,
    request.type === 'stop-limit' ? isPositive(request.stopPrice) : request.stopPrice === undefined,
    types.has(request.type),
    venues.has(request.venue),
    sessions.has(request.session),
    typeof request.instrument === 'string' && listingCode.test(request.instrument),
    sides.has(request.side),
    timesInForce.has(request.timeInForce),
    typeof request.requestId === 'string' && request.requestId !== '',
    isRequester(request.requester),
  ];
  return countOfNo(answers);
}

/** A strategy may not call itself `person`: the day's list could not tell them apart. */
function isRequester(requester: OrderRequest['requester']): boolean {
  if (requester.kind === 'person') return true;
  return (
    requester.kind === 'strategy' &&
    typeof requester.name === 'string' &&
    requester.name !== '' &&
    requester.name !== 'person'
  );
}
