import type { Instrument } from '#domain/instrument.ts';
import { won, type Won } from '#domain/won.ts';
import { createMatchingBook } from '#exchange/matching-book.ts';
import type { BookPhase, MatchingBook, VenueTrade } from '#exchange/venue.ts';
import { volatilityRates } from '#exchange/volatility-rates.ts';
import type { VolatilityTrigger } from '#exchange/volatility.ts';

import { DayStats } from './day-stats.ts';
import type { Desk } from './desk.ts';
import type { DeskMemory } from './desk-memory.ts';
import type { FloorListener } from './floor-listener.ts';
import type { Board, Interruption } from './market-operation.ts';
import type { Crowd } from './market-source.ts';
import { auctionTrigger, interruptionMs, randomEnd } from './interruption-rules.ts';
import { openOffHoursBook, takeAtFixedPrice } from '../hours/off-hours-book.ts';
import { livesEndingWith } from '../hours/order-life.ts';
import type { TradingPhase, VenueSession } from '../hours/venue-session.ts';
import { volatilitySubject } from './volatility-subject.ts';

export interface FloorDeskOptions {
  readonly board: Board;
  readonly instrument: Instrument;
  readonly date: Temporal.PlainDate;
  readonly basePrice: Won;
  readonly crowd: Crowd;
  readonly listener: FloorListener;
  /** Prices before this moment come from the crowd's history. */
  readonly from: Temporal.Instant;
  readonly memory: DeskMemory;
  /** False where the market is open round the clock: nothing is interrupted there. */
  readonly isWatched: boolean;
}

type Span = Pick<TradingPhase, 'session' | 'phase'>;
const closed: Span = { session: 'closed', phase: 'closed' };

/** One instrument on one board: its books through the sessions of a day, with interruptions, halts and late ends. */
export class FloorDesk implements Desk {
  readonly board: Board;
  readonly instrument: Instrument;
  readonly basePrice: Won;
  readonly book: MatchingBook;
  readonly crowd: Crowd;
  readonly stats: DayStats;
  readonly interruptions: Interruption[] = [];
  offHours: MatchingBook | null = null;
  isHalted: boolean;
  regularClose: Won | null;
  /** The same instrument on NXT, which pauses whenever KRX does not trade it. */
  peer: FloorDesk | null = null;
  readonly #options: FloorDeskOptions;
  #plan: Span = closed;
  #offHoursPlan: Span = closed;
  #isPaused: boolean;
  #isClosing = false;
  /** When the auction of an interruption, or one with a random end, is over; epoch milliseconds. */
  #resumesAt: number | null = null;

  constructor(options: FloorDeskOptions) {
    const { board, instrument, basePrice, crowd, from, memory, date, isWatched } = options;
    this.#options = options;
    this.board = board;
    this.instrument = instrument;
    this.basePrice = basePrice;
    this.crowd = crowd;
    this.stats = new DayStats(basePrice);
    this.stats.seed(crowd.history(from));
    if (memory.close !== null) this.stats.last = memory.close.close;
    this.isHalted = board === 'KRX' && memory.isHalted;
    this.#isPaused = board === 'NXT' && memory.isHalted;
    this.regularClose = memory.close === null ? null : won(memory.close.close);
    for (const { interruption } of memory.interruptions) this.interruptions.push(interruption);
    const single = memory.interruptions.findLast(({ singlePrice }) => singlePrice !== null)?.singlePrice;
    const opened = this.stats.open === 0 ? basePrice : this.stats.open;
    this.book = createMatchingBook({
      instrument,
      date,
      basePrice,
      lastPrice: won(memory.pushed ?? this.stats.last),
      singlePrice: won(single ?? memory.pushed ?? opened),
      volatility: isWatched ? volatilityRates(volatilitySubject(instrument), 'continuous', date) : undefined,
    });
  }

  get session(): VenueSession {
    return this.#plan.session;
  }

  get offHoursSession(): VenueSession {
    return this.#offHoursPlan.session;
  }

  /** When something is to happen here of its own accord; null when nothing is. */
  get resumesAt(): number | null {
    return this.#resumesAt;
  }

  get isTrading(): boolean {
    return this.book.phase === 'continuous' || this.offHours?.phase === 'continuous';
  }

  /** Takes the place in the day that `from` has, without trading: orders are put back next, then `begin` follows. */
  prepare(plan: Span, offHoursPlan: Span, isRegularOver: boolean): void {
    this.#plan = this.#adapted(plan);
    this.#offHoursPlan = offHoursPlan;
    const last = this.#options.memory.interruptions.at(-1);
    if (last !== undefined && last.singlePrice === null) this.#resumesAt = last.endsAt;
    this.#isClosing = isRegularOver && this.regularClose === null;
    if (offHoursPlan.session !== 'closed') this.#openOffHours();
  }

  /** Opens the books after `prepare`, and lets the crowd in. What an auction missed meanwhile prints now. */
  begin(at: Temporal.Instant): void {
    if (this.#resumesAt !== null && this.peer !== null) this.peer.pause(true, at);
    this.#refresh(at);
  }

  /** The board's clock reached a new stretch of the day. */
  enter(next: Span, at: Temporal.Instant): void {
    const before = this.#plan;
    this.#plan = this.#adapted(next);
    if (before.session === 'closing-auction') this.#isClosing = true;
    // An interruption that lasts into the closing auction becomes it.
    if (next.phase === 'auction' && this.book.phase === 'auction') this.book.suspend();
    this.#resumesAt = null;
    if (before.phase === 'auction' && next.phase !== 'auction') this.#delayAuction(before.session, at);
    this.#refresh(at);
    if (this.#resumesAt === null) this.#recordEnd(at);
    for (const life of livesEndingWith(this.board, before.session, this.#plan.session)) {
      this.#options.listener.onLifeEnd(this, life, at);
    }
  }

  enterOffHours(next: Span, at: Temporal.Instant): void {
    const before = this.#offHoursPlan;
    this.#offHoursPlan = next;
    if (this.offHours !== null && this.offHours.phase === 'auction') {
      this.report(this.offHours.setPhase('continuous', at));
    }
    if (next.session !== before.session) {
      for (const life of livesEndingWith(this.board, before.session, next.session)) {
        this.#options.listener.onLifeEnd(this, life, at);
      }
      this.offHours = null;
      if (next.session !== 'closed') this.#openOffHours();
      return this.#joinSinglePrice(at);
    }
    if (this.offHours === null || this.isHalted) return;
    this.report(this.offHours.setPhase(next.phase, at));
    this.#joinSinglePrice(at);
  }

  /** Ends an interruption or a late auction whose time has come. */
  resume(at: Temporal.Instant): void {
    this.#resumesAt = null;
    this.#refresh(at);
    this.#recordEnd(at);
  }

  /** The exchange stops or goes on with this instrument; NXT follows KRX. */
  halt(isHalted: boolean, at: Temporal.Instant): void {
    this.isHalted = isHalted;
    this.peer?.pause(isHalted, at);
    if (isHalted) this.offHours?.suspend();
    else this.#reopenOffHours(at);
    this.#refresh(at);
  }

  /** KRX does not trade the instrument of this NXT desk, or trades it again. */
  pause(isPaused: boolean, at: Temporal.Instant): void {
    this.#isPaused = isPaused;
    this.#refresh(at);
  }

  /** Plays the crowd of one stretch of time. */
  play(from: Temporal.Instant, to: Temporal.Instant): void {
    if (this.book.phase === 'continuous') {
      this.report(this.crowd.advance(this.book, from, to));
      this.noteInterruption(to);
    }
    if (this.offHours?.phase === 'continuous') {
      const price = this.#offHoursPlan.session === 'pre-hours-close' ? this.basePrice : this.regularClose;
      if (price === null) return;
      const trades = takeAtFixedPrice(this.offHours, price, from, to);
      if (trades.length > 0) this.report(trades);
    }
  }

  /** Hands trades on. */
  report(trades: readonly VenueTrade[]): void {
    for (const trade of trades) {
      const print = this.stats.print(trade.at.epochMilliseconds, trade.price, trade.quantity, trade.takerSide);
      this.#options.listener.onTrade(this, trade, print);
    }
    this.#options.listener.onBook(this);
  }

  /** Looks whether the last orders set off an interruption, and begins it. */
  noteInterruption(at: Temporal.Instant): void {
    const { interruption } = this.book;
    if (interruption === null || this.#resumesAt !== null) return;
    this.#interrupt(interruption, interruption.at.epochMilliseconds, at);
    this.crowd.joinAuction(this.book, at);
    this.#options.listener.onBook(this);
  }

  /** Funds and notes have no after-market. @see kis.md §5.2 */
  #adapted(plan: Span): Span {
    return plan.session === 'after-market' && this.instrument.kind !== 'stock' ? closed : plan;
  }

  #openOffHours(): void {
    if (this.board !== 'KRX') return;
    this.offHours = openOffHoursBook(this, this.#offHoursPlan.session, this.#options.date);
    if (!this.isHalted) this.offHours?.setPhase(this.#offHoursPlan.phase, this.#options.from);
  }

  #reopenOffHours(at: Temporal.Instant): void {
    if (this.offHours === null) return;
    this.offHours.setPhase('auction', at);
    this.report(this.offHours.setPhase(this.#offHoursPlan.phase, at));
  }

  #joinSinglePrice(at: Temporal.Instant): void {
    if (this.offHours === null || this.#offHoursPlan.session !== 'after-hours-single') return;
    if (this.offHours.phase === 'auction') this.crowd.joinAuction(this.offHours, at);
  }

  /** An auction whose price jumps ends at random; a closing one that jumps too far is an interruption of its own. */
  #delayAuction(session: VenueSession, at: Temporal.Instant): void {
    const { isWatched, date } = this.#options;
    const trigger = isWatched ? auctionTrigger(this, session, date) : null;
    if (trigger === null) return;
    if (session === 'closing-auction') this.#interrupt(trigger, at.epochMilliseconds, at);
    else this.#resumesAt = at.epochMilliseconds + randomEnd(this, date);
  }

  #interrupt(trigger: VolatilityTrigger, startedAt: number, at: Temporal.Instant): void {
    const { kind, triggerPrice, referencePrice } = trigger;
    const endsAt = startedAt + interruptionMs[this.board] + randomEnd(this, this.#options.date);
    const interruption: Interruption = { kind, triggerPrice, referencePrice, startedAt, endedAt: null };
    this.interruptions.push(interruption);
    this.#resumesAt = endsAt;
    this.peer?.pause(true, at);
    this.#options.listener.onInterruption(this, interruption, endsAt);
  }

  /** Tells the end of the interruption, after its auction has printed. */
  #recordEnd(at: Temporal.Instant): void {
    const last = this.interruptions.at(-1);
    if (last === undefined || last.endedAt !== null) return;
    const ended = { ...last, endedAt: at.epochMilliseconds };
    this.interruptions[this.interruptions.length - 1] = ended;
    this.#options.listener.onInterruption(this, ended, null);
    this.peer?.pause(this.isHalted, at);
  }

  /** Brings the book to what clock, interruptions and halts ask for. */
  #refresh(at: Temporal.Instant): void {
    if (this.isHalted || this.#isPaused) {
      this.#resumesAt = null;
      this.#recordEnd(at);
      this.book.suspend();
    } else {
      const target = this.#resumesAt === null ? this.#plan.phase : 'auction';
      if (target !== this.book.phase) this.#move(target, at);
    }
    if (this.#isClosing && this.#resumesAt === null) this.#close(at);
  }

  #move(target: BookPhase, at: Temporal.Instant): void {
    const { listener } = this.#options;
    // What waited while the book was closed may cross, and trades first, at one price.
    if (target === 'continuous' && this.book.phase === 'closed') this.book.setPhase('auction', at);
    const isPrinting = this.book.phase === 'auction';
    this.report(this.book.setPhase(target, at));
    if (isPrinting && target !== 'auction') listener.onAuctionEnd(this, at);
    if (target === 'auction') {
      if (this.session === 'closing-auction') listener.onClosingAuction(this, at);
      this.crowd.joinAuction(this.book, at);
      listener.onBook(this);
    }
    if (target === 'continuous') this.report(this.crowd.enter(this.book, at));
  }

  #close(at: Temporal.Instant): void {
    this.#isClosing = false;
    if (this.board !== 'KRX') return;
    this.regularClose = won(this.stats.last);
    this.#options.listener.onClose(this, at);
    if (this.offHours === null && this.#offHoursPlan.session !== 'closed') this.#openOffHours();
  }
}
