import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { runBacktest } from '#backtest/engine.ts';
import { PaperAccount } from '#backtest/desk/paper-account.ts';
import type { Bar, BarSeries } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { Random } from '#domain/random.ts';
import { won } from '#domain/won.ts';
import { standard, starter } from '#guard/limits.ts';
import type { OrderView, QuoteView } from '#link/views.ts';
import { listingOf } from '#markets/listings.ts';
import { tutorialStrategy } from '#strategy/rules/tutorial-strategy.ts';
import type { OrderDraft, Strategy } from '#strategy/strategy.ts';
import { DecisionJournal } from './decision-journal.ts';
import { LiveContext } from './live-context.ts';
import { MarketClock } from './feed/market-clock.ts';
import { MarketMemory } from './feed/market-memory.ts';
import { MinuteBars, type BarTick } from './feed/minute-bars.ts';
import { RulesBrain } from './rules-brain.ts';
import { StrategyBook } from './strategy-book.ts';

const samsung = instrumentId('005930');
const listing = listingOf('005930')!;
const minuteMs = 60_000;
const [yesterday, today] = [20_240_103, 20_240_104];
const cash = won(10_000_000);
const config = {
  maShort: 3,
  maLong: 8,
  rsiPeriod: 5,
  rsiOversold: 35,
  rsiOverbought: 80,
  bbPeriod: 8,
  bbStd: 1.5,
  stopLoss: 0.004,
  takeProfit: 0.008,
  maxPosition: 5,
  positionSize: 0.2,
};

function aStrategy(): Strategy {
  return tutorialStrategy({ name: 'parity', config, instruments: [samsung], interval: '1m' });
}

/** Entries with a stop and a target, and everything that it hears of them written down. */
function aBracketStrategy(): Strategy {
  let count = 0;
  return {
    name: 'parity',
    instruments: [samsung],
    interval: '1m',
    warmUpBars: 9,
    onBar(context, instrument, bar, isWarmUp) {
      if (isWarmUp) return;
      count += 1;
      const held = context.position(instrument);
      if (count % 15 === 0) context.log(instrument, `holds ${held?.quantity ?? 0} at ${held?.averagePrice ?? 0}`);
      if (count % 10 !== 0 || held !== null || context.hasOpenOrder(instrument)) return;
      const price = context.limitPrice(instrument, 'buy', bar.close, 200);
      const at = (share: number) => won(Math.round((bar.close * share) / 100) * 100);
      const exits = { stopPrice: at(0.993), targetPrice: at(1.008) };
      context.submit({ instrument, side: 'buy', quantity: quantity(5), price, reason: `entry ${count}`, exits });
    },
    onOrder: (context, { instrument, state, filled, side }) => context.log(instrument, `${side} ${state} ${filled}`),
  };
}

/** Ticks at 5, 25 and 45 seconds of each minute from 09:00 to 14:59, a walk in steps of the table. */
function ticksOf(date: number, seed: number, from: number): BarTick[] {
  const random = new Random(seed);
  const opensAtMs = Date.UTC(2024, 0, date % 100);
  let price = from;
  return Array.from({ length: 360 * 3 }, (_, index) => {
    price = Math.max(60_000, Math.min(85_000, price + (random.below(7) - 3) * 100));
    const atMs = opensAtMs + Math.trunc(index / 3) * minuteMs + 5_000 + (index % 3) * 20_000;
    return { instrument: samsung, atMs, price, quantity: 5_000 };
  });
}

/** One day as the runner lives it, with a venue that fills what is marketable at its next trade. */
class PaperDay {
  readonly bars: Bar[] = [];
  readonly fills: number[] = [];
  readonly #account = new PaperAccount(cash, undefined);
  readonly #book = new StrategyBook();
  readonly #market = new MarketMemory();
  readonly #clock = new MarketClock(() => 0);
  readonly #minutes = new MinuteBars([samsung]);
  readonly #resting = new Map<string, OrderDraft>();
  readonly #outbox: (() => void)[] = [];
  readonly #context: LiveContext;
  readonly #brain: RulesBrain;
  readonly #journal: DecisionJournal;

  constructor(folder: string, strategy: Strategy, basePrice: number) {
    let orders = 0;
    this.#journal = new DecisionJournal({ folder, strategy: 'parity', clock: this.#clock });
    const { symbol, name, market, kind, leverage } = listing;
    this.#market.instruments([{ symbol, name, market, kind, leverage }]);
    this.#market.quotes([aQuote(basePrice)]);
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
    this.#market.quotes([aQuote(tick.price)]);
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
        date: today,
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

function aQuote(price: number): QuoteView {
  const amounts = { open: price, high: price, low: price, upperLimit: price, lowerLimit: price, volumeOfDay: 0 };
  return { symbol: '005930', price, basePrice: basePriceOfToday, ...amounts, at: '2024-01-04T00:00:00Z' };
}

const before = ticksOf(yesterday, 7, 76_000);
const basePriceOfToday = before.at(-1)!.price;

/** Those that the runner is told of; the limits of a day stay out of the way, since the venue here has no guard. */
const ample = {
  ...standard,
  orderValueMax: starter.orderValueMax,
  dayValueAccountMax: won(1_000_000_000),
  dayValueStrategyMax: won(1_000_000_000),
  ordersPerDayMax: 1_000,
  smallOrdersPerSymbolMax: 1_000,
  dailyLossMax: won(10_000_000),
  dailyLossEquityBps: 10_000,
};

/** Bars of trades, as the minutes of a day make them. */
function barsOf(ticks: readonly BarTick[]): readonly Bar[] {
  const minutes = new MinuteBars([samsung]);
  for (const tick of ticks) minutes.push(tick);
  return minutes.takeClosed(ticks.at(-1)!.atMs + minuteMs).map(({ bar }) => bar);
}

function seriesOf(bars: readonly Bar[]): BarSeries {
  const column = (pick: (bar: Bar) => number) => Float64Array.from(bars, pick);
  return {
    instrument: samsung,
    interval: '1m',
    date: Int32Array.from(bars, (bar) => bar.date),
    startsAtMs: column((bar) => bar.startsAtMs),
    open: column((bar) => bar.open),
    high: column((bar) => bar.high),
    low: column((bar) => bar.low),
    close: column((bar) => bar.close),
    volume: column((bar) => bar.volume),
  };
}

/** Lives a day on paper and replays what was recorded of it. */
function liveAndReplay(context: TestContext, strategy: () => Strategy, ticks: readonly BarTick[]) {
  const folder = mkdtempSync(join(tmpdir(), 'sb-parity-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const history = barsOf(before);
  const day = new PaperDay(folder, strategy(), basePriceOfToday);
  day.warmUp(history.slice(-strategy().warmUpBars));
  for (const tick of ticks) day.tick(tick);
  day.end(ticks.at(-1)!.atMs + minuteMs);
  const recorded = readFileSync(join(folder, `parity-${today}.log`), 'utf8');

  const { result, decisionLog } = runBacktest({
    strategy: strategy(),
    series: [seriesOf([...history, ...day.bars])],
    instruments: [listing],
    from: today,
    to: today,
    initialCash: cash,
    limits: ample,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
  });
  return { day, recorded, result, replayed: decisionLog.map((line) => `${line}\n`).join('') };
}

test('a recorded paper day replayed through the backtest gives the byte-identical decision log', (context) => {
  const { day, recorded, result, replayed } = liveAndReplay(context, aStrategy, ticksOf(today, 11, basePriceOfToday));

  assert.equal(replayed, recorded);
  assert.equal(result.decisionLogSha256, createHash('sha256').update(recorded).digest('hex'));
  assert.deepEqual(
    result.trades.map((trade) => trade.price),
    day.fills,
  );
  assert.equal(result.metrics.deniedOrders, 0);
  assert.ok(day.fills.length >= 10, `only ${day.fills.length} fills were compared`);
});

test('a recorded paper day of brackets replayed through the backtest leaves by the same exits in the same minutes', (context) => {
  const ticks = ticksOf(today, 23, basePriceOfToday);
  const { day, recorded, result, replayed } = liveAndReplay(context, aBracketStrategy, ticks);

  assert.equal(replayed, recorded);
  assert.equal(result.bothInOneBar, undefined);
  assert.equal(day.fills.length, result.trades.length);
  const sales = result.trades.filter((trade) => trade.side === 'sell');
  assert.ok(
    sales.some((trade) => trade.reason.startsWith('손절')) && sales.some((trade) => trade.reason.startsWith('목표')),
  );
});
