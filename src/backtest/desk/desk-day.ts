import type { BarInterval } from '#domain/bar.ts';
import { nextSession, sessionOn, type NextSession } from './next-session.ts';

/** Orders of one close reach the guard this far apart, as a burst would live: its limits per minute bind. */
const spacingOfDaysMs = 1_000;
/** Within a running session a burst takes milliseconds. */
const spacingOfMinutesMs = 1;
const minuteMs = 60_000;

/**
 * What time it is at the desk. Decisions on day bars are taken at the close and meant for the next session, so the desk
 * stands at that session's opening; decisions on minute bars are taken when the minute is over. The n-th request of a
 * moment counts as made a little later than the one before it. Nothing of the calendar is asked for until somebody asks.
 */
export class DeskDay {
  readonly #interval: BarInterval;
  #date = 0;
  #startsAtMs = 0;
  #requests = 0;
  #requestsOfMoment = 0;
  #wakes = 0;
  #session: NextSession | null = null;
  #isKnown = false;

  constructor(interval: BarInterval) {
    this.#interval = interval;
  }

  /** The day of the bar shown last, yyyymmdd. */
  get date(): number {
    return this.#date;
  }

  /** Requests and cancels of the day so far. */
  get requests(): number {
    return this.#requests;
  }

  /** A day of minute bars begins, or a day bar is over. */
  begin(date: number): void {
    this.#date = date;
    this.#requests = 0;
    this.#requestsOfMoment = 0;
    this.#wakes = 0;
    this.#isKnown = false;
  }

  /** A minute begins. */
  show(startsAtMs: number): void {
    this.#startsAtMs = startsAtMs;
    this.#requestsOfMoment = 0;
  }

  /** The session that orders of now are for; null on a day of minute bars that the calendar says was closed. */
  session(): NextSession | null {
    if (!this.#isKnown) {
      this.#session = this.#interval === '1d' ? nextSession(this.#date) : sessionOn(this.#date);
      this.#isKnown = true;
    }
    return this.#session;
  }

  /** The day whose ticks and price limits hold for orders of now, yyyymmdd. */
  get tradingDate(): number {
    return this.session()?.date ?? this.#date;
  }

  /** The moment that decisions of now are meant for. */
  get nowMs(): number {
    if (this.#interval === '1m') return this.#startsAtMs + minuteMs;
    return this.session()?.opensAtMs ?? NaN;
  }

  /** The moment of the next request. */
  nextMs(): number {
    const spacingMs = this.#interval === '1d' ? spacingOfDaysMs : spacingOfMinutesMs;
    const atMs = this.nowMs + this.#requestsOfMoment * spacingMs;
    this.#requests += 1;
    this.#requestsOfMoment += 1;
    return atMs;
  }

  /**
   * The moment of a request that a price of the bar woke. Nobody knows when in a day that was, but not in the burst of the
   * opening, and what the open itself woke is asked for again as soon as the minute is over: each counts as made a minute
   * after the one before it, or the limits per minute would refuse the stop of what five orders of that morning bought.
   */
  nextWakeMs(): number {
    if (this.#interval === '1m') return this.nextMs();
    this.#wakes += 1;
    return this.nextMs() + this.#wakes * minuteMs;
  }

  /**
   * Whether a minute that starts then belongs to the regular session, whose orders ours are: what trades before it or after
   * it, the print of the closing auction being the last, is not for them.
   */
  isRegular(startsAtMs: number): boolean {
    if (this.#interval === '1d') return true;
    return !(startsAtMs < (this.session()?.opensAtMs ?? -Infinity)) && !this.isAfterSession(startsAtMs);
  }

  /** Whether the regular session was over when a minute began. */
  isAfterSession(startsAtMs: number): boolean {
    return startsAtMs > (this.session()?.closesAtMs ?? Infinity);
  }

  /** Whether a bar that starts then is the print of the closing auction. */
  isClosing(startsAtMs: number): boolean {
    const from = this.session()?.closingFromMs ?? Infinity;
    return this.#interval === '1m' && startsAtMs >= from;
  }
}
