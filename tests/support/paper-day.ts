import assert from 'node:assert/strict';
import { PaperAccount } from '#backtest/desk/paper-account.ts';
import type { Bar } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import type { OrderView, QuoteView } from '#link/views.ts';
import { listingOf } from '#markets/listings.ts';
import type { OrderDraft, Strategy } from '#strategy/strategy.ts';
import { DecisionJournal } from '#runner/decision-journal.ts';
import { LiveContext } from '#runner/live-context.ts';
import { MarketClock } from '#runner/feed/market-clock.ts';
import { MarketMemory } from '#runner/feed/market-memory.ts';
import { MinuteBars, type BarTick } from '#runner/feed/minute-bars.ts';
import { RulesBrain } from '#runner/rules-brain.ts';
import { StrategyBook } from '#runner/strategy-book.ts';

const samsung = instrumentId('005930');
const listing = listingOf('005930')!;
const minuteMs = 60_000;

/** The day it is, and what the account holds in the morning. */
export const paperDay = { date: 20_240_104, cash: won(10_000_000) };

/** One day as the runner lives it, with a venue that fills what is marketable at its next trade. */
export class PaperDay {
  readonly bars: Bar[] = [];
  readonly fills: number[] = [];
  readonly #account = new PaperAccount(paperDay.cash, undefined);
  readonly #book = new StrategyBook();
  readonly #market = new MarketMemory();
  readonly #clock = new MarketClock(() => 0);
  readonly #minutes = new MinuteBars([samsung]);
  readonly #resting = new Map<string, OrderDraft>();
  readonly #outbox: (() => void)[] = [];
  readonly #context: LiveContext;
  readonly #brain: RulesBrain;
  readonly #journal: DecisionJournal;
  readonly #basePrice: number;

  constructor(folder: string, strategy: Strategy, basePrice: number) {
    let orders = 0;
    this.#basePrice = basePrice;
    this.#journal = new DecisionJournal({ folder, strategy: 'parity', clock: this.#clock });
    const { symbol, name, market, kind, leverage } = listing;
    this.#market.instruments([{ symbol, name, market, kind, leverage }]);
    this.#market.quotes([aQuote(basePrice, basePrice)]);
    this.#context = new LiveContext({
      book: this.#book,
      market: this.#market,
      clock: this.#clock,
      nextRequestId: () => `parity-${(orders += 1)}`,
      send: (requestId, draft) => {
        this.#resting.set(requestId, draft);
        this.#outbox.push(() => this.#tell(requestId, draft, 'acked', 0));
      },
      cancel: (requestId) => {
        const draft = this.#resting.get(requestId);
        this.#resting.delete(requestId);
        if (draft !== undefined) this.#outbox.push(() => this.#tell(requestId, draft, 'cancelled', 0));
      },
      decided: (decision) => this.#journal.record(decision),
    });
    this.#brain = new RulesBrain(strategy, this.#context, {
      onFailed: (reason) => assert.fail(reason),
      onShown: () => undefined,
      onDeciding: (barStartsAtMs) => (this.#journal.barStartsAtMs = barStartsAtMs),
    });
  }

  warmUp(bars: readonly Bar[]): void {
    for (const bar of bars) this.#brain.bar(samsung, bar, true);
  }

  /** A trade of the market: the venue fills at it, the strategy's waiting orders see it, the bar of its minute grows. */
  tick(tick: BarTick): void {
    // The clock has looked two and a half seconds after the minute, as it does several times a second.
    this.#close(Math.floor(tick.atMs / minuteMs) * minuteMs + 2_500);
    this.#clock.tell(tick.atMs, 1);
    this.#account.markPrice(samsung, won(tick.price));
    this.#market.quotes([aQuote(tick.price, this.#basePrice)]);
    this.#fill(tick);
    this.#value(tick.atMs);
    this.#context.waiting.tick(samsung, tick.price, tick.atMs);
    this.#post();
    this.#fill(tick);
    this.#value(tick.atMs);
    this.#minutes.push(tick);
  }

  end(atMs: number): void {
    this.#close(atMs);
  }

  #close(nowMs: number): void {
    this.#clock.tell(nowMs, 1);
    for (const { bar } of this.#minutes.takeClosed(nowMs)) {
      this.bars.push(bar);
      this.#brain.bar(samsung, bar, false);
      this.#post();
    }
  }

  #fill({ price }: BarTick): void {
    for (const [requestId, draft] of this.#resting) {
      if (draft.side === 'buy' ? price > draft.price : price < draft.price) continue;
      this.#resting.delete(requestId);
      this.#account.book({
        instrument: listing,
        side: draft.side,
        price: won(price),
        quantity: draft.quantity,
        date: paperDay.date,
      });
      this.fills.push(price);
      this.#tell(requestId, draft, 'filled', price);
      this.#post();
    }
  }

  #post(): void {
    for (let send = this.#outbox.shift(); send !== undefined; send = this.#outbox.shift()) send();
  }

  #value(atMs: number): void {
    const at = Temporal.Instant.fromEpochMilliseconds(atMs).toString();
    const { orderableCash, equity } = this.#account;
    const cash = paperDay.cash;
    const rest = { cash, realisedOfDay: 0, unrealised: 0, feesOfDay: 0, taxOfDay: 0, equityAtOpen: cash };
    this.#market.portfolio({ ...rest, orderableCash, equity, positions: [], confirmedAt: null, at });
  }

  #tell(requestId: string, draft: OrderDraft, state: 'acked' | 'filled' | 'cancelled', price: number): void {
    const filled = state === 'filled' ? draft.quantity : 0;
    const at = this.#clock.now().toString();
    const view: OrderView = {
      orderId: `o-${requestId}`,
      requestId,
      requester: 'parity',
      symbol: '005930',
      side: draft.side,
      quantity: draft.quantity,
      price: draft.price,
      filled,
      filledValue: filled * price,
      state,
      brokerOrderId: '1',
      reason: draft.reason,
      checks: [],
      steps: [],
      createdAt: at,
    };
    const update = this.#book.apply(view);
    if (update === null) return;
    this.#context.waiting.follow(update);
    this.#brain.order(update);
  }
}

function aQuote(price: number, basePrice: number): QuoteView {
  const amounts = { open: price, high: price, low: price, upperLimit: price, lowerLimit: price, volumeOfDay: 0 };
  return { symbol: '005930', price, basePrice, ...amounts, at: '2024-01-04T00:00:00Z' };
}
