import type { Environment } from '#domain/environment.ts';
import type { Designation, Instrument, InstrumentId } from '#domain/instrument.ts';
import { venueOf, sessionOf, type OrderRequest, type OrderSide } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { dateNumber, seoulDate } from '#domain/trading-date.ts';
import { addWon, orderValue, subtractWon, won, type Won } from '#domain/won.ts';
import type { Limits } from '#guard/limits.ts';
import { plainPermits, type Permits } from '#guard/permits.ts';
import { requesterName } from '#guard/requester-name.ts';
import type { GuardOrder, GuardState, OrderHours } from '#guard/state.ts';
import { hasOpenPrice } from '#guard/valued-price.ts';
import { listings } from '#markets/listings.ts';
import { orderWindow, type OrderWindow } from '#markets/order-windows.ts';
import { sessionAt } from '#markets/sessions.ts';
import { conservationBreaks } from './desk/conservation.ts';
import { isConfirmed } from './confirmed-terms.ts';
import { hasClosedLane, openQuantity } from './desk/order-questions.ts';
import type { Books, DeskOrder, DeskState } from './desk/state.ts';
import { recentQuantities } from './recent-quantities.ts';
import { limitsAtGrade } from './safety/limits-at-grade.ts';
import type { StrategyGrade } from './safety/strategy-grade.ts';
import type { QuoteTable } from './market/quote-table.ts';
import type { GatewayClock } from './clock/gateway-clock.ts';

/** What of the prices the guard looks at. */
type LastPrices = Pick<QuoteTable, 'lastTrade' | 'basePrice'>;

export interface GuardInputs {
  readonly environment: Environment;
  readonly clock: GatewayClock;
  readonly quotes: LastPrices;
  readonly limits: Limits;
  /** Won a day over the last 20 days that are over; null when not known. */
  readonly tradedValueAverage: (instrument: InstrumentId) => Won | null;
  /** What may go out at all; limit orders on KRX in the regular session when nothing is said. */
  readonly permits?: Permits;
  /** What follows from how strategies are held; absent: nothing does. */
  readonly grade?: Pick<StrategyGrade, 'isHalved' | 'mayTrade'>;
  /** Absent where nobody watches. */
  readonly watchdogSilentMs?: number | null;
  /** What the broker's list says; absent, and null: not known. */
  readonly designation?: (instrument: InstrumentId) => Designation | null;
  /** Whether NXT trades an instrument today. Absent, and null: not known, and then it does not. */
  readonly tradesOnNxt?: (instrument: InstrumentId) => boolean | null;
}

const universe: ReadonlyMap<InstrumentId, Instrument> = new Map(listings.map((listing) => [listing.id, listing]));

/** Everything the guard looks at, gathered in one moment. What is not known is null, and null means no (INV-11). */
export function guardState(state: DeskState, inputs: GuardInputs): GuardState {
  const { clock, quotes } = inputs;
  const now = clock.now();
  const books = booksOfToday(state, now);
  const { ordersOfDay, closedLanes } = ordersOf(state);
  const grade = inputs.grade ?? { isHalved: false };
  const force = limitsAtGrade(state, inputs.limits, now.epochMilliseconds, grade);
  return {
    nowMs: now.epochMilliseconds,
    limits: limitsOf(inputs, force.limits),
    overrides: force.overrides,
    permits: inputs.permits ?? plainPermits,
    isHalted: state.halted !== null || inputs.grade?.mayTrade === false,
    haltedStrategies: new Set(state.policy.haltedStrategies.keys()),
    clockErrorMs: clock.errorMs ?? (clock.isTrusted ? 0 : null),
    conservationBreaks: conservationBreaks(state),
    ...(inputs.watchdogSilentMs === undefined ? {} : { watchdogSilentMs: inputs.watchdogSilentMs }),
    closedLanes,
    universe: listedUniverse(state),
    designation: (instrument) => designationOf(inputs, instrument),
    listedSinceMs: (instrument) => listedSinceMs(state, instrument),
    tradedValueAverage: (instrument) => inputs.tradedValueAverage(instrument),
    lastTrade: (instrument) => lastTrade(quotes, instrument),
    basePrice: (instrument) => quotes.basePrice(instrument),
    session: clock.isTrusted ? regularSession(now) : null,
    otherSession: (order) => (clock.isTrusted ? windowOf(order, now, inputs) : null),
    ...accountOf(books, quotes),
    ordersOfDay,
    cancelsOfDay: state.cancelsOfDay.map((at) => Date.parse(at)),
    recentQuantities: (requester) => recentQuantities(state, requester),
    isConfirmed: (request) => isConfirmed(state, request, now),
  };
}

/** In one walk over the day's orders: it is made anew for every order. */
function ordersOf({ orders }: DeskState): Pick<GuardState, 'ordersOfDay' | 'closedLanes'> {
  const ordersOfDay: GuardOrder[] = [];
  const closedLanes = new Set<ReturnType<typeof laneOf>>();
  for (const order of orders.values()) {
    if (hasClosedLane(order)) closedLanes.add(laneOf(order));
    if (order.state !== 'denied') ordersOfDay.push(guardOrder(order));
  }
  return { ordersOfDay, closedLanes };
}

/** Without books of today nothing is known of the account. */
function accountOf(
  books: ReturnType<typeof booksOfToday>,
  quotes: GuardInputs['quotes'],
): Pick<GuardState, 'cash' | 'equity' | 'positions' | 'profitOfDay'> {
  if (books === null) return { cash: null, equity: null, positions: new Map(), profitOfDay: null };
  const { cash, positions } = books;
  return { cash, equity: equityOf(books, quotes), positions, profitOfDay: profitOf(books, quotes) };
}

/** Without what a person took off the list; what is held stays on it until it is sold (G24). */
function listedUniverse({ policy, books }: DeskState): ReadonlyMap<InstrumentId, Instrument> {
  const taken = [...policy.universe].filter(([id, { isListed }]) => !isListed && !books?.positions.has(id));
  if (taken.length === 0) return universe;
  const listed = new Map(universe);
  for (const [id] of taken) listed.delete(id);
  return listed;
}

function lastTrade(quotes: LastPrices, instrument: InstrumentId): ReturnType<GuardState['lastTrade']> {
  const last = quotes.lastTrade(instrument);
  return last === null ? null : { price: last.price, atMs: last.at.epochMilliseconds };
}

/** What this build lists stands there for ever; what a person put there, or took off while it is held, since then. */
function listedSinceMs({ policy }: DeskState, instrument: InstrumentId): number | null {
  if (!universe.has(instrument)) return null;
  const chosen = policy.universe.get(instrument);
  if (chosen === undefined) return 0;
  return chosen.isListed ? Date.parse(chosen.since) : null;
}

/** Orders never change, only the desk's list of them does: each is read once. */
const known = new WeakMap<DeskOrder, GuardOrder>();

/** The order as the guard's day list has it. */
export function guardOrder(order: DeskOrder): GuardOrder {
  const before = known.get(order);
  if (before !== undefined) return before;
  const made = asGuardOrder(order);
  known.set(order, made);
  return made;
}

function asGuardOrder(order: DeskOrder): GuardOrder {
  const { instrument, side, requester } = order.request;
  return {
    orderId: order.orderId,
    requester: requesterName(requester),
    instrument,
    side,
    ...valued(order),
    quantity: order.quantity,
    filled: order.filled,
    open: quantity(openQuantity(order)),
    atMs: Date.parse(order.createdAt),
  };
}

/**
 * What an order without a certain price was valued at stands in the journal, in the guard's own check of its value: the
 * day's upper limit then, whatever is known of prices now.
 */
function valued(order: DeskOrder): Pick<GuardOrder, 'price' | 'hasOpenPrice'> {
  if (!hasOpenPrice(order.request.type)) return { price: order.price };
  const check = order.checks.find(({ code }) => code === 'order-value');
  return { price: won((check?.actual ?? 0) / order.request.quantity), hasOpenPrice: true };
}

/** The books of another day say nothing about today. */
export function booksOfToday(state: DeskState, now: Temporal.Instant): Books | null {
  const { books } = state;
  return books !== null && books.date === dateNumber(seoulDate(now)) ? books : null;
}

/** Cash and holdings at their last trade; null while a holding has no price. */
export function equityOf(books: Books, quotes: Pick<LastPrices, 'lastTrade'>): Won | null {
  let value = won(books.cash);
  for (const position of books.positions.values()) {
    const last = quotes.lastTrade(position.instrument);
    if (last === null) return null;
    value = addWon(value, orderValue(last.price, position.quantity));
  }
  return value;
}

/** Result of the day, realised and open together: what equity has become since the day opened. */
function profitOf(books: Books, quotes: LastPrices): Won | null {
  const equity = equityOf(books, quotes);
  return equity === null ? null : subtractWon(equity, books.equityAtOpen);
}

function regularSession(now: Temporal.Instant): GuardState['session'] {
  const { kind, opensAt, closesAt } = sessionAt(now);
  const isOpen = kind === 'opening-auction' || kind === 'continuous' || kind === 'closing-auction';
  return isOpen && opensAt !== null && closesAt !== null ? hoursOf({ opensAt, closesAt }) : null;
}

/** Hours of an order to another venue or session than KRX's regular one. What is not listed has none. */
function windowOf(
  order: Pick<OrderRequest, 'instrument' | 'venue' | 'session'>,
  now: Temporal.Instant,
  { tradesOnNxt }: GuardInputs,
): GuardState['session'] {
  const listing = universe.get(order.instrument);
  const venue = venueOf(order);
  const isTraded = venue !== 'NXT' || tradesOnNxt?.(order.instrument) === true;
  if (listing === undefined || !isTraded) return null;
  const window = orderWindow({ venue, session: sessionOf(order), kind: listing.kind }, seoulDate(now));
  return window === null ? null : hoursOf(window);
}

function hoursOf({ opensAt, closesAt }: OrderWindow): OrderHours {
  return { opensAtMs: opensAt.epochMilliseconds, closesAtMs: closesAt.epochMilliseconds };
}

function laneOf(order: DeskOrder): `${InstrumentId}/${OrderSide}` {
  return `${order.request.instrument}/${order.request.side}`;
}

/** As the broker's list of the day has it. Where that is not known it means no, but for trial money, which risks nothing. */
function designationOf({ environment, designation }: GuardInputs, instrument: InstrumentId): Designation | null {
  const listed = designation?.(instrument) ?? null;
  return listed === null && environment === 'trial' && universe.has(instrument) ? 'none' : listed;
}

/**
 * The age of a price is a limit on how long the feed may be silent, in real time: a virtual clock that runs faster makes
 * the same silence look longer, so the number is stretched by its speed. Outside trial mode the speed is 1.
 */
function limitsOf({ clock, environment }: GuardInputs, limits: Limits): Limits {
  if (environment !== 'trial') return limits;
  return { ...limits, priceAgeMaxMs: Math.ceil(limits.priceAgeMaxMs * clock.speed) };
}
