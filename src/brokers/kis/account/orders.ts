import { invariant } from '#domain/invariant.ts';
import { venueOf } from '#domain/order.ts';
import { seoulDate } from '#domain/trading-date.ts';
import { isApproved, type Approved } from '#guard/approved.ts';

import type { PlaceResult, WorkingOrder } from '../../broker.ts';
import { accountFields } from '../calls/account-number.ts';
import type { KisCalls } from '../calls/calls.ts';
import { changeCodes, plainDivision } from '../codes.ts';
import { tradingEndpoints } from '../endpoints/trading.ts';
import type { KisBrokerOptions } from '../options.ts';
import { orderDivision } from './order-divisions.ts';
import { orderTerms } from './order-terms.ts';
import { wireSymbol } from './wire-symbol.ts';

/** Sends a new order once. @throws {InvariantError} when `order` did not come from the guard */
export async function placeOrder(options: KisBrokerOptions, calls: KisCalls, order: Approved): Promise<PlaceResult> {
  invariant(isApproved(order), 'an order reached the broker without the guard');
  const terms = orderTerms(order, options.environment, today(options));
  if (terms.kind === 'none') return { kind: 'not-sent', cause: terms.cause };
  return calls.order(order.side === 'buy' ? tradingEndpoints.buy : tradingEndpoints.sell, () => ({
    ...accountFields(options.credentials),
    PDNO: wireSymbol(options, order.instrument),
    ORD_DVSN: terms.division,
    ORD_QTY: String(order.quantity),
    ORD_UNPR: terms.price,
    EXCG_ID_DVSN_CD: terms.exchange,
    ...terms.condition,
    ...(order.side === 'sell' ? { SLL_TYPE: '01' } : {}),
  }));
}

/**
 * Withdraws all that is left. Quantity and price are ignored by the broker when everything goes. A kind of order that we
 * do not know, made by hand elsewhere, is withdrawn as a plain one: a cancel must always go out.
 */
export async function cancelOrder(
  options: KisBrokerOptions,
  calls: KisCalls,
  order: WorkingOrder,
): Promise<PlaceResult> {
  const { type, timeInForce = 'day' } = order;
  const division = type === undefined ? null : orderDivision({ ...order, type, timeInForce }, today(options));
  return calls.order(tradingEndpoints.cancel, () => ({
    ...changedOrderFields(options, order),
    ORD_DVSN: division ?? plainDivision,
    RVSE_CNCL_DVSN_CD: changeCodes.cancel,
    ORD_QTY: '0',
    ORD_UNPR: '0',
    QTY_ALL_ORD_YN: 'Y',
  }));
}

/**
 * New price for `change.quantity` shares of what is left. Not "all that is left": between the guard's look and the
 * broker's, more may be left than was approved. A smaller quantity leaves the rest working at the old price.
 *
 * @throws {InvariantError} when `change` did not come from the guard, or names another instrument, side or venue
 */
export async function amendOrder(
  options: KisBrokerOptions,
  calls: KisCalls,
  order: WorkingOrder,
  change: Approved,
): Promise<PlaceResult> {
  invariant(isApproved(change), 'an amendment reached the broker without the guard');
  const isSame = change.instrument === order.instrument && change.side === order.side;
  invariant(isSame && venueOf(change) === venueOf(order), 'an amendment names another order');
  const terms = orderTerms(change, options.environment, today(options));
  if (terms.kind === 'none') return { kind: 'not-sent', cause: terms.cause };
  return calls.order(tradingEndpoints.amend, () => ({
    ...changedOrderFields(options, order),
    ORD_DVSN: terms.division,
    RVSE_CNCL_DVSN_CD: changeCodes.amend,
    ORD_QTY: String(change.quantity),
    ORD_UNPR: terms.price,
    QTY_ALL_ORD_YN: 'N',
    ...terms.condition,
  }));
}

function changedOrderFields(options: KisBrokerOptions, order: WorkingOrder): Record<string, string> {
  return {
    ...accountFields(options.credentials),
    KRX_FWDG_ORD_ORGNO: order.forwardingOffice,
    ORGN_ODNO: order.brokerOrderId,
    EXCG_ID_DVSN_CD: venueOf(order),
  };
}

function today({ clock }: KisBrokerOptions): Temporal.PlainDate {
  return seoulDate(clock.now());
}
