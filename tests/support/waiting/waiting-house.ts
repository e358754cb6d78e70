import assert from 'node:assert/strict';
import { isTradingDay } from '#markets/calendar.ts';
import { SnowballError } from '#domain/errors.ts';
import { instrumentId } from '#domain/instrument.ts';
import { isOpen } from '#domain/order-state.ts';
import { seoulDate } from '#domain/trading-date.ts';
import { LiveContext } from '#runner/live-context.ts';
import { MarketClock } from '#runner/feed/market-clock.ts';
import { MarketMemory } from '#runner/feed/market-memory.ts';
import { StrategyBook } from '#runner/strategy-book.ts';
import { waitingState, type WaitingState } from '#runner/waiting/waiting-state.ts';
import type { OrderDraft } from '#strategy/strategy.ts';
import { draftOf } from './waiting-drafts.ts';
import { symbols, type DeathAt, type Outside, type WaitingEvent } from './waiting-event.ts';
import { WaitingGateway, type News } from './waiting-gateway.ts';
import { dateOf, isRegularSession, WaitingMarket } from './waiting-market.ts';
import { WaitingPromises } from './waiting-promises.ts';

/** A Tuesday, 10:00 in Seoul. */
const startMs = Temporal.Instant.from('2026-11-17T01:00:00Z').epochMilliseconds;
const hourMs = 3_600_000;
const instruments = symbols.map(instrumentId);

/**
 * A strategy's process that orders, dies and comes back, a disk that refuses, and a gateway that says what it likes, when it
 * likes. Each step is looked at by `WaitingPromises`.
 */
export class WaitingHouse {
  readonly gateway = new WaitingGateway();
  readonly promises: WaitingPromises;
  #nowMs = startMs;
  #elapsedMs = 0;
  #count = 0;
  #saved: WaitingState | null = null;
  #isDiskFull = false;
  #isDiskSound = true;
  #diesAt: DeathAt | null = null;
  #meanwhile: readonly Outside[] = [];
  /** The process has died: whatever it still does reaches nobody. */
  #isDead = false;
  /** The strategy is over: nobody shows it prices. */
  #isOver = false;
  readonly #exchange = new WaitingMarket();
  readonly #cancels = new Set<string>();
  #market = new MarketMemory();
  #book = new StrategyBook();
  #context: LiveContext;

  constructor() {
    const today = (): number => this.#today;
    const saved = (): WaitingState | null => this.#saved;
    const isDiskSound = (): boolean => this.#isDiskSound;
    this.promises = new WaitingPromises({
      gateway: this.gateway,
      get today() {
        return today();
      },
      get saved() {
        return saved();
      },
      get isDiskSound() {
        return isDiskSound();
      },
      held: (symbol) => this.#context.position(instrumentId(symbol))?.quantity ?? 0,
      isOver: (requestId) => !isOpen(this.#book.order(requestId)?.state ?? 'intent'),
    });
    this.#context = this.#process();
    this.#context.waiting.restore();
    this.#context.waiting.resume();
  }

  play(event: WaitingEvent): void {
    this.#play(event);
    if (!this.#isOver) this.#context.waiting.look(instruments);
    if (this.#isDead) this.#restart(this.#meanwhile);
    if (this.gateway.news.length > 0) return;
    for (const symbol of symbols) {
      const own = this.#book.position(instrumentId(symbol))?.quantity ?? 0;
      assert.equal(own, Math.max(0, this.gateway.position(symbol)), `INV-07 shares of ${symbol}`);
    }
    if (!this.#isDiskFull && !this.#isOver) this.promises.watches();
  }

  /** Everybody becomes kind, and on the next day the market crashes: what is watched is sold. */
  finish(): void {
    const mayForget = this.#isOver || this.#isDiskFull;
    [this.#diesAt, this.#isDiskFull] = [null, false];
    this.gateway.foretell(null, 0);
    if (mayForget) this.#restart([]);
    this.#context.waiting.look(instruments);
    this.#endAll(0);
    const dayMs = 24 * hourMs;
    this.#nowMs += dayMs - ((this.#nowMs - startMs) % dayMs);
    while (!isTradingDay(seoulDate(Temporal.Instant.fromEpochMilliseconds(this.#nowMs)))) this.#nowMs += dayMs;
    for (let round = 0; round < 4; round += 1) {
      this.#showAccount();
      for (const symbol of symbols) {
        this.#tick(symbol, 10_000);
        this.#tick(symbol, 5_000);
      }
      this.#endAll(99);
      this.#nowMs += 120_000;
    }
    this.promises.soldOut();
  }

  #play(event: WaitingEvent): void {
    switch (event.kind) {
      case 'tick':
        return this.#tick(symbols[event.symbol] ?? symbols[0], event.price);
      case 'submit':
        return this.#submit(event);
      case 'cancel':
        return this.#cancelOne(event.which);
      case 'over':
        return this.#end();
      case 'cancelled':
        for (const requestId of this.#cancels) this.gateway.cancel(requestId, this.#nowMs);
        return this.#cancels.clear();
      case 'portfolio':
        return this.#showAccount();
      case 'disk':
        [this.#isDiskFull, this.#isDiskSound] = [!this.#isDiskFull, false];
        return;
      case 'fate':
        return this.gateway.foretell(event.fate, event.times);
      case 'deliver':
        return this.#deliver(event.count);
      case 'stale':
        return this.gateway.tellAgain(event.which);
      case 'die':
        [this.#diesAt, this.#meanwhile] = [event.at, event.meanwhile];
        return;
      case 'restart':
        return this.#restart(event.meanwhile);
      default:
        this.#outside(event);
    }
  }

  #outside(event: Outside): void {
    if (event.kind === 'split') return this.#split(event);
    if (event.kind === 'hand') return this.gateway.sellByHand(symbols[event.symbol] ?? symbols[0], event.shares);
    if (event.kind === 'pass') {
      const before = this.#today;
      this.#nowMs += event.hours * hourMs;
      if (this.#today !== before) this.gateway.endDay(this.#nowMs);
      return;
    }
    const { open } = this.gateway;
    const order = open[event.which % open.length];
    if (order !== undefined) this.gateway.change(order, event, this.#nowMs);
  }

  #split({ symbol: which, to, isBaseTold }: Extract<Outside, { kind: 'split' }>): void {
    this.#outside({ kind: 'pass', hours: 24 });
    const symbol = symbols[which] ?? symbols[0];
    if (!isBaseTold) this.#exchange.hideBase(symbol, this.#nowMs);
    if (to === this.#exchange.scaleOf(symbol)) return;
    this.gateway.split(symbol, this.#exchange.split(symbol, to));
    this.promises.split(symbol, to);
  }

  /** @param plain won, before any split */
  #tick(symbol: string, plain: number): void {
    this.#nowMs += 1_000;
    const price = this.#exchange.trade(symbol, plain, this.#nowMs);
    this.#market.quotes([this.#exchange.quote(symbol, this.#nowMs)]);
    if (this.#isOver) return;
    if (isRegularSession(this.#nowMs)) this.#exchange.seen(symbol);
    this.#context.waiting.tick(instrumentId(symbol), price, this.#nowMs);
    if (isRegularSession(this.#nowMs)) this.promises.priced(symbol);
  }

  #submit({ symbol, draft: which, shares, days }: Extract<WaitingEvent, { kind: 'submit' }>): void {
    if (this.#isOver) return;
    const till = dateOf(this.#nowMs + days * 24 * hourMs);
    const of = symbols[symbol] ?? symbols[0];
    const draft = draftOf(which, of, { shares, till, scale: this.#exchange.scaleOf(of) });
    const requestId = `a-${this.#count + 1}`;
    this.promises.asked(requestId, draft, this.#exchange.knows(of));
    try {
      this.#context.submit(draft);
    } catch (error) {
      assert.ok(error instanceof SnowballError && error.code === 'runner.waiting-unsaved');
      this.promises.refused(requestId);
    }
  }

  #cancelOne(which: number): void {
    const ids = [...new Set([...this.promises.ids, ...this.#book.openOrders().map(({ requestId }) => requestId)])];
    const requestId = ids[which % ids.length];
    if (requestId === undefined || this.#isOver) return;
    const { watched = [], lasting = [] } = this.#saved?.triggers ?? {};
    const hadRest = [...watched, ...lasting].some((order) => order.requestId.startsWith(`${requestId}+`));
    this.promises.cancelling(requestId);
    this.#context.cancel(requestId);
    if (!this.#isDead) this.promises.cancelled(requestId, { hadRest });
  }

  #end(): void {
    if (this.#isOver) return;
    this.#context.waiting.withdrawBuys();
    if (this.#isDead) return;
    this.#isOver = true;
    this.promises.over();
    for (const { requestId } of this.#book.openOrders()) this.#cancels.add(requestId);
  }

  #restart(meanwhile: readonly Outside[]): void {
    for (const event of meanwhile) this.#outside(event);
    [this.#isDead, this.#diesAt, this.#isOver, this.gateway.news] = [false, null, false, []];
    this.#cancels.clear();
    this.promises.died();
    this.#market = new MarketMemory();
    this.#market.quotes(this.#exchange.quotes(this.#nowMs));
    this.#book = new StrategyBook();
    this.#context = this.#process();
    this.#context.waiting.restore();
    for (const view of this.gateway.orders.values()) this.#tell({ kind: 'view', view });
    this.#context.waiting.resume();
    this.promises.holdingChanged();
  }

  #deliver(count: number): void {
    for (let left = count; left > 0 && this.gateway.news.length > 0; left -= 1) {
      const next = this.gateway.news.shift();
      if (next !== undefined) this.#tell(next);
    }
  }

  #tell(news: News): void {
    if (this.#isDead) return;
    const update =
      news.kind === 'view' ? this.#book.apply(news.view) : this.#book.presume(news.requestId, news.state, 'link.down');
    if (update === null) return;
    this.promises.holdingChanged();
    this.#context.waiting.follow(update);
  }

  /** Everything open ends, sells with `shares` more. */
  #endAll(shares: number): void {
    this.#deliver(Infinity);
    for (const order of this.gateway.open) {
      const more = order.side === 'sell' ? shares : 0;
      this.gateway.change(order, { state: 'cancelled', shares: more }, this.#nowMs);
    }
    this.#deliver(Infinity);
  }

  #process(): LiveContext {
    const clock = new MarketClock(() => 0);
    clock.nowMs = () => this.#nowMs;
    const listing = { market: 'KOSPI', kind: 'stock', leverage: 1 } as const;
    this.#market.instruments(symbols.map((symbol) => ({ symbol, name: symbol, ...listing })));
    return new LiveContext({
      book: this.#book,
      market: this.#market,
      clock,
      nextRequestId: () => `a-${(this.#count += 1)}`,
      send: (requestId, draft) => this.#send(requestId, draft),
      cancel: (requestId) => this.#withdraw(requestId),
      decided: () => undefined,
      keeper: {
        file: { read: () => this.#saved, write: (state) => this.#write(state) },
        // Long after the last: what waits to be written is written at the next look.
        elapsedMs: () => (this.#elapsedMs += 60_000),
        onUnsaved: () => undefined,
      },
    });
  }

  #send(requestId: string, draft: OrderDraft): void {
    if (!this.#comesTo('before-send')) return;
    this.promises.leaves(requestId, draft);
    this.gateway.take(requestId, draft, this.#nowMs);
    this.#comesTo('after-send');
  }

  #withdraw(requestId: string): void {
    if (!this.#comesTo('cancel')) return;
    this.#cancels.add(requestId);
    this.promises.withdraws(requestId);
  }

  #write(state: WaitingState): void {
    if (!this.#comesTo('before-write')) throw new Error('dead');
    if (this.#isDiskFull) throw new Error('ENOSPC');
    this.#saved = waitingState(JSON.parse(JSON.stringify(state)));
    this.#comesTo('after-write');
  }

  /** @returns false when the process is dead, by now */
  #comesTo(place: DeathAt): boolean {
    if (this.#diesAt === place) this.#isDead = true;
    return !this.#isDead;
  }

  get #today(): number {
    return dateOf(this.#nowMs);
  }

  #showAccount(): void {
    const at = Temporal.Instant.fromEpochMilliseconds(this.#nowMs).toString();
    const sums = { cash: 0, orderableCash: 0, equity: 0, equityAtOpen: 0, realisedOfDay: 0, unrealised: 0 };
    const positions = symbols.flatMap((symbol) => {
      const shares = this.gateway.inAccount(symbol);
      return shares <= 0 ? [] : [{ symbol, quantity: shares, cost: shares, price: null, priceAt: null }];
    });
    this.#market.portfolio({ ...sums, feesOfDay: 0, taxOfDay: 0, positions, confirmedAt: at, at });
    this.promises.holdingChanged();
  }
}
