import type { Instrument } from '#domain/instrument.ts';
import { invariant } from '#domain/invariant.ts';
import { won, type Won } from '#domain/won.ts';
import type { BookPhase, VenueTrade } from '#exchange/venue.ts';

import type { Desk } from './desk.ts';
import type { DeskMemory } from './desk-memory.ts';
import { FloorDesk } from './floor-desk.ts';
import type { FloorListener } from './floor-listener.ts';
import type { Board } from './market-operation.ts';
import type { MarketSource } from './market-source.ts';
import { isOnNxt } from './nxt-listings.ts';
import { isLifeOver, type OrderLife } from '../hours/order-life.ts';
import { phaseAt, tradingPhases, type DayPhases, type Room, type SessionRule } from '../hours/trading-phases.ts';
import type { TradingPhase, VenueSession } from '../hours/venue-session.ts';
import type { DayBarRow } from '../venue-event.ts';

export type { Desk } from './desk.ts';

export interface MarketFloorOptions {
  readonly market: MarketSource;
  readonly session: SessionRule;
  readonly listener: FloorListener;
}

/** What a day begins with. */
export interface DayOpening {
  readonly date: Temporal.PlainDate;
  /** Minutes before it come from the crowd's history and nothing of them is told. */
  readonly from: Temporal.Instant;
  readonly basePriceOf: (instrument: Instrument) => Won;
  readonly memoryOf: (symbol: string, board: Board) => DeskMemory;
  /** Puts the accounts' own orders back, ahead of the crowd. */
  readonly enter: () => void;
}

const rooms: readonly Room[] = ['krx', 'offHours', 'nxt'];
/** While a market trades, time passes in steps of two minutes, or in sixty steps where a clock leaps further. */
const stepMs = 120_000;
const stepsMax = 60;

/** The books of one trading day on both boards, and the crowd that trades in them. */
export class MarketFloor {
  readonly #options: MarketFloorOptions;
  readonly #desks: Readonly<Record<Board, Map<string, FloorDesk>>> = { KRX: new Map(), NXT: new Map() };
  #phases: DayPhases = { krx: [], offHours: [], nxt: [] };
  #reached = Temporal.Instant.fromEpochMilliseconds(0);

  constructor(options: MarketFloorOptions) {
    this.#options = options;
  }

  /** What KRX's own books do by the clock; a single one may be interrupted or halted. */
  get phase(): BookPhase {
    return this.#planOf('krx').phase;
  }

  /** The stretch of the day a board is in. */
  session(board: Board): VenueSession {
    return this.#planOf(board === 'NXT' ? 'nxt' : 'krx').session;
  }

  /** How far the day has been played. */
  get reached(): Temporal.Instant {
    return this.#reached;
  }

  /** The day's plan, for those who ask whether something is still to come. */
  get phases(): DayPhases {
    return this.#phases;
  }

  get isTradingDay(): boolean {
    return this.#phases.krx.some((phase) => phase.phase !== 'closed');
  }

  /** Null when `symbol` is not listed, or not traded on `board`. */
  desk(symbol: string, board: Board = 'KRX'): FloorDesk | null {
    return this.#desks[board].get(symbol) ?? null;
  }

  /** Every instrument once, as it stands on KRX. */
  desks(): IterableIterator<FloorDesk> {
    return this.#desks.KRX.values();
  }

  /** Whether orders of this life are past on `board` by the clock. */
  isOver(life: OrderLife, board: Board): boolean {
    return isLifeOver(life, board, this.#phases, this.#reached);
  }

  /** Starts a day as of a moment in it. */
  openDay(opening: DayOpening): void {
    const { date, from } = opening;
    this.#phases = tradingPhases(date, this.#options.session);
    this.#reached = from;
    this.#desks.KRX.clear();
    this.#desks.NXT.clear();
    for (const instrument of this.#options.market.instruments) {
      const krx = this.#seat(instrument, 'KRX', opening);
      if (isOnNxt(instrument, date)) krx.peer = this.#seat(instrument, 'NXT', opening);
    }
    opening.enter();
    for (const desk of this.#allDesks()) desk.begin(from);
  }

  /** Plays the day up to `to`; times before what was reached change nothing. */
  advance(to: Temporal.Instant): void {
    const toMs = to.epochMilliseconds;
    const step = Math.max(stepMs, (toMs - this.#reached.epochMilliseconds) / stepsMax);
    while (Temporal.Instant.compare(this.#reached, to) < 0) {
      const until = this.#nextStop(to, step);
      for (const desk of this.#allDesks()) desk.play(this.#reached, until);
      this.#reached = until;
      for (const desk of this.#allDesks()) {
        if (desk.resumesAt !== null && desk.resumesAt <= until.epochMilliseconds) desk.resume(until);
      }
      for (const room of rooms) this.#enterPhase(room, until);
    }
  }

  /** Hands trades on; the venue calls it for orders of its own, too. */
  report(desk: FloorDesk, trades: readonly VenueTrade[]): void {
    desk.report(trades);
    desk.noteInterruption(this.#reached);
  }

  /** The day as one bar an instrument, off KRX; without a trade the base price stands with volume 0. */
  dayBars(): DayBarRow[] {
    return [...this.desks()].map((desk) => dayBarOf(desk));
  }

  #seat(instrument: Instrument, board: Board, opening: DayOpening): FloorDesk {
    const { date, from } = opening;
    const { market, session, listener } = this.#options;
    const basePrice = opening.basePriceOf(instrument);
    const desk = new FloorDesk({
      board,
      instrument,
      date,
      basePrice,
      crowd: market.openDay(instrument, date, basePrice, board),
      listener,
      from,
      memory: opening.memoryOf(instrument.symbol, board),
      isWatched: session === 'clock' && market.isRecorded !== true,
    });
    const isRegularOver = board === 'KRX' && this.isTradingDay && this.isOver('regular', board);
    desk.prepare(this.#planOf(board === 'NXT' ? 'nxt' : 'krx'), this.#planOf('offHours'), isRegularOver);
    this.#desks[board].set(instrument.symbol, desk);
    return desk;
  }

  *#allDesks(): IterableIterator<FloorDesk> {
    yield* this.#desks.KRX.values();
    yield* this.#desks.NXT.values();
  }

  /** The next moment at which something happens by the clock, or the crowd's next step, or `to`. */
  #nextStop(to: Temporal.Instant, step: number): Temporal.Instant {
    const fromMs = this.#reached.epochMilliseconds;
    let stop = to.epochMilliseconds;
    let isTrading = false;
    for (const room of rooms) stop = Math.min(stop, this.#planOf(room).to.epochMilliseconds);
    for (const desk of this.#allDesks()) {
      if (desk.resumesAt !== null && desk.resumesAt > fromMs) stop = Math.min(stop, desk.resumesAt);
      isTrading ||= desk.isTrading;
    }
    if (isTrading && this.#options.session === 'clock') stop = Math.min(stop, fromMs + Math.ceil(step));
    return stop === to.epochMilliseconds ? to : Temporal.Instant.fromEpochMilliseconds(stop);
  }

  #enterPhase(room: Room, at: Temporal.Instant): void {
    const next = this.#phases[room].find(({ from }) => from.equals(at));
    if (next === undefined) return;
    for (const desk of this.#desks[room === 'nxt' ? 'NXT' : 'KRX'].values()) {
      if (room === 'offHours') desk.enterOffHours(next, at);
      else desk.enter(next, at);
    }
    // The end of trading after hours is no close of the board.
    if (room === 'offHours' && next.session === 'closed') return;
    this.#options.listener.onPhase(room === 'nxt' ? 'NXT' : 'KRX', next.session, at);
  }

  #planOf(room: Room): TradingPhase {
    const phase = phaseAt(this.#phases[room], this.#reached);
    invariant(phase !== null, `the phases of the day cover ${this.#reached.toString()}`);
    return phase;
  }
}

/** The regular session's bar of one instrument as it stands. */
export function dayBarOf({ instrument, stats, basePrice, regularClose }: Desk): DayBarRow {
  return {
    symbol: instrument.symbol,
    open: stats.open === 0 ? basePrice : stats.open,
    high: stats.high === 0 ? basePrice : stats.high,
    low: stats.low === 0 ? basePrice : stats.low,
    close: regularClose ?? won(stats.last),
    volume: stats.volume,
  };
}
