import { isOpen } from '#domain/order-state.ts';
import { symbolOf, type InstrumentId } from '#domain/instrument.ts';
import type { OrderSide } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { seoulDate } from '#domain/trading-date.ts';
import { won, type Won } from '#domain/won.ts';
import { marketablePrice } from '#backtest/desk/marketable-price.ts';
import type { Decision } from '#strategy/decision-log.ts';
import { orderTerms } from '#strategy/order-terms.ts';
import type { OrderDraft, StrategyContext, StrategyPosition } from '#strategy/strategy.ts';
import type { MarketClock } from './feed/market-clock.ts';
import type { MarketMemory } from './feed/market-memory.ts';
import type { StrategyBook } from './strategy-book.ts';
import type { KeeperOptions } from './waiting/waiting-keeper.ts';
import type { WaitingEars } from './waiting/waiting-options.ts';
import { WaitingOrders } from './waiting/waiting-orders.ts';

export interface LiveContextOptions {
  readonly book: StrategyBook;
  readonly market: MarketMemory;
  readonly clock: MarketClock;
  readonly nextRequestId: () => string;
  /** Takes the order on its way; whatever comes of it arrives later. */
  readonly send: (requestId: string, draft: OrderDraft) => void;
  readonly cancel: (requestId: string) => void;
  readonly decided: (decision: Decision) => void;
  /** Where orders that wait outlive this process. */
  readonly keeper?: KeeperOptions;
  /** Hears what reaches the orders that wait, for the record of the day. */
  readonly ears?: WaitingEars;
}

/** Longest that a broker's balance is taken to lag behind its fills. */
const balanceLagMs = 10_000;

/** The context of a strategy that trades through the gateway, on paper or for real. */
export class LiveContext implements StrategyContext {
  /** Orders that lie with us until their moment; whoever hears of trades and news tells it. */
  readonly waiting: WaitingOrders;
  readonly #options: LiveContextOptions;
  #moment: number | null = null;
  #isWarmUp = false;

  constructor(options: LiveContextOptions) {
    this.#options = options;
    const { book, market, clock, send, cancel, keeper, ears } = options;
    const limitPrice = ({ instrument, side }: OrderDraft, lastPrice: Won, distanceBps: number): Won =>
      this.limitPrice(instrument, side, lastPrice, distanceBps);
    this.waiting = new WaitingOrders({
      book,
      market,
      clock,
      inAccount: (instrument) => this.#inAccount(instrument),
      limitPrice,
      send,
      cancel,
      note: (instrument, message) => {
        ears?.note(instrument, message);
        options.decided({ kind: 'note', instrument, message });
      },
      ...(keeper === undefined ? {} : { keeper }),
      ...(ears === undefined ? {} : { ears }),
    });
  }

  /** The moment of what the strategy is being shown: one event has one moment, so that its replay has the same. */
  get nowMs(): number {
    return this.#moment ?? this.#options.clock.nowMs();
  }

  /** The strategy is about to be shown something. */
  startEvent(nowMs: number): void {
    this.#moment = nowMs;
  }

  /** Whether what it says now is about a bar of its history. */
  set isWarmUp(isWarmUp: boolean) {
    this.#isWarmUp = isWarmUp;
  }

  get cash(): Won {
    return won(this.#options.market.cash);
  }

  get equity(): Won {
    return won(this.#options.market.equity);
  }

  get orderValueMax(): Won {
    return won(this.#options.market.orderValueMax);
  }

  /** Never more than the account holds, because the person may have sold some by hand. */
  position(instrument: InstrumentId): StrategyPosition | null {
    const own = this.#options.book.position(instrument);
    if (own === null) return null;
    const inAccount = this.#inAccount(instrument) ?? own.quantity;
    if (inAccount === 0) return null;
    return { quantity: quantity(Math.min(own.quantity, inAccount)), averagePrice: own.averagePrice };
  }

  /**
   * Null while not known. The account is asked only when it was confirmed well after our own last fill: a balance that lags
   * would make us look flat, and buy once more.
   */
  #inAccount(instrument: InstrumentId): number | null {
    const { book, market } = this.#options;
    return market.accountShares(symbolOf(instrument), book.lastFillMs(instrument) + balanceLagMs);
  }

  get positionCount(): number {
    let count = 0;
    for (const instrument of this.#options.book.holdings().keys()) if (this.position(instrument) !== null) count += 1;
    return count;
  }

  hasOpenOrder(instrument: InstrumentId): boolean {
    return this.#options.book.hasOpenOrder(instrument) || this.waiting.hasWaiting(instrument);
  }

  limitPrice(instrument: InstrumentId, side: OrderSide, lastPrice: Won, distanceBps: number): Won {
    const { market, clock } = this.#options;
    const listing = market.instrument(symbolOf(instrument));
    const quote = market.quote(symbolOf(instrument));
    // Without the tick table no legal price can be told; the guard denies what lies off the tick.
    if (listing === null) return lastPrice;
    return marketablePrice({
      instrument: listing,
      side,
      lastPrice,
      distanceBps,
      collarBps: market.collarBps,
      // Before the first quote the day's limits are not known; the collar is far inside them, and the guard looks again.
      basePrice: won(quote?.basePrice ?? lastPrice),
      date: seoulDate(clock.now()),
    });
  }

  submit(draft: OrderDraft): string {
    const { nextRequestId, decided } = this.#options;
    const requestId = nextRequestId();
    const { instrument, side, quantity: shares, price, reason } = draft;
    const terms = orderTerms(draft);
    const decision = { kind: 'submit', instrument, side, quantity: shares, price, reason } as const;
    decided(terms === undefined ? decision : { ...decision, terms });
    this.waiting.submit(requestId, draft);
    return requestId;
  }

  /** An order that is over, as the gateway has said, is left alone, and so is the log, as in a backtest. */
  cancel(requestId: string): void {
    const known = this.#options.book.order(requestId);
    const sent = known !== null && (isOpen(known.state) || known.isPresumed) ? known : null;
    const order = this.waiting.cancel(requestId) ?? sent;
    if (order === null) return;
    this.#options.decided({ kind: 'cancel', instrument: order.instrument, side: order.side });
    if (sent !== null) this.#options.cancel(requestId);
  }

  /** Notes of the warm-up are left out: how long it is depends on the history at hand, and the log must not. */
  log(instrument: InstrumentId, message: string): void {
    if (!this.#isWarmUp) this.#options.decided({ kind: 'note', instrument, message });
  }
}
