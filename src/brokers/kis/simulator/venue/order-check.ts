import type { BrokerEnvironment } from '#domain/environment.ts';
import type { OrderSide } from '#domain/order.ts';
import { won, type Won } from '#domain/won.ts';
import { priceLimits } from '#markets/price-limits.ts';
import { isOnTick } from '#markets/tick-size.ts';

import type { AccountState } from './account-state.ts';
import type { Desk, MarketFloor } from './market-floor.ts';
import { orderDivisionTable, type OrderDivision } from './order-divisions.ts';
import type { Refusal } from '../host/reject-answers.ts';

/** An order as it came over the wire, numbers read. */
export interface IncomingOrder {
  readonly environment: BrokerEnvironment;
  readonly symbol: string;
  readonly side: OrderSide;
  readonly division: string;
  readonly price: number;
  readonly quantity: number;
  readonly exchange: string;
}

/** What the venue works with once an order may stand. */
export interface CheckedOrder {
  readonly desk: Desk;
  readonly division: OrderDivision;
  /** Limit price for the book; 0 for market orders. */
  readonly price: Won;
  /** Price at which cash is held back. */
  readonly marginPrice: Won;
}

export type CheckResult =
  { readonly kind: 'checked'; readonly order: CheckedOrder } | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * The checks of the broker in its order: symbol, kind, venue, hours, price. Cash and shares come after, because an
 * amendment frees its own first.
 *
 * @see spec §5.10
 */
export function checkOrder(incoming: IncomingOrder, floor: MarketFloor, date: Temporal.PlainDate): CheckResult {
  const desk = floor.desk(incoming.symbol);
  if (desk === null) return refused('symbol');
  const division = orderDivisionTable[incoming.division];
  // A call auction has no moment at which an order could be executed at once.
  const isUnfit = division !== undefined && division.timeInForce !== 'day' && floor.phase === 'auction';
  if (division === undefined || isUnfit) return refused('division');
  if (!isVenueKnown(incoming)) return refused('exchange');
  const hours = checkHours(floor);
  if (hours !== null) return refused(hours);
  const price = bookPrice(division, incoming, desk);
  if (division.type === 'limit') {
    const wrong = checkPrice(desk, price, date);
    if (wrong !== null) return refused(wrong);
  }
  const marginPrice = division.type === 'limit' ? price : priceLimits(desk.instrument, desk.basePrice, date).upper;
  return { kind: 'checked', order: { desk, division, price, marginPrice } };
}

/** Whether the account can pay for, or holds, what the order asks; null when it can. */
export function checkMeans(
  account: AccountState,
  incoming: IncomingOrder,
  { desk, marginPrice }: CheckedOrder,
): Refusal | null {
  if (incoming.side === 'sell') return incoming.quantity > account.freeShares(desk.instrument) ? 'shares' : null;
  const value = marginPrice * incoming.quantity;
  if (!Number.isSafeInteger(value)) return 'cash';
  // Without the fee, as the broker's own orderable quantity is counted (spec §5.4): the whole of it can be bought.
  return value > account.freeCash() ? 'cash' : null;
}

function isVenueKnown({ environment, exchange }: IncomingOrder): boolean {
  // SOR routes to the best venue, and the only one here is KRX.
  return exchange === 'KRX' || (environment === 'real' && exchange === 'SOR');
}

function checkHours(floor: MarketFloor): Refusal | null {
  if (floor.phase !== 'closed') return null;
  if (!floor.isTradingDay) return 'not-a-trading-day';
  return floor.isBeforeOpen ? 'before-open' : 'closed';
}

function checkPrice(desk: Desk, price: Won, date: Temporal.PlainDate): Refusal | null {
  if (price <= 0 || !isOnTick(desk.instrument, price, date)) return 'tick';
  const { lower, upper } = priceLimits(desk.instrument, desk.basePrice, date);
  return price < lower || price > upper ? 'price-limit' : null;
}

function bookPrice(division: OrderDivision, incoming: IncomingOrder, desk: Desk): Won {
  if (division.type === 'market') return won(0);
  if (division.type === 'limit') return won(incoming.price);
  const { asks, bids } = desk.book.depth(1, Temporal.Instant.fromEpochMilliseconds(0));
  const isBuyersSide = (incoming.side === 'buy') === (division.type === 'priority');
  const best = (isBuyersSide ? bids : asks)[0];
  return best?.price ?? won(desk.stats.last);
}

function refused(refusal: Refusal): CheckResult {
  return { kind: 'refused', refusal };
}
