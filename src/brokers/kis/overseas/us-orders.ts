import { invariant } from '#domain/invariant.ts';
import type { BrokerOrderId, OrderSide } from '#domain/order.ts';
import { tickerOf, usMarketOf, type UsInstrumentId } from '#domain/overseas-order.ts';
import type { Quantity } from '#domain/quantity.ts';
import { isApprovedOverseas, type ApprovedOverseas } from '#guard/overseas-approved.ts';

import type { PlaceResult } from '../../broker.ts';
import { accountFields } from '../calls/account-number.ts';
import type { KisCalls } from '../calls/calls.ts';
import { changeCodes } from '../codes.ts';
import { overseasEndpoints } from '../endpoints/overseas.ts';
import type { KisBrokerOptions } from '../options.ts';
import { usMarketCodes, usOrderDivisions } from './us-market-codes.ts';
import { usdText } from './usd-text.ts';

/** A working order abroad, with what an amendment or a cancel needs. */
export interface UsWorkingOrder {
  readonly brokerOrderId: BrokerOrderId;
  readonly instrument: UsInstrumentId;
  readonly side: OrderSide;
  /** Shares that may still trade; a cancel names them. */
  readonly remaining: Quantity;
}

/**
 * Sends a new order once. A kind of order that KIS does not have for this side, or not on paper, is not sent.
 *
 * @throws {InvariantError} when `order` did not come from `decideOverseas()`
 */
export function placeUsOrder(
  options: KisBrokerOptions,
  calls: KisCalls,
  order: ApprovedOverseas,
): Promise<PlaceResult> {
  invariant(isApprovedOverseas(order), 'an order abroad reached the broker without the guard');
  const division = usOrderDivisions[order.side][order.type];
  if (division === null) return notSent('kis-has-no-such-order-type');
  if (options.environment === 'paper' && order.type !== 'limit') return notSent('paper-takes-limit-orders-only');
  return calls.order(order.side === 'buy' ? overseasEndpoints.buy : overseasEndpoints.sell, () => ({
    ...accountFields(options.credentials),
    ...instrumentFields(order.instrument),
    ORD_QTY: String(order.quantity),
    OVRS_ORD_UNPR: isPriced(order) ? usdText(order.price) : '0',
    CTAC_TLNO: '',
    MGCO_APTM_ODNO: '',
    SLL_TYPE: order.side === 'sell' ? '00' : '',
    ORD_SVR_DVSN_CD: '0',
    ORD_DVSN: division,
  }));
}

/**
 * New price for `change.quantity` shares of what is left.
 *
 * @throws {InvariantError} when `change` did not come from the guard, or names another stock or side
 */
export function amendUsOrder(
  options: KisBrokerOptions,
  calls: KisCalls,
  order: UsWorkingOrder,
  change: ApprovedOverseas,
): Promise<PlaceResult> {
  invariant(isApprovedOverseas(change), 'an amendment abroad reached the broker without the guard');
  invariant(change.instrument === order.instrument && change.side === order.side, 'an amendment names another order');
  if (change.type !== 'limit') return notSent('only-limit-orders-are-amended');
  return calls.order(overseasEndpoints.amend, () => ({
    ...changedFields(options, order),
    RVSE_CNCL_DVSN_CD: changeCodes.amend,
    ORD_QTY: String(change.quantity),
    OVRS_ORD_UNPR: usdText(change.price),
  }));
}

/** Withdraws what is left, as the caller knows it. */
export function cancelUsOrder(options: KisBrokerOptions, calls: KisCalls, order: UsWorkingOrder): Promise<PlaceResult> {
  return calls.order(overseasEndpoints.cancel, () => ({
    ...changedFields(options, order),
    RVSE_CNCL_DVSN_CD: changeCodes.cancel,
    ORD_QTY: String(order.remaining),
    OVRS_ORD_UNPR: '0',
  }));
}

function changedFields(options: KisBrokerOptions, order: UsWorkingOrder): Record<string, string> {
  return {
    ...accountFields(options.credentials),
    ...instrumentFields(order.instrument),
    ORGN_ODNO: order.brokerOrderId,
    MGCO_APTM_ODNO: '',
    ORD_SVR_DVSN_CD: '0',
  };
}

function instrumentFields(instrument: UsInstrumentId): { OVRS_EXCG_CD: string; PDNO: string } {
  return { OVRS_EXCG_CD: usMarketCodes[usMarketOf(instrument)].exchange, PDNO: tickerOf(instrument) };
}

function isPriced({ type }: ApprovedOverseas): boolean {
  return type === 'limit' || type === 'limit-on-open' || type === 'limit-on-close';
}

async function notSent(cause: string): Promise<PlaceResult> {
  return { kind: 'not-sent', cause };
}
