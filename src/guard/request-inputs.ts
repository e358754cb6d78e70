import type { OrderRequest } from '#domain/order.ts';
import { isCount, isPositive } from './whole-number.ts';

const listingCode = /^KRX:[0-9][0-9A-Z]{5}$/;
const sides: ReadonlySet<unknown> = new Set(['buy', 'sell']);
const timesInForce: ReadonlySet<unknown> = new Set(['day', 'ioc', 'fok']);

/** How many fields of a request cannot be believed. A market order's price 0 can; the order-type rule refuses it. */
export function brokenRequestInputs(request: OrderRequest): number {
  const answers = [
    isPositive(request.quantity),
    request.type === 'market' ? isCount(request.price) : isPositive(request.price),
    typeof request.instrument === 'string' && listingCode.test(request.instrument),
    sides.has(request.side),
    timesInForce.has(request.timeInForce),
    typeof request.requestId === 'string' && request.requestId !== '',
    isRequester(request.requester),
  ];
  return answers.filter((isGood) => !isGood).length;
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
