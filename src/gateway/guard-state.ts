import type { Environment } from '#domain/environment.ts';
import type { Designation, Instrument, InstrumentId } from '#domain/instrument.ts';
import type { OrderSide } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { dateNumber, seoulDate } from '#domain/trading-date.ts';
import { addWon, orderValue, subtractWon, won, type Won } from '#domain/won.ts';
import type { Limits } from '#guard/limits.ts';
import { requesterName } from '#guard/requester-name.ts';
import type { GuardOrder, GuardState } from '#guard/state.ts';
import { listings } from '#markets/listings.ts';
import { sessionAt } from '#markets/sessions.ts';
import { hasClosedLane, openQuantity } from './desk/order-questions.ts';
import type { Books, DeskOrder, DeskState } from './desk/state.ts';
import type { QuoteTable } from './quote-table.ts';
import type { GatewayClock } from './gateway-clock.ts';

export interface GuardInputs {
  readonly environment: Environment;
  readonly clock: GatewayClock;
  readonly quotes: QuoteTable;
  readonly limits: Limits;
}

const universe: ReadonlyMap<InstrumentId, Instrument> = new Map(listings.map((listing) => [listing.id, listing]));

/** Everything the guard looks at, gathered in one moment. What is not known is null, and null means no (INV-11). */
export function guardState(state: DeskState, inputs: GuardInputs): GuardState {
  const { clock, quotes } = inputs;
  const now = clock.now();
  const books = booksOfToday(state, now);
  const orders = [...state.orders.values()];
  return {
    now,
    limits: limitsOf(inputs),
    isHalted: state.halted !== null,
    closedLanes: new Set(orders.filter(hasClosedLane).map(laneOf)),
    universe,
    designation: (instrument) => designationOf(inputs.environment, instrument),
    lastTrade: (instrument) => quotes.lastTrade(instrument),
    basePrice: (instrument) => quotes.basePrice(instrument),
    session: clock.isTrusted ? sessionOf(now) : null,
    cash: books?.cash ?? null,
    equity: books === null ? null : equityOf(books, quotes),
    positions: books?.positions ?? new Map(),
    profitOfDay: books === null ? null : profitOf(books, quotes),
    ordersOfDay: orders.filter((order) => order.state !== 'denied').map(guardOrder),
    cancelsOfDay: state.cancelsOfDay.map((at) => Temporal.Instant.from(at)),
  };
}

/** The order as the guard's day list has it. */
export function guardOrder(order: DeskOrder): GuardOrder {
  const { instrument, side, requester } = order.request;
  return {
    orderId: order.orderId,
    requester: requesterName(requester),
    instrument,
    side,
    price: order.price,
    quantity: order.quantity,
    filled: order.filled,
    open: quantity(openQuantity(order)),
    at: Temporal.Instant.from(order.createdAt),
  };
}

/** The books of another day say nothing about today. */
export function booksOfToday(state: DeskState, now: Temporal.Instant): Books | null {
  const { books } = state;
  return books !== null && books.date === dateNumber(seoulDate(now)) ? books : null;
}

/** Cash and holdings at their last trade; null while a holding has no price. */
export function equityOf(books: Books, quotes: QuoteTable): Won | null {
  let value = won(books.cash);
  for (const position of books.positions.values()) {
    const last = quotes.lastTrade(position.instrument);
    if (last === null) return null;
    value = addWon(value, orderValue(last.price, position.quantity));
  }
  return value;
}

/** Result of the day, realised and open together: what equity has become since the day opened. */
function profitOf(books: Books, quotes: QuoteTable): Won | null {
  const equity = equityOf(books, quotes);
  return equity === null ? null : subtractWon(equity, books.equityAtOpen);
}

function sessionOf(now: Temporal.Instant): GuardState['session'] {
  const { kind, opensAt, closesAt } = sessionAt(now);
  const isOpen = kind === 'opening-auction' || kind === 'continuous' || kind === 'closing-auction';
  return isOpen && opensAt !== null && closesAt !== null ? { opensAt, closesAt } : null;
}

function laneOf(order: DeskOrder): `${InstrumentId}/${OrderSide}` {
  return `${order.request.instrument}/${order.request.side}`;
}

/** The trial market knows no designations. Elsewhere nothing here reads them yet, and what is not known means no. */
function designationOf(environment: Environment, instrument: InstrumentId): Designation | null {
  return environment === 'trial' && universe.has(instrument) ? 'none' : null;
}

/**
 * The age of a price is a limit on how long the feed may be silent, in real time: a virtual clock that runs faster makes
 * the same silence look longer, so the number is stretched by its speed. Outside trial mode the speed is 1.
 */
function limitsOf({ limits, clock, environment }: GuardInputs): Limits {
  if (environment !== 'trial') return limits;
  return { ...limits, priceAgeMaxMs: Math.ceil(limits.priceAgeMaxMs * clock.speed) };
}
