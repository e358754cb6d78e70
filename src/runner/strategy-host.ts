import { join } from 'node:path';
import { invariant } from '#domain/invariant.ts';
import { isOpen } from '#domain/order-state.ts';
import { instrumentId, symbolOf, type InstrumentId } from '#domain/instrument.ts';
import type { EventData } from '#link/api.ts';
import type { GatewayApi } from '#link/gateway-api.ts';
import type { StrategyView } from '#link/runner-api.ts';
import type { OrderView } from '#link/views.ts';
import { withParticle } from '#strategy/korean-particle.ts';
import type { OrderDraft, OrderUpdate } from '#strategy/strategy.ts';
import type { Brain } from './brain.ts';
import type { DayFeed } from './feed/day-feed.ts';
import { DecisionJournal } from './decision-journal.ts';
import { liveDayFeed } from './feed/live-day-feed.ts';
import { LiveContext } from './live-context.ts';
import { FedBars } from './feed/fed-bars.ts';
import { fateSentence } from './fate-sentence.ts';
import { MinuteFeed } from './feed/minute-feed.ts';
import { historyBarsMax } from './feed/minute-history.ts';
import type { BarTick, ClosedBar } from './feed/minute-bars.ts';
import type { HostOptions } from './host-options.ts';
import { OrderBurst } from './order-burst.ts';
import { OrderCourier } from './order-courier.ts';
import type { DayRecorder } from './record/day-recorder.ts';
import { earsOf, recorderOf } from './record/host-recorder.ts';
import { requestIds } from './request-ids.ts';
import { StrategyBook } from './strategy-book.ts';
import { strategyView } from './strategy-view.ts';
import { mustBeWatched, WaitingFile } from './waiting/waiting-file.ts';
import { unsavedSentence, unwatchedSentence } from './waiting/waiting-notes.ts';
import { withinCollar } from './within-collar.ts';

/** Runs one strategy: bars and news in, orders out, and a view of it all for the person. */
export class StrategyHost {
  readonly #options: HostOptions;
  readonly #journal: DecisionJournal;
  readonly #recorder: DayRecorder;
  readonly #book = new StrategyBook();
  readonly #courier: OrderCourier;
  readonly #context: LiveContext;
  readonly #brain: Brain;
  /** One of the two, by the strategy's interval. */
  readonly #days: DayFeed | null;
  readonly #minutes: MinuteFeed | null;
  readonly #burst = new OrderBurst();
  readonly #fed = new FedBars();
  readonly #instruments: readonly InstrumentId[];
  #state: StrategyView['state'] = 'warming-up';
  #reason = '';
  /** False while the orders of earlier runs are being read: they are no news. */
  #hasHistory = false;
  #lastSeenMs = 0;

  constructor(options: HostOptions) {
    const { plan, clock, gateway, market, folder } = options;
    this.#options = options;
    this.#instruments = plan.symbols.map(instrumentId);
    this.#journal = new DecisionJournal({ folder, strategy: plan.name, clock });
    const ids = requestIds(plan.name);
    this.#recorder = recorderOf(options, ids.prefix, this.#journal);
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
      nextRequestId: ids.next,
      send: (requestId, draft) => this.#send(requestId, draft),
      cancel: (requestId) => void this.#courier.cancel(requestId),
      decided: (decision) => this.#journal.record(decision),
      keeper: {
        file: new WaitingFile(join(folder, `${plan.name}.waiting-orders`)),
        elapsedMs: () => performance.now(),
        onUnsaved: () => this.#journal.show('', unsavedSentence),
      },
      ears: earsOf(this.#recorder),
    });
    this.#days = plan.interval === '1d' ? this.#dayFeed() : null;
    this.#minutes = plan.interval === '1d' ? null : this.#minuteFeed();
    this.#brain = plan.brain(this.#context, {
      onFailed: (reason) => this.fail(reason),
      onShown: (shown) => this.#context.startEvent(this.#recorder.shown(shown)),
      onDeciding: (barStartsAtMs, isWarmUp) => {
        if (plan.kind === 'code') this.#recorder.answered(isWarmUp);
        this.#journal.barStartsAtMs = barStartsAtMs;
        this.#context.isWarmUp = isWarmUp;
        this.#lastSeenMs = clock.nowMs();
      },
      onRemark: (sentence) => this.#journal.show('', sentence),
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
      this.#takeUp();
      const declared = await this.#brain.start();
      const strange = declared.instruments.find((one) => !this.#instruments.includes(one));
      if (strange !== undefined)
        this.fail(`허용하지 않은 종목 ${withParticle(symbolOf(strange), 'object')} 쓰려고 했어요.`);
      this.#fed.warmUpBars = Math.min(declared.warmUpBars, historyBarsMax);
      if (this.#days !== null) this.#days.warmUpBars = this.#fed.warmUpBars;
    } catch (error) {
      this.fail(error instanceof Error ? error.message : String(error));
    }
  }

  /** Catches up with the gateway, at the start and after each loss of the link. @throws RetryLater when it is lost again */
  async sync(): Promise<void> {
    this.#minutes?.forget();
    this.#journal.begin();
    this.#recorder.open(this.#journal.barStartsAtMs);
    await this.#courier.refold();
    this.#hasHistory = true;
    if (this.isOver) {
      await this.#courier.cancelAll();
      return;
    }
    this.#context.waiting.resume();
    await (this.#days?.restart() ?? this.#minutes?.restart());
  }

  tick(tick: BarTick): void {
    if (this.isOver) return;
    this.#context.waiting.tick(tick.instrument, tick.price, tick.atMs);
    this.#minutes?.tick(tick);
  }

  /** Trades are missing, or what was missing can be read; null when the link is lost. */
  gap(gap: EventData<GatewayApi, 'gap'> | null): void {
    this.#minutes?.gap(gap);
  }

  /** Called several times a second: closes bars whose minute is over and looks for lost requests. */
  clock(): void {
    this.#minutes?.look();
    if (this.#days !== null && this.#hasHistory && !this.isOver) void this.#days.look();
    if (this.isOver) this.#context.waiting.tryAgain();
    else this.#context.waiting.look(this.#instruments);
    this.#recorder.flush();
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
    this.#context.waiting.keep();
    await this.#brain.stop();
    this.#recorder.flush();
  }

  view(): StrategyView {
    return strategyView(this.#options, {
      state: this.#state,
      reason: this.#reason,
      lastSeenMs: this.#lastSeenMs,
      book: this.#book,
      journal: this.#journal,
    });
  }

  /** What waited when the process before this one ended. @throws {FixConfiguration} `runner.waiting-orders` */
  #takeUp(): void {
    this.#context.waiting.restore();
    mustBeWatched(this.#context.waiting.instruments, this.#instruments);
  }

  #send(requestId: string, draft: OrderDraft): void {
    const { market, clock } = this.#options;
    if (!this.isOver && draft.side === 'buy' && this.#burst.isBurst(clock.nowMs())) {
      this.#end('stopped', '10초에 매수를 5번 넘게 내려고 해서 멈췄어요.');
      void this.#courier.cancelAll();
    }
    if (this.isOver) this.#book.presume(requestId, 'not-sent', 'runner.strategy-over');
    // An order of a day strategy was priced at yesterday's close.
    else void this.#courier.send(requestId, this.#days === null ? draft : withinCollar(draft, market, clock));
  }

  #dayFeed(): DayFeed {
    return liveDayFeed(this.#options, {
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

  #minuteFeed(): MinuteFeed {
    const { gateway, clock } = this.#options;
    return new MinuteFeed({
      instruments: this.#instruments,
      gateway,
      clock,
      fed: this.#fed,
      isOver: () => this.isOver,
      isHeld: (instrument) => this.#book.position(instrument) !== null,
      show: (closed, isWarmUp) => this.#feed(closed, isWarmUp),
      tell: (instrument, message) => this.#journal.show(instrument === null ? '' : symbolOf(instrument), message),
      onReady: () => this.#settle(),
    });
  }

  get isOver(): boolean {
    return this.#state === 'failed' || this.#state === 'stopped';
  }

  #end(state: 'failed' | 'stopped', reason: string): void {
    this.#state = state;
    this.#reason = reason.slice(0, 500);
    this.#recorder.over();
    if (reason !== '') this.#journal.show('', `전략을 멈췄어요. ${this.#reason}`);
    // Its positions stay with the person, who must know that nothing of ours watches them until it is started again.
    if (reason !== '') {
      if (!this.#context.waiting.isEmpty) this.#journal.show('', unwatchedSentence);
      this.#context.waiting.withdrawBuys();
    }
    void this.#brain.stop();
    this.#options.onChange();
    this.#options.onOver?.();
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
    const order = this.#book.order(update.requestId);
    if (order !== null) this.#recorder.news(order, this.#book.lastFillMs(update.instrument));
    this.#context.waiting.follow(update);
    const sentence = this.#hasHistory ? fateSentence(update) : null;
    if (sentence !== null) this.#journal.show(symbolOf(update.instrument), sentence);
    this.#options.onChange();
    if (this.#hasHistory || isOpen(update.state)) this.#tryBrain(() => this.#brain.order(update));
  }

  #cancelFailed(requestId: string, code: string): void {
    const order = this.#book.order(requestId);
    invariant(order !== null, 'a cancel of an order that the book does not hold');
    this.#journal.show(symbolOf(order.instrument), `주문을 취소하지 못했어요. (${code})`);
  }
}
