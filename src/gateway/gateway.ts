import type { Broker } from '#brokers/broker.ts';
import type { Environment } from '#domain/environment.ts';
import { dateNumber, seoulDate } from '#domain/trading-date.ts';
import { starter, type Limits } from '#guard/limits.ts';
import type { LimitsInForce } from '#guard/limit-policy.ts';
import { isWider, permitsInForce } from '#guard/permit-grants.ts';
import { plainPermits, type Permits } from '#guard/permits.ts';
import type { GuardState } from '#guard/state.ts';
import type { Journal } from '#journal/journal.ts';
import type { PortfolioView } from '#link/views.ts';
import { BooksKeeper } from './books-keeper.ts';
import { BrokerMonitor } from './broker-monitor.ts';
import { DeadMan } from './safety/dead-man.ts';
import { deskOf } from './desk-of.ts';
import type { Handled } from './desk/desk.ts';
import type { DeskEvent, DeskSettings, Moment } from './desk/events.ts';
import { openOrders } from './desk/order-questions.ts';
import type { DeskState } from './desk/state.ts';
import { ClockWatch } from './clock/clock-watch.ts';
import { ordersTouched } from './effects.ts';
import { booksOfToday, guardState } from './guard-state.ts';
import { quietWindow, type GatewayOptions } from './gateway-options.ts';
import { InquiryPump } from './inquiry-pump.ts';
import { gradeOf, keeperOf, nxtTradingOf } from './gateway-parts.ts';
import type { InstrumentListKeeper } from './market/instrument-list.ts';
import type { NxtTrading } from './market/nxt-trading.ts';
import { limitsAtGrade } from './safety/limits-at-grade.ts';
import { MarketFeed } from './market/market-feed.ts';
import { OwnHalts } from './safety/own-halts.ts';
import { permitsWaiting } from './safety/permits-waiting.ts';
import { portfolioView } from './handlers/portfolio-view.ts';
import { Recorder } from './recorder.ts';
import { slowVisibility, VisibilityMeter } from './safety/visibility-meter.ts';
import type { StrategyGrade } from './safety/strategy-grade.ts';
import { Sendings } from './sendings.ts';
import { StrategyPulse } from './safety/strategy-pulse.ts';
import { TradedValues } from './market/traded-values.ts';
import { KeyedWaiters, Waiters } from './waiters.ts';
import type { GatewayClock } from './clock/gateway-clock.ts';
import type { InstrumentId } from '#domain/instrument.ts';

/** Real milliseconds between two inquiries while an order is in doubt. */
const longestDoubtMs = 2_000;

/** The process with secrets, without its process: desk, guard, prices, inquiries and books around one broker. */
export class Gateway {
  readonly clock: GatewayClock;
  readonly broker: Broker;
  readonly environment: Environment;
  readonly build: string;
  readonly monitor = new BrokerMonitor();
  readonly deadMan: DeadMan;
  /** How strategies are held, and what follows. */
  readonly grade: StrategyGrade;
  readonly feed: MarketFeed;
  readonly traded: TradedValues;
  readonly pulse: StrategyPulse;
  /** Null where the broker publishes no list, or nobody said where to keep it. */
  readonly instruments: InstrumentListKeeper | null;
  readonly recorder: Recorder;
  readonly pump: InquiryPump;
  readonly books: BooksKeeper;
  readonly journal: Journal;
  readonly #options: GatewayOptions;
  readonly #settled = new KeyedWaiters();
  readonly #resolved = new Waiters();
  readonly #visibility: VisibilityMeter;
  readonly #halts: OwnHalts;
  readonly #sendings: Sendings;
  readonly #nxt: NxtTrading | null;

  /** Folds the whole journal first. @throws Halt `journal.unreadable`, `journal.broken` */
  constructor(options: GatewayOptions) {
    this.#options = options;
    const { clock, journal, environment, onFault, onFatal } = options;
    this.clock = clock;
    this.journal = journal;
    this.environment = environment;
    this.build = options.build;
    this.broker = this.monitor.watch(options.broker);
    this.deadMan = new DeadMan({
      ...(options.signsOfLife ?? { watchdog: false, supervisor: false }),
      elapsedMs: () => performance.now(),
      build: options.build,
      halt: (by, reason) => this.halt(by, reason),
    });
    this.grade = gradeOf(options, (by, reason) => this.halt(by, reason));
    const { ms, floorMs } = quietWindow[environment];
    const record = (event: DeskEvent): Promise<Handled> => this.recorder.record(event);
    const state = (): DeskState => this.recorder.state;
    const shared = { broker: this.broker, clock, state, record, onFault };
    this.recorder = new Recorder({
      journal,
      state: deskOf(journal),
      moment: () => this.moment(),
      settings: () => this.#settings(),
      onCommitted: (handled, before) => this.#committed(handled, before),
      onFatal,
    });
    this.#sendings = new Sendings({ broker: this.broker, clock, record, inquire: () => this.pump.ask(), onFault });
    this.#halts = this.#ownHalts();
    this.#visibility = new VisibilityMeter({
      floorMs: Math.max(floorMs, options.quietWindowMs ?? ms),
      onSlow: (delayMs, windowMs) => this.#told(slowVisibility(delayMs, windowMs)),
    });
    this.pump = new InquiryPump({
      ...shared,
      doubtMs: Math.min(longestDoubtMs, this.#visibility.quietWindowMs / 2),
      isWaiting: () => this.#visibility.isWaiting,
      onList: (rows, sentMs, answeredMs) => this.#visibility.listed(rows, sentMs, answeredMs),
    });
    this.books = new BooksKeeper({
      ...shared,
      inquire: () => this.pump.nextRound(),
      onConfirmed: options.onStatus,
    });
    this.feed = new MarketFeed({
      broker: this.broker,
      clock,
      monitor: this.monitor,
      needs: () => this.#watchNeeds(),
      onTick: options.onTick,
      onBarGap: (gap) => options.onBarGap?.(gap),
      onNotice: (notice) => void record({ kind: 'notice', notice }).catch(onFault),
      onGap: () => this.pump.ask(),
      onFault,
    });
    this.pulse = new StrategyPulse({
      elapsedMs: () => performance.now(),
      silenceMaxMs: () => this.limitsInForce().limits.strategyHeartbeatMaxMs,
      halt: (strategy, reason) =>
        void record({ kind: 'halt-strategy', strategy, by: 'dead man', reason }).catch(onFault),
    });
    this.instruments = keeperOf(options);
    this.#nxt = nxtTradingOf(options);
    this.traded = new TradedValues({
      dailyBars: (instrument, count) => this.feed.dailyBars(instrument, count),
      today: () => dateNumber(seoulDate(clock.now())),
      wanted: () => this.feed.watched,
      onFault,
    });
  }

  /** @throws RetryLater `gateway.session-closed` with the time at which the window opens */
  requireSession(what: string): void {
    this.#options.door?.passStrictly(what);
  }

  get state(): DeskState {
    return this.recorder.state;
  }

  moment(): Moment {
    return { at: this.clock.now().toString(), elapsedMs: this.clock.elapsedMs() };
  }

  /** What the installation starts with, before a person changed anything. */
  get limitsBase(): Limits {
    return this.#options.limits ?? starter;
  }

  /** Kinds of order that the configuration wishes to let out. */
  get permitsWished(): Permits {
    return this.#options.permits ?? plainPermits;
  }

  /** Those that may go out now: of the wish, what a person granted. Trial money needs no grant. */
  get permits(): Permits {
    const wish = this.permitsWished;
    if (this.environment === 'trial') return wish;
    return permitsInForce(this.state.policy.permits, wish, this.clock.now().epochMilliseconds);
  }

  guardState(state: DeskState): GuardState {
    const watchdogSilentMs = this.deadMan.watchdogSilentMs();
    return guardState(state, {
      environment: this.environment,
      clock: this.clock,
      quotes: this.feed.quotes,
      tradedValueAverage: (instrument) => this.traded.average(instrument),
      designation: (instrument) => this.instruments?.designation(instrument) ?? null,
      tradesOnNxt: (instrument) => this.#nxt?.isTraded(instrument) ?? null,
      limits: this.limitsBase,
      grade: this.grade,
      permits: this.permits,
      ...(watchdogSilentMs === undefined ? {} : { watchdogSilentMs }),
    });
  }

  /** Nobody waits for it: the record comes first, and what is open is withdrawn once it stands. */
  halt(by: string, reason: string): void {
    void this.recorder.record({ kind: 'halt', by, reason }).catch(this.#options.onFault);
  }

  portfolio(): PortfolioView | null {
    return portfolioView(this.state, this.feed.quotes, this.clock.now(), this.books.confirmedAt);
  }

  /** Records the start, which turns what was being sent into unknown orders, and begins to look for them. */
  async start(): Promise<void> {
    await this.recorder.record({ kind: 'started', build: this.build, environment: this.environment });
    this.#halts.start();
    this.#halts.unlessAcknowledged('the start');
    this.deadMan.start();
    if (isWider(this.permitsWished, this.permits)) this.#told(permitsWaiting);
    this.pump.ask();
    this.books.ask();
    this.feed.start();
    this.traded.start();
    this.instruments?.start();
    this.pulse.start();
  }

  /** Stops asking and listening; what was being sent is unknown to the next start, as after any other end. */
  async stop(): Promise<void> {
    this.#halts.stop();
    this.deadMan.stop();
    this.traded.stop();
    this.instruments?.stop();
    this.pulse.stop();
    await Promise.all([this.feed.stop(), this.pump.stop(), this.books.stop()]);
    await this.#sendings.ended();
  }

  /** Resolves when nothing from before the start is in doubt and today's books are open, or after `patienceMs`. */
  async ready(patienceMs: number): Promise<void> {
    const isReady = (): boolean => this.state.isResolved && booksOfToday(this.state, this.clock.now()) !== null;
    if (isReady()) return;
    this.books.ask();
    await this.#resolved.until(isReady, patienceMs);
  }

  /** Resolves when `isDone` holds for the order, looked at after each of its changes, or after `patienceMs`. */
  async settled(orderId: string, isDone: () => boolean, patienceMs: number): Promise<void> {
    await this.#settled.until(orderId, isDone, patienceMs);
  }

  #ownHalts(): OwnHalts {
    const onError = (detail: string): void => this.#told({ kind: 'incident', code: 'clock-error', detail });
    return new OwnHalts({
      state: () => this.state,
      guardState: (state) => this.guardState(state),
      clockWatch: new ClockWatch(this.clock, onError),
      halt: (by, reason) => this.halt(by, reason),
    });
  }

  #watchNeeds(): { readonly ordered: readonly InstrumentId[]; readonly held: readonly InstrumentId[] } {
    const ordered = openOrders(this.state).map((order) => order.request.instrument);
    return { ordered, held: [...(this.state.books?.positions.keys() ?? [])] };
  }

  #told(incident: Extract<DeskEvent, { readonly kind: 'incident' }>): void {
    void this.recorder.record(incident).catch(this.#options.onFault);
  }

  /** What binds now, halved where strategies are held by grade C. */
  limitsInForce(): LimitsInForce {
    return limitsAtGrade(this.state, this.limitsBase, this.clock.now().epochMilliseconds, this.grade);
  }

  #settings(): DeskSettings {
    return {
      conduct: this.limitsInForce().limits,
      quietWindowMs: this.#visibility.quietWindowMs,
      speed: this.clock.speed,
    };
  }

  #committed(handled: Handled, before: DeskState): void {
    this.#sendings.begin(handled);
    for (const record of handled.records) {
      if (record.kind === 'order.filled') this.books.onFill();
      if (record.kind === 'order.acked' && record.body.source === 'answer') {
        this.#visibility.accepted(record.body.brokerOrderId, record.body.elapsedMs);
        this.pump.ask();
      }
    }
    this.feed.review();
    this.#publish(handled, before);
  }

  #publish(handled: Handled, before: DeskState): void {
    if (handled.records.some(({ kind }) => kind === 'day.opened')) this.#halts.unlessAcknowledged('the open');
    for (const orderId of ordersTouched(handled.records)) {
      const order = handled.state.orders.get(orderId);
      if (order !== undefined) this.#options.onOrder(order);
      this.#settled.wake(orderId);
    }
    const isChanged =
      before.halted !== handled.state.halted ||
      before.isResolved !== handled.state.isResolved ||
      before.books?.date !== handled.state.books?.date;
    if (!isChanged) return;
    if (handled.state.isResolved) this.books.ask();
    this.#resolved.wake();
    this.#options.onStatus();
  }
}
