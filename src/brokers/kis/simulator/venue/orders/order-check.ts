import type { BrokerEnvironment } from '#domain/environment.ts';
import type { OrderSide } from '#domain/order.ts';
import { won, type Won } from '#domain/won.ts';
import { priceLimits, type PriceLimits } from '#markets/price-limits.ts';
import { isOnTick, roundToTick } from '#markets/tick-size.ts';

import type { AccountState } from '../account-state.ts';
import type { FloorDesk } from '../floor/floor-desk.ts';
import type { Board } from '../floor/market-operation.ts';
import type { MarketFloor } from '../floor/market-floor.ts';
import { singlePriceLimits } from '../hours/off-hours-book.ts';
import { divisionOn, isOffHours, type OrderDivision } from './order-divisions.ts';
import { hoursRefusal } from '../hours/order-hours.ts';
import type { OrderLife } from '../hours/order-life.ts';
import { routedDesk } from './order-route.ts';
import type { Refusal } from '../../host/reject-answers.ts';

/** An order as it came over the wire, numbers read. */
export interface IncomingOrder {
  readonly environment: BrokerEnvironment;
  readonly symbol: string;
  readonly side: OrderSide;
  readonly division: string;
  readonly price: number;
  readonly quantity: number;
  /** `EXCG_ID_DVSN_CD`: KRX, NXT or SOR. */
  readonly exchange: string;
  /** `CNDT_PRIC` of a stop order; 0 if not said. */
  readonly stopPrice?: number | undefined;
  /** An amended order stays on its board. */
  readonly board?: Board | undefined;
}

/** What the venue works with once an order may stand. */
export interface CheckedOrder {
  readonly desk: FloorDesk;
  readonly division: OrderDivision;
  readonly life: OrderLife;
  /** Limit price for the book; 0 for market and mid-price orders. */
  readonly price: Won;
  readonly stopPrice: Won;
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
  if (floor.desk(incoming.symbol) === null) return refused('symbol');
  const division = divisionOn(incoming.division, date);
  if (division === null || (incoming.environment === 'paper' && !division.isBasic)) return refused('division');
  const venue = checkVenue(incoming, division);
  if (venue !== null) return refused(venue);
  const place = chooseDesk(incoming, division, floor);
  if (typeof place === 'string') return refused(place);
  const price = bookPrice(division, incoming, place, date);
  const wrong = checkPrices(incoming, { desk: place, division, price, date });
  if (wrong !== null) return refused(wrong);
  const isSure = (division.type === 'limit' && !division.isConditional) || division.type === 'close';
  const marginPrice = isSure ? price : priceLimits(place.instrument, place.basePrice, date).upper;
  const stopPrice = won(division.isStop ? (incoming.stopPrice ?? 0) : 0);
  const life = division.life ?? (place.session === 'after-market' ? 'after-market' : 'regular');
  return { kind: 'checked', order: { desk: place, division, life, price, stopPrice, marginPrice } };
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

function checkVenue({ environment, exchange }: IncomingOrder, division: OrderDivision): Refusal | null {
  if (exchange !== 'KRX' && (environment === 'paper' || (exchange !== 'NXT' && exchange !== 'SOR'))) return 'exchange';
  if (division.exchanges.includes(exchange)) return null;
  return division.type === 'market' ? 'market-order' : 'division';
}

/** The desk an order goes to, or why none takes it now. */
function chooseDesk(incoming: IncomingOrder, division: OrderDivision, floor: MarketFloor): FloorDesk | Refusal {
  const boards: readonly Board[] = incoming.board !== undefined ? [incoming.board] : boardsOf(incoming, division);
  const open: FloorDesk[] = [];
  let refusal: Refusal | null = null;
  for (const board of boards) {
    const desk = floor.desk(incoming.symbol, board);
    const reason = desk === null ? 'exchange' : hoursRefusal(desk, division, incoming.environment, floor);
    if (desk !== null && reason === null) open.push(desk);
    refusal ??= reason;
  }
  return routedDesk(open, incoming, division) ?? refusal ?? 'closed';
}

function boardsOf({ exchange }: IncomingOrder, { type, timeInForce }: OrderDivision): readonly Board[] {
  if (exchange !== 'SOR') return [exchange === 'NXT' ? 'NXT' : 'KRX'];
  // A market order that may wait is none of NXT's kinds.
  return type === 'market' && timeInForce === 'day' ? ['KRX'] : ['KRX', 'NXT'];
}

interface Priced {
  readonly desk: FloorDesk;
  readonly division: OrderDivision;
  readonly price: Won;
  readonly date: Temporal.PlainDate;
}

function checkPrices({ stopPrice = 0 }: IncomingOrder, { desk, division, price, date }: Priced): Refusal | null {
  if (division.type !== 'limit') return null;
  const limits = limitsOf(desk, division, date);
  const prices = division.isStop ? [price, stopPrice] : [price];
  for (const each of prices) {
    if (each <= 0 || !isOnTick(desk.instrument, each, date)) return 'tick';
    if (each < limits.lower || each > limits.upper) return 'price-limit';
  }
  return null;
}

function limitsOf(desk: FloorDesk, division: OrderDivision, date: Temporal.PlainDate): PriceLimits {
  const { regularClose } = desk;
  if (isOffHours(division) && regularClose !== null) return singlePriceLimits(desk, regularClose, date);
  return priceLimits(desk.instrument, desk.basePrice, date);
}

function bookPrice({ type }: OrderDivision, incoming: IncomingOrder, desk: FloorDesk, date: Temporal.PlainDate): Won {
  if (type === 'market' || type === 'mid') return won(0);
  if (type === 'limit') return won(incoming.price);
  if (type === 'close') {
    return desk.offHoursSession === 'pre-hours-close' ? desk.basePrice : (desk.regularClose ?? desk.basePrice);
  }
  const { asks, bids } = desk.book.depth(1, Temporal.Instant.fromEpochMilliseconds(0));
  const isOwnSide = (incoming.side === 'buy') === (type === 'priority');
  const best = (isOwnSide ? bids : asks)[0];
  // With nobody to look at, the last price; the print of a middle lies on no tick.
  return best?.price ?? roundToTick(desk.instrument, desk.stats.last, date, 'down');
}

function refused(refusal: Refusal): CheckResult {
  return { kind: 'refused', refusal };
}
