import type { Bar } from '#domain/bar.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import { invariant } from '#domain/invariant.ts';
import { isOpen, type OrderState } from '#domain/order-state.ts';
import type { OrderId, OrderRequest } from '#domain/order.ts';
import { quantity, type Quantity } from '#domain/quantity.ts';
import { won, type Won } from '#domain/won.ts';
import { fillableQuantity, matchAtBar } from '#exchange/bar-matching.ts';
import { decide } from '#guard/decide.ts';
import type { Denial } from '#guard/denial.ts';
import { noOverrides } from '#guard/limit-overrides.ts';
import type { Limits } from '#guard/limits.ts';
import { plainPermits } from '#guard/permits.ts';
import type { GuardOrder, GuardState } from '#guard/state.ts';
import type { OrderDraft, OrderUpdate } from '#strategy/strategy.ts';
import { nextSession, type NextSession } from './next-session.ts';
import type { PaperAccount } from './paper-account.ts';
import type { BacktestOrder, BacktestTrade } from './result.ts';

/**
 * An order takes at most this share of a bar's volume, in hundredths of a percent; the rest of it expires. A tenth is
 * what a day can be believed to absorb without moving, and far more than the guard lets through in a liquid stock.
 */
export const shareOfVolumeBps = 1_000;
/** Orders of one close reach the guard this far apart, as a burst would live: its limits per minute bind. */
const requestSpacingMs = 1_000;
const longAgo = Temporal.Instant.fromEpochMilliseconds(0);

interface DeskOrder {
  readonly request: OrderRequest;
  /** Day of the decision, yyyymmdd. */
  readonly date: number;
  readonly at: Temporal.Instant;
  readonly denials: readonly Denial[];
  state: OrderState;
  filled: Quantity;
}

/**
 * The orders of a backtest: what was asked, what the guard said, what rests, what traded.
 *
 * A day's decisions are taken at its close and meant for the next session, so the guard is asked as of that session's
 * opening: its tick table and price limits, a session that is open, the close just seen as last trade (age 0) and as base
 * price, a day's result of 0, and only orders of the same close as orders of the day. The n-th request of a close counts
 * as made n seconds after the opening. An order that passes takes part in the next day's bar and expires with it.
 */
export class OrderDesk {
  readonly #strategy: string;
  readonly #instruments: ReadonlyMap<InstrumentId, Instrument>;
  readonly #limits: Limits;
  readonly #account: PaperAccount;
  readonly #orders: DeskOrder[] = [];
  readonly #trades: BacktestTrade[] = [];
  /** Approved at the last close, in the order of asking; the guard's orders of the day. */
  #ordersOfDay: DeskOrder[] = [];
  #cancelsOfDay: number[] = [];
  #requestsOfDay = 0;
  #updates: OrderUpdate[] = [];
  #date = 0;
  #session: NextSession | null = null;

  constructor(options: {
    readonly strategy: string;
    readonly instruments: readonly Instrument[];
    readonly limits: Limits;
    readonly account: PaperAccount;
  }) {
    this.#strategy = options.strategy;
    this.#instruments = new Map(options.instruments.map((instrument) => [instrument.id, instrument]));
    this.#limits = options.limits;
    this.#account = options.account;
  }

  get trades(): readonly BacktestTrade[] {
    return this.#trades;
  }

  /** Every order that was asked for, oldest first. One of the last close still rests and says `acked`. */
  results(): readonly BacktestOrder[] {
    return this.#orders.map((order) => ({
      symbol: order.request.instrument.slice(4),
      side: order.request.side,
      date: order.date,
      price: order.request.price,
      quantity: order.request.quantity,
      state: order.state,
      reason: order.request.reason,
      denials: order.denials.map(({ code, actual, limit }) => ({ code, actual, limit })),
    }));
  }

  /** The session that today's decisions are meant for. */
  session(): NextSession {
    this.#session ??= nextSession(this.#date);
    return this.#session;
  }

  /** Sells before buys, each in the order of asking, against the bars of `date`; then what is left expires. */
  trade(date: number, barOf: (instrument: InstrumentId) => Bar | null): void {
    const resting = this.#ordersOfDay.filter((order) => isOpen(order.state));
    for (const side of ['sell', 'buy'] as const) {
      for (const order of resting) if (order.request.side === side) this.#match(order, date, barOf);
    }
    for (const order of resting) if (isOpen(order.state)) this.#move(order, 'expired', null);
    this.#ordersOfDay = [];
    this.#cancelsOfDay = [];
    this.#requestsOfDay = 0;
    this.#session = null;
    this.#date = date;
  }

  /** Asks the guard; the answer arrives with `takeUpdates()`. */
  submit(draft: OrderDraft): string {
    const at = this.#nextInstant();
    const request: OrderRequest = {
      ...draft,
      requestId: `${this.#date}-${this.#requestsOfDay}`,
      requester: { kind: 'strategy', name: this.#strategy },
      type: 'limit',
      timeInForce: 'day',
    };
    const verdict = decide(request, this.#guardState(at));
    const order: DeskOrder = {
      request,
      date: this.#date,
      at,
      denials: verdict.kind === 'denied' ? verdict.denials : [],
      state: 'intent',
      filled: quantity(0),
    };
    this.#orders.push(order);
    if (verdict.kind === 'approved') this.#ordersOfDay.push(order);
    this.#move(order, verdict.kind === 'approved' ? 'acked' : 'denied', order.denials[0]?.code ?? null);
    return request.requestId;
  }

  /** Takes back an order that still rests; null when there is none of that id. */
  cancel(requestId: string): OrderRequest | null {
    const order = this.#ordersOfDay.find((one) => one.request.requestId === requestId);
    if (order === undefined || !isOpen(order.state)) return null;
    this.#cancelsOfDay.push(this.#nextInstant().epochMilliseconds);
    this.#move(order, 'cancelled', null);
    return order.request;
  }

  hasOpenOrder(instrument: InstrumentId): boolean {
    return this.#ordersOfDay.some((order) => order.request.instrument === instrument && isOpen(order.state));
  }

  /** Won that resting buys may still take. */
  reservedForBuys(): Won {
    let value = 0;
    for (const order of this.#ordersOfDay) {
      if (order.request.side === 'buy') value += order.request.price * openShares(order);
    }
    return won(value);
  }

  /** News since the last call, oldest first. */
  takeUpdates(): readonly OrderUpdate[] {
    const updates = this.#updates;
    this.#updates = [];
    return updates;
  }

  #nextInstant(): Temporal.Instant {
    const at = this.session().opensAt.add({ milliseconds: this.#requestsOfDay * requestSpacingMs });
    this.#requestsOfDay += 1;
    return at;
  }

  #match(order: DeskOrder, date: number, barOf: (instrument: InstrumentId) => Bar | null): void {
    const { request } = order;
    const bar = barOf(request.instrument);
    const price = bar === null ? null : matchAtBar(request, bar, true);
    if (bar === null || price === null) return;
    const shares = fillableQuantity(bar.volume, shareOfVolumeBps, request.quantity);
    if (shares === 0) return;
    const instrument = this.#instrument(request.instrument);
    // The guard set cash aside at the limit price; only its margin for fees can be too small. A broker refuses then.
    if (request.side === 'buy' && this.#account.buyingCost(instrument, price, shares) > this.#account.orderableCash) {
      this.#move(order, 'rejected', 'cash');
      return;
    }
    const { fill, profit } = this.#account.book({
      instrument,
      side: request.side,
      price,
      quantity: quantity(shares),
      date,
    });
    order.filled = fill.quantity;
    const { symbol } = instrument;
    const { side, reason } = request;
    this.#trades.push({ symbol, side, date, price, quantity: shares, fee: fill.fee, tax: fill.tax, reason, profit });
    this.#move(order, order.filled === request.quantity ? 'filled' : 'partially-filled', null);
  }

  #move(order: DeskOrder, state: OrderState, code: string | null): void {
    order.state = state;
    const { requestId, instrument, side } = order.request;
    this.#updates.push({ requestId, instrument, side, state, filled: order.filled, code });
  }

  #instrument(id: InstrumentId): Instrument {
    const instrument = this.#instruments.get(id);
    invariant(instrument !== undefined, `an order that passed the guard is for a known instrument, not ${id}`);
    return instrument;
  }

  #guardState(now: Temporal.Instant): GuardState {
    const { opensAt, closesAt } = this.session();
    return {
      now,
      limits: this.#limits,
      overrides: noOverrides,
      permits: plainPermits,
      isHalted: false,
      haltedStrategies: new Set(),
      clockErrorMs: 0,
      conservationBreaks: 0,
      closedLanes: new Set(),
      universe: this.#instruments,
      designation: () => 'none',
      listedSince: () => longAgo,
      // An order takes at most a tenth of a bar's volume here, which says more of a day than the average of those before.
      tradedValueAverage: () => won(Number.MAX_SAFE_INTEGER),
      lastTrade: (instrument) => {
        const price = this.#account.lastPrice(instrument);
        return price === null ? null : { price, at: now };
      },
      basePrice: (instrument) => this.#account.lastPrice(instrument),
      session: { opensAt, closesAt },
      cash: this.#account.orderableCash,
      equity: this.#account.equity,
      positions: this.#account.ledger.positions,
      profitOfDay: won(0),
      ordersOfDay: this.#ordersOfDay.map((order) => this.#guardOrder(order)),
      cancelsOfDay: this.#cancelsOfDay,
      // Nobody is there to confirm an order of the past; the limits in won bind alone.
      recentQuantities: () => [],
      isConfirmed: () => false,
    };
  }

  #guardOrder(order: DeskOrder): GuardOrder {
    const { requestId, instrument, side, price } = order.request;
    return {
      // A backtest's ids live in its own memory only; no broker or journal ever sees them.
      orderId: requestId as OrderId,
      requester: this.#strategy,
      instrument,
      side,
      price,
      quantity: order.request.quantity,
      filled: order.filled,
      open: openShares(order),
      atMs: order.at.epochMilliseconds,
    };
  }
}

function openShares(order: DeskOrder): Quantity {
  return isOpen(order.state) ? quantity(order.request.quantity - order.filled) : quantity(0);
}
