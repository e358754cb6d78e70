import { join } from 'node:path';
import { invariant } from '#domain/invariant.ts';
import { isOpen } from '#domain/order-state.ts';
import { instrumentId, symbolOf, type InstrumentId } from '#domain/instrument.ts';
import { dateNumber, seoulDate } from '#domain/trading-date.ts';
import type { Bar } from '#domain/bar.ts';
import type { EventData } from '#link/api.ts';
import type { GatewayApi } from '#link/gateway-api.ts';
import type { StrategyView } from '#link/runner-api.ts';
import type { OrderView } from '#link/views.ts';
import type { OrderDraft, OrderUpdate } from '#strategy/strategy.ts';
import { ActedDay } from './acted-day.ts';
import { BarRepair } from './bar-repair.ts';
import type { Brain } from './brain.ts';
import { DayFeed } from './day-feed.ts';
import { DecisionJournal } from './decision-journal.ts';
import { LiveContext } from './live-context.ts';
import type { MarketClock } from './market-clock.ts';
import type { MarketMemory } from './market-memory.ts';
import { FedBars } from './fed-bars.ts';
import { fateSentence } from './fate-sentence.ts';
import { dayHistory, historyBarsMax, minuteHistory } from './minute-history.ts';
import { MinuteBars, type BarTick, type ClosedBar } from './minute-bars.ts';
import { openResult } from './open-result.ts';
import { OrderBurst } from './order-burst.ts';
import { OrderCourier } from './order-courier.ts';
import type { GatewayLink } from './order-line.ts';
import { requestIds } from './request-ids.ts';
import { StrategyBook } from './strategy-book.ts';
import type { StrategyPlan } from './strategy-plan.ts';
import { withinCollar } from './within-collar.ts';

export interface HostOptions {
  readonly plan: StrategyPlan;
  readonly gateway: GatewayLink;
  readonly market: MarketMemory;
  readonly clock: MarketClock;
  /** Folder of the decision logs. */
  readonly folder: string;
  readonly onChange: () => void;
  /** Real milliseconds after its start before a strategy of day bars is shown anything. */
  readonly dayDelayMs: number;
  /** It failed or was stopped: nothing more is wanted for it. */
  readonly onOver?: () => void;
}

const minuteMs = 60_000;
/** A bar that is repaired later than this is history: it is learnt from and not acted upon. */
const lateMs = 120_000;

/** Runs one strategy: bars and news in, orders out, and a view of it all for the person. */
export class StrategyHost {
  readonly #options: HostOptions;
  readonly #journal: DecisionJournal;
  readonly #book = new StrategyBook();
  readonly #courier: OrderCourier;
  readonly #context: LiveContext;
  readonly #brain: Brain;
  readonly #bars: MinuteBars;
  readonly #repair: BarRepair;
  /** Null for minute bars. */
  readonly #days: DayFeed | null;
  readonly #burst = new OrderBurst();
  readonly #instruments: readonly InstrumentId[];
  /** Those whose history has been read since the link last came up. */
  readonly #caughtUp = new Set<InstrumentId>();
  /** Closed while the history of their instrument was being read; what the history has of them is not shown twice. */
  readonly #early: ClosedBar[] = [];
  readonly #fed = new FedBars();
  #state: StrategyView['state'] = 'warming-up';
  #reason = '';
  /** False while the orders of earlier runs are being read: they are no news. */
  #hasHistory = false;
  #lastSeenMs = 0;
  /** Bars that start earlier came too late to be acted upon. */
  #actFromMs = 0;

  constructor(options: HostOptions) {
    const { plan, clock, gateway, market, folder } = options;
    this.#options = options;
    this.#instruments = plan.symbols.map(instrumentId);
    this.#bars = new MinuteBars(this.#instruments);
    this.#repair = new BarRepair({
      bars: this.#bars,
      instruments: this.#instruments,
      read: (instrument, count) => minuteHistory(gateway, instrument, count),
      nowMs: () => clock.nowMs(),
      elapsedMs: () => performance.now(),
      onSettled: (isWhole) => this.#repaired(isWhole),
    });
    this.#journal = new DecisionJournal({ folder, strategy: plan.name, clock });
    this.#courier = new OrderCourier({
      strategy: plan.name,
      gateway,
      book: this.#book,
      market,
      onUpdate: (update) => this.#tell(update),
      onCancelFailed: (requestId, code) => this.#cancelFailed(requestId, code),
    });
    this.#context = new LiveContext({
      book: this.#book,
      market,
      clock,
      nextRequestId: requestIds(plan.name),
      send: (requestId, draft) => this.#send(requestId, draft),
      cancel: (requestId) => void this.#courier.cancel(requestId),
      decided: (decision) => this.#journal.record(decision),
    });
    this.#days = plan.interval === '1d' ? this.#dayFeed() : null;
    this.#brain = plan.brain(this.#context, {
      onFailed: (reason) => this.fail(reason),
      onDeciding: (barStartsAtMs) => {
        this.#journal.barStartsAtMs = barStartsAtMs;
        this.#lastSeenMs = clock.nowMs();
      },
    });
  }

  get name(): string {
    return this.#options.plan.name;
  }

  get symbols(): readonly string[] {
    return this.#options.plan.symbols;
  }

  /** Loads the strategy. It decides nothing before the first `sync`. Never throws: a strategy that cannot start has failed. */
  async start(): Promise<void> {
    try {
      const declared = await this.#brain.start();
      const strange = declared.instruments.find((instrument) => !this.#instruments.includes(instrument));
      if (strange !== undefined) this.fail(`허용하지 않은 종목 ${symbolOf(strange)}을(를) 쓰려고 했어요.`);
      this.#fed.warmUpBars = Math.min(declared.warmUpBars, historyBarsMax);
      if (this.#days !== null) this.#days.warmUpBars = this.#fed.warmUpBars;
    } catch (error) {
      this.fail(error instanceof Error ? error.message : String(error));
    }
  }

  /** Catches up with the gateway, at the start and after each loss of the link. @throws RetryLater when it is lost again */
  async sync(): Promise<void> {
    this.#caughtUp.clear();
    this.#early.length = 0;
    if (this.#journal.barStartsAtMs === 0) this.#journal.barStartsAtMs = minuteOf(this.#options.clock.nowMs());
    await this.#courier.refold();
    this.#hasHistory = true;
    if (this.isOver) {
      await this.#courier.cancelAll();
      return;
    }
    if (this.#days !== null) {
      await this.#days.restart();
      return;
    }
    // One after the other, because each may cost the gateway a call to the broker; those that are ready trade already.
    for (const instrument of this.#instruments) {
      await this.#warmUp(instrument);
      this.#settle();
    }
  }

  tick(tick: BarTick): void {
    if (this.isOver) return;
    this.#context.waiting.tick(tick.instrument, tick.price, tick.atMs);
    if (this.#days !== null) return;
    this.#bars.push(tick);
    this.#repair.look(true);
    this.#close();
  }

  /** Trades are missing, or what was missing can be read; null when the link is lost. */
  gap(gap: EventData<GatewayApi, 'gap'> | null): void {
    if (this.#days === null) this.#repair.tell(gap);
  }

  /** Called several times a second: closes bars whose minute is over and looks for lost requests. */
  clock(): void {
    if (this.#days === null) {
      this.#repair.look(false);
      this.#close();
    } else if (this.#hasHistory && !this.isOver) void this.#days.look();
    if (!this.isOver) this.#context.waiting.look(this.#instruments);
    // A lost link leaves the request unknown; the next return of the link looks again.
    this.#courier.findLost(performance.now()).catch(() => undefined);
  }

  /** News of one of this strategy's orders. */
  order(view: OrderView): void {
    this.#courier.apply(view);
  }

  /** Ends the strategy for this run: its open orders are cancelled, its positions stay with the person. */
  fail(reason: string): void {
    if (this.isOver) return;
    this.#end('failed', reason);
    // Orders of an earlier run are known only after the first fold; `sync` cancels those.
    void this.#courier.cancelAll();
  }

  async stop(): Promise<void> {
    if (!this.isOver) this.#end('stopped', '');
    await this.#brain.stop();
  }

  view(): StrategyView {
    const { plan, clock } = this.#options;
    const today = dateNumber(seoulDate(clock.now()));
    return {
      name: plan.name,
      kind: plan.kind,
      state: this.#state,
      reason: this.#reason === '' ? plan.remark : this.#reason,
      symbols: [...plan.symbols],
      interval: plan.interval,
      positions: this.#book.holdings().size,
      ordersOfDay: this.#book.ordersOn(today),
      profitOfDay: this.#book.realisedOn(today) + openResult(this.#book, this.#options.market),
      lastSeenAt: Temporal.Instant.fromEpochMilliseconds(this.#lastSeenMs).toString(),
      decisions: [...this.#journal.shown],
    };
  }

  #close(): void {
    for (const closed of this.#bars.takeClosed(this.#options.clock.nowMs())) {
      if (this.isOver) continue;
      if (this.#caughtUp.has(closed.instrument)) this.#feedClosed(closed);
      else this.#early.push(closed);
    }
  }

  #feedClosed(closed: ClosedBar): void {
    this.#feed(closed, closed.bar.startsAtMs < this.#actFromMs || this.#mustWarmUp(closed.instrument));
  }

  #repaired(isWhole: boolean): void {
    if (!isWhole) this.#journal.show('', '끊긴 동안의 봉을 다 채우지 못했어요. 받은 봉으로 이어 가요.');
    this.#actFromMs = this.#options.clock.nowMs() - minuteMs - lateMs;
    this.#close();
  }

  #send(requestId: string, draft: OrderDraft): void {
    if (!this.isOver && draft.side === 'buy' && this.#burst.isBurst(this.#options.clock.nowMs())) {
      this.#end('stopped', '10초에 매수를 5번 넘게 내려고 해서 멈췄어요.');
      void this.#courier.cancelAll();
    }
    if (this.isOver) this.#book.presume(requestId, 'not-sent', 'runner.strategy-over');
    else void this.#courier.send(requestId, this.#days === null ? draft : this.#nearMarket(draft));
  }

  /** An order of a day strategy was priced at yesterday's close. */
  #nearMarket(draft: OrderDraft): OrderDraft {
    return withinCollar(draft, this.#options.market, this.#options.clock);
  }

  #dayFeed(): DayFeed {
    const { plan, gateway, clock, folder, dayDelayMs } = this.#options;
    return new DayFeed({
      notBeforeMs: performance.now() + dayDelayMs,
      instruments: this.#instruments,
      read: (instrument, count) => dayHistory(gateway, instrument, count),
      now: () => clock.now(),
      elapsedMs: () => performance.now(),
      acted: new ActedDay(join(folder, `${plan.name}.acted-day`)),
      show: (instrument, bar, isWarmUp) => this.#feed({ instrument, bar }, isWarmUp),
      close: (date) => this.#tryBrain(() => this.#brain.close(date)),
      onDone: (sentence) => {
        if (sentence !== null) this.#journal.show('', sentence);
        // Its indicators stay empty, and its rules false, where history was too short.
        if (this.#state === 'warming-up') this.#state = 'running';
        this.#options.onChange();
      },
    });
  }

  get isOver(): boolean {
    return this.#state === 'failed' || this.#state === 'stopped';
  }

  #end(state: 'failed' | 'stopped', reason: string): void {
    this.#state = state;
    this.#reason = reason.slice(0, 500);
    if (reason !== '') this.#journal.show('', `전략을 멈췄어요. ${this.#reason}`);
    // Its positions stay with the person, who must know that nothing of ours watches them any more.
    if (!this.#context.waiting.isEmpty)
      this.#journal.show('', '기다리던 주문도 끝났어요. 손절과 목표가를 직접 챙겨 주세요.');
    void this.#brain.stop();
    this.#options.onChange();
    this.#options.onOver?.();
  }

  async #warmUp(instrument: InstrumentId): Promise<void> {
    await this.#feedHistory(instrument);
    // A minute that closed while the history was read may be cut short at our end; the gateway has it whole by now.
    if (this.#early.some((closed) => closed.instrument === instrument)) await this.#feedHistory(instrument);
    // Without a pause in between: a minute that closes from now on is fed, not looked for in a history that was read.
    this.#caughtUp.add(instrument);
    const early = this.#early.splice(0);
    this.#early.push(...early.filter((closed) => closed.instrument !== instrument));
    for (const closed of early) if (closed.instrument === instrument) this.#feedClosed(closed);
  }

  async #feedHistory(instrument: InstrumentId): Promise<void> {
    const count = this.#fed.warmUpBars + 60;
    let bars: readonly Bar[] = [];
    try {
      bars = await minuteHistory(this.#options.gateway, instrument, count);
    } catch {
      // Without history the strategy starts cold, which only delays its first decision.
      this.#journal.show(symbolOf(instrument), '지난 봉을 받지 못해서 지금부터 모아요.');
    }
    const nowMs = this.#options.clock.nowMs();
    for (const bar of bars) {
      // Minutes with missing trades come with their repair.
      if (bar.startsAtMs >= this.#repair.heldFromMs) continue;
      if (bar.startsAtMs + minuteMs > nowMs) this.#bars.seed(instrument, bar);
      else this.#feed({ instrument, bar }, true);
    }
  }

  /** A position must not wait for history: its stop works from the first bar. */
  #mustWarmUp(instrument: InstrumentId): boolean {
    return this.#fed.isCold(instrument) && this.#book.position(instrument) === null;
  }

  #feed({ instrument, bar }: ClosedBar, isWarmUp: boolean): void {
    if (!this.#fed.take(instrument, bar)) return;
    this.#tryBrain(() => this.#brain.bar(instrument, bar, isWarmUp));
    this.#settle();
  }

  #tryBrain(think: () => void): void {
    if (this.isOver) return;
    try {
      think();
    } catch (error) {
      this.fail(error instanceof Error ? error.message : String(error));
    }
  }

  #settle(): void {
    if (this.#state === 'warming-up' && this.#fed.isWarm) this.#state = 'running';
    this.#options.onChange();
  }

  #tell(update: OrderUpdate): void {
    this.#context.waiting.follow(update);
    const sentence = this.#hasHistory ? fateSentence(update) : null;
    if (sentence !== null) this.#journal.show(symbolOf(update.instrument), sentence);
    this.#options.onChange();
    if (this.isOver || (!this.#hasHistory && !isOpen(update.state))) return;
    try {
      this.#brain.order(update);
    } catch (error) {
      this.fail(error instanceof Error ? error.message : String(error));
    }
  }

  #cancelFailed(requestId: string, code: string): void {
    const order = this.#book.order(requestId);
    invariant(order !== null, 'a cancel of an order that the book does not hold');
    this.#journal.show(symbolOf(order.instrument), `주문을 취소하지 못했어요. (${code})`);
  }
}

function minuteOf(epochMs: number): number {
  return Math.floor(epochMs / minuteMs) * minuteMs;
}
