import { invariant } from '#domain/invariant.ts';

import type { SessionRule } from '../venue/hours/trading-phases.ts';
import type { UsListing } from './us-listings.ts';
import { roughLine, seedOf, shareOf } from './us-noise.ts';
import { newYorkDate, previousUsTradingDay, usDay, type UsDay } from './us-sessions.ts';

/** A trade is printed every so many milliseconds of a session, and at no other moment. */
export const printEveryMs = 15_000;

/** Prices move in cents: 1/10,000 dollar each hundred. */
const cent = 100;
/** How long minutes of a day can be asked for: more than thirty trading days. */
const minutesKeptMs = 50 * 86_400_000;
/** Day bars remembered at most; the oldest are worked out again. */
const barsKeptMax = 6_000;

/** Open, high, low and close in 1/10,000 dollar over a span of prints. */
export interface UsSpan {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** What a quote shows of the day in which, or after which, it is asked. */
export interface UsNow {
  readonly day: UsDay;
  /** Moment of the last print. */
  readonly at: number;
  readonly last: number;
  /** Close of the regular session before. */
  readonly base: number;
  readonly today: UsSpan;
}

/** The simulated prices: a function of symbol and time and of nothing else. */
export class UsPrices {
  readonly #rule: SessionRule;
  readonly #seeds = new Map<string, number>();
  readonly #bars = new Map<string, UsSpan>();

  constructor(rule: SessionRule) {
    this.#rule = rule;
  }

  /** Price of the print at or before `at`, whole cents, one cent or more. */
  priceAt(listing: UsListing, at: number): number {
    const seconds = (Math.floor(at / printEveryMs) * printEveryMs) / 1_000;
    const price = listing.levelPrice * Math.exp(roughLine(this.#seed(listing), seconds));
    return Math.max(cent, Math.round(price / cent) * cent);
  }

  /** The day that `at` is in when it trades, or else the last one before. */
  dayAt(at: number): UsDay {
    const date = newYorkDate(at);
    const today = usDay(date, this.#rule);
    if (today !== null && today.from <= at) return today;
    const before = usDay(previousUsTradingDay(date, this.#rule), this.#rule);
    invariant(before !== null, 'a day before trades');
    return before;
  }

  now(listing: UsListing, at: number): UsNow {
    const day = this.dayAt(at);
    const lastAt = Math.min(Math.floor(at / printEveryMs) * printEveryMs, day.to - printEveryMs);
    const previous = usDay(previousUsTradingDay(day.date, this.#rule), this.#rule);
    const base = previous === null ? listing.levelPrice : this.priceAt(listing, previous.close - 1);
    const until = Math.min(at, day.close);
    const today = until <= day.open ? this.#flat(listing, day) : this.span(listing, day, day.open, until);
    return { day, at: lastAt, last: this.priceAt(listing, lastAt), base, today };
  }

  /**
   * The regular session of a day that is over as one bar. Every print counts while minutes of the day can be asked for;
   * of older days one print in sixty, because a chart of a hundred months holds three million.
   */
  dayBar(listing: UsListing, day: UsDay, now: number): UsSpan {
    const isOld = now - day.close > minutesKeptMs;
    const key = `${listing.symbol} ${day.date.toString()} ${isOld}`;
    const kept = this.#bars.get(key);
    if (kept !== undefined) return kept;
    const bar = this.span(listing, day, day.open, day.close, isOld ? 60 * printEveryMs : printEveryMs);
    if (this.#bars.size >= barsKeptMax) this.#bars.clear();
    this.#bars.set(key, bar);
    return bar;
  }

  /** Prints from `from` (inclusive) to `to` (exclusive), at least one. */
  span(listing: UsListing, day: UsDay, from: number, to: number, stepMs = printEveryMs): UsSpan {
    const first = Math.floor(from / printEveryMs) * printEveryMs;
    const open = this.priceAt(listing, first);
    let [high, low, close] = [open, open, open];
    for (let at = first + stepMs; at < to; at += stepMs) {
      close = this.priceAt(listing, at);
      high = Math.max(high, close);
      low = Math.min(low, close);
    }
    return { open, high, low, close, volume: this.volumeTo(listing, day, to) - this.volumeTo(listing, day, first) };
  }

  /** Shares traded from the day's first moment to `at`, which grow evenly. */
  volumeTo(listing: UsListing, day: UsDay, at: number): number {
    const ofDay = listing.dayVolume * (0.6 + 0.8 * shareOf(this.#seed(listing), Math.floor(day.open / 86_400_000)));
    const part = Math.min(1, Math.max(0, (at - day.from) / (day.to - day.from)));
    return Math.floor(ofDay * part);
  }

  #flat(listing: UsListing, day: UsDay): UsSpan {
    const price = this.priceAt(listing, day.from);
    return { open: 0, high: 0, low: 0, close: price, volume: 0 };
  }

  #seed({ symbol }: UsListing): number {
    const kept = this.#seeds.get(symbol);
    if (kept !== undefined) return kept;
    const seed = seedOf(`us ${symbol}`);
    this.#seeds.set(symbol, seed);
    return seed;
  }
}
