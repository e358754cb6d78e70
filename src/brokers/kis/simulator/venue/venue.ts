import type { BrokerEnvironment } from '#domain/environment.ts';
import type { Instrument } from '#domain/instrument.ts';
import { seoulDate } from '#domain/trading-date.ts';
import { won, type Won } from '#domain/won.ts';

import type { Desk } from './floor/desk.ts';
import type { FloorDesk } from './floor/floor-desk.ts';
import type { FloorListener } from './floor/floor-listener.ts';
import { dayBarOf, MarketFloor } from './floor/market-floor.ts';
import type { Interruption } from './floor/market-operation.ts';
import type { MarketSource } from './floor/market-source.ts';
import { checkMeans, checkOrder, type IncomingOrder } from './orders/order-check.ts';
import { runReservations } from './reservations/reservation-run.ts';
import type { SessionRule } from './hours/trading-phases.ts';
import type { VenueClock } from './venue-clock.ts';
import type { VenueEvent } from './venue-event.ts';
import type { VenueLog } from './venue-log.ts';
import type { IncomingChange, VenueAnswer } from './venue-answer.ts';
import { VenueOrders } from './orders/venue-orders.ts';
import { VenueOutbox, type VenueListener } from './venue-outbox.ts';
import type { VenueState } from './venue-state.ts';

export interface VenueOptions {
  readonly market: MarketSource;
  readonly clock: VenueClock;
  readonly session: SessionRule;
  readonly state: VenueState;
  readonly log: VenueLog;
  readonly listener: VenueListener;
}

/**
 * The simulated exchange and ledger behind both hosts. Every public operation is one transaction: its events reach the
 * log together before it returns and before anybody is told, so a process that dies in between has promised nothing.
 */
export class Venue {
  readonly floor: MarketFloor;
  readonly state: VenueState;
  readonly #options: VenueOptions;
  readonly #outbox: VenueOutbox;
  readonly #orders: VenueOrders;

  constructor(options: VenueOptions) {
    this.#options = options;
    this.state = options.state;
    this.#outbox = new VenueOutbox(options.log, options.listener);
    this.floor = new MarketFloor({
      market: options.market,
      session: options.session,
      listener: this.#floorListener(),
    });
    this.#orders = new VenueOrders(this.floor, this.state, this.#outbox);
  }

  /** Opens the day the log stopped in, puts open orders back and plays on to the clock's present. */
  start(): void {
    this.#outbox.transact(() => {
      const now = this.#options.clock.now();
      const { date } = this.state;
      const from = seoulDate(now).equals(date) ? now : lastInstantOf(date);
      this.#openDay(date, from);
      this.#advanceTo(now);
    });
  }

  /** Plays the market up to the clock's present. */
  advance(): void {
    this.#outbox.transact(() => this.#advanceTo(this.#options.clock.now()));
    runReservations(this);
  }

  place(incoming: IncomingOrder): VenueAnswer {
    return this.#outbox.transact(() => this.#place(incoming));
  }

  /** Places an order and writes down what `outcome` makes of the answer, neither without the other. */
  placeRecorded(incoming: IncomingOrder, outcome: (answer: VenueAnswer, at: number) => VenueEvent): VenueAnswer {
    return this.#outbox.transact(() => {
      const answer = this.#place(incoming);
      this.#emit(outcome(answer, this.floor.reached.epochMilliseconds));
      return answer;
    });
  }

  change(incoming: IncomingChange): VenueAnswer {
    return this.#outbox.transact(() => {
      const at = this.#present();
      const live = this.state.accounts[incoming.environment].liveOrder(incoming.original);
      if (live === null) return { kind: 'refused', refusal: 'nothing-left' };
      const shares = incoming.quantity ?? live.remaining;
      if (shares > live.remaining || shares < 1) return { kind: 'refused', refusal: 'nothing-left' };
      return incoming.action === 'cancel'
        ? this.#orders.cancel(live, shares, at)
        : this.#orders.amend(live, incoming, shares, at);
    });
  }

  /** The exchange's late refusal of an order the broker had taken: a fault, switched on at the console. */
  refuse(environment: BrokerEnvironment, number: number, reason: 'refused' | 'remainder' = 'refused'): void {
    this.#outbox.transact(() => {
      const at = this.#present();
      const order = this.state.accounts[environment].liveOrder(number);
      if (order !== null) this.#orders.close(order, order.remaining, reason, at);
    });
  }

  /**
   * The exchange takes the account's last fill back, told by nothing but the books: KIS documents no notice of it. Does
   * nothing when there is none to take.
   */
  bust(environment: BrokerEnvironment): void {
    this.#outbox.transact(() => {
      const at = this.#present().epochMilliseconds;
      const fill = this.state.accounts[environment].lastFill();
      if (fill === null) return;
      this.#emit({ kind: 'bust', environment, number: fill.number, quantity: fill.quantity, at });
    });
  }

  /** Moves the crowd's fair value of `symbol`; false when nothing of that code is listed. */
  push(symbol: string, price: Won, shares: number | null): boolean {
    return this.#outbox.transact(() => {
      const desk = this.floor.desk(symbol);
      if (desk === null) return false;
      const at = this.#present();
      this.#pushOn(desk, price, at, shares);
      this.#emit({ kind: 'pushed', symbol, price, at: at.epochMilliseconds });
      return true;
    });
  }

  /**
   * Halts one instrument, or with null the whole market, until it is released: nothing is taken or traded on either
   * board, cancelling is possible. False when nothing of that code is listed.
   */
  halt(symbol: string | null, isHalted: boolean): boolean {
    return this.#outbox.transact(() => {
      const only = symbol === null ? null : this.floor.desk(symbol);
      if (symbol !== null && only === null) return false;
      const at = this.#present();
      this.#emit({ kind: 'halt', symbol, isHalted, at: at.epochMilliseconds });
      for (const desk of only === null ? this.floor.desks() : [only]) {
        const isNow = this.state.floor.isHalted(desk.instrument.symbol);
        if (isNow !== desk.isHalted) desk.halt(isNow, at);
      }
      return true;
    });
  }

  /** Writes events that are no orders of this exchange, all of them or none: tokens, approvals, the US market. */
  record(...events: readonly VenueEvent[]): void {
    this.#outbox.transact(() => {
      for (const event of events) this.#emit(event);
    });
  }

  #place(incoming: IncomingOrder): VenueAnswer {
    const at = this.#present();
    const checked = checkOrder(incoming, this.floor, this.state.date);
    if (checked.kind === 'refused') return checked;
    const refusal = checkMeans(this.state.accounts[incoming.environment], incoming, checked.order);
    if (refusal !== null) return { kind: 'refused', refusal };
    return this.#orders.accept(incoming, checked.order, { original: null, at });
  }

  #advanceTo(now: Temporal.Instant): void {
    const today = seoulDate(now);
    if (Temporal.PlainDate.compare(today, this.state.date) > 0) {
      this.floor.advance(lastInstantOf(this.state.date));
      this.#rollTo(today);
    }
    this.floor.advance(now);
  }

  #rollTo(next: Temporal.PlainDate): void {
    const closedAt = this.floor.reached;
    this.#orders.expireAll(closedAt);
    const bars = this.floor.dayBars().map((bar) => this.state.floor.close(bar.symbol) ?? bar);
    this.#emit({ kind: 'day', date: this.state.date.toString(), next: next.toString(), bars });
    this.#openDay(next, next.toZonedDateTime('Asia/Seoul').toInstant());
  }

  #openDay(date: Temporal.PlainDate, from: Temporal.Instant): void {
    this.floor.openDay({
      date,
      from,
      basePriceOf: (instrument) => this.#basePrice(instrument, date),
      memoryOf: (symbol, board) => this.state.floor.of(symbol, board, this.state.pushes.get(symbol) ?? null),
      enter: () => this.#orders.reenter(from),
    });
    this.#pushAgain(from);
  }

  #floorListener(): FloorListener {
    return {
      onTrade: (desk, trade, print) => this.#orders.onTrade(desk, trade, print),
      onBook: (desk) => {
        this.#outbox.book(desk);
        this.#orders.wake();
      },
      onClosingAuction: (desk, at) => this.#orders.activateConditional(desk, at),
      onAuctionEnd: (desk, at) => this.#orders.closeVanished(desk, at),
      onLifeEnd: (desk, life, at) => this.#orders.expire(desk, life, at),
      onClose: (desk, at) => {
        this.#orders.expire(desk, 'regular', at);
        this.#emit({ kind: 'close', bar: dayBarOf(desk), at: at.epochMilliseconds });
      },
      onPhase: (board, phase, at) => {
        this.#outbox.operation({ kind: 'phase', board, phase, at: at.epochMilliseconds });
      },
      onInterruption: (desk, interruption, endsAt) => this.#recordInterruption(desk, interruption, endsAt),
    };
  }

  #recordInterruption(desk: Desk, interruption: Interruption, endsAt: number | null): void {
    const { board, book } = desk;
    const { symbol } = desk.instrument;
    const { kind: trigger, triggerPrice, referencePrice, startedAt } = interruption;
    const at = interruption.endedAt ?? startedAt;
    if (endsAt === null) this.#emit({ kind: 'interruption-end', board, symbol, singlePrice: book.singlePrice, at });
    else this.#emit({ kind: 'interruption', board, symbol, trigger, triggerPrice, referencePrice, endsAt, at });
    this.#outbox.operation({ kind: 'interruption', board, symbol, interruption, at });
  }

  /** A restart during the day finds the market where the console had moved it. */
  #pushAgain(at: Temporal.Instant): void {
    for (const [symbol, price] of this.state.pushes) {
      const desk = this.floor.desk(symbol);
      if (desk !== null) this.#pushOn(desk, price, at, null);
    }
  }

  /** Both boards of an instrument have one fair value. */
  #pushOn(desk: FloorDesk, price: Won, at: Temporal.Instant, shares: number | null): void {
    for (const each of desk.peer === null ? [desk] : [desk, desk.peer]) {
      this.floor.report(each, each.crowd.push(each.book, price, at, shares));
      // What collects at the moment is to print where the market is now.
      if (each.book.phase === 'auction') each.crowd.joinAuction(each.book, at);
    }
  }

  /** The venue's own last close counts before what the market source says of the past. */
  #basePrice(instrument: Instrument, date: Temporal.PlainDate): Won {
    const day = date.toString();
    const recorded = [...this.state.bars.keys()]
      .filter((key) => key < day)
      .sort()
      .at(-1);
    const bar = recorded === undefined ? undefined : this.state.bars.get(recorded)?.get(instrument.symbol);
    return bar === undefined ? this.#options.market.basePrice(instrument, date) : won(bar.close);
  }

  #emit(event: VenueEvent): void {
    this.state.apply(event);
    this.#outbox.event(event);
  }

  /** Market time of an operation: never before what was already played. */
  #present(): Temporal.Instant {
    this.#advanceTo(this.#options.clock.now());
    return this.floor.reached;
  }
}

/** One millisecond before midnight: the last moment that belongs to `date`. */
function lastInstantOf(date: Temporal.PlainDate): Temporal.Instant {
  return date.add({ days: 1 }).toZonedDateTime('Asia/Seoul').toInstant().subtract({ milliseconds: 1 });
}
