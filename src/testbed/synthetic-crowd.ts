import { CrowdLadder } from '#brokers/kis/simulator/venue/floor/crowd-ladder.ts';
import type { Board } from '#brokers/kis/simulator/venue/floor/market-operation.ts';
import { crowdOwner, type Crowd } from '#brokers/kis/simulator/venue/floor/market-source.ts';
import { randomFrom, type Random } from '#brokers/kis/simulator/venue/random.ts';
import type { Bar } from '#domain/bar.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { OrderSide } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { dateNumber, seoulInstant } from '#domain/trading-date.ts';
import { won, type Won } from '#domain/won.ts';
import type { MatchingBook, VenueTrade } from '#exchange/venue.ts';
import { roundToTick } from '#markets/tick-size.ts';

import { daySteps, fairValuePath, stepSeconds } from './fair-value-path.ts';
import { syntheticListingOf } from './synthetic-daily.ts';

/** Longest wait between two trades, in market milliseconds: prices must not look stale on a quiet noon. */
const gapMaxMs = 4000;
/** Trades of one beat on average at most, and twice as many at the very most; a faster clock makes them larger. */
const tradesPerBeatMax = 6;
/** How many times larger at most: the book must bear them. */
const stretchedSizeMax = 5;
/** Won of an ordinary trade, and of an ordinary price level in the book. */
const tradeValue = 4_000_000;
const levelValue = 60_000_000;

export interface SyntheticDay {
  readonly instrument: Instrument;
  readonly seed: string;
  readonly date: Temporal.PlainDate;
  readonly basePrice: Won;
  /** Other traders on each board, around one fair value. */
  readonly board: Board;
}

/** The crowd of one instrument: quotes around its fair value, and traders who come at random and pay the spread. */
export class SyntheticCrowd implements Crowd {
  readonly #day: SyntheticDay;
  readonly #path: Float64Array;
  readonly #opensAtMs: number;
  readonly #random: Random;
  readonly #ladder: CrowdLadder;
  /** Factor by which the console has moved the fair value. */
  #pushed = 1;
  #nextTradeAtMs = 0;
  #count = 0;

  constructor(day: SyntheticDay) {
    const { instrument, seed, date, basePrice, board } = day;
    this.#day = day;
    this.#path = fairValuePath(instrument, seed, date, basePrice);
    this.#opensAtMs = seoulInstant(date, Temporal.PlainTime.from('09:00')).epochMilliseconds;
    const traders = board === 'KRX' ? 'crowd' : `crowd/${board}`;
    this.#random = randomFrom(`${seed}/${instrument.symbol}/${date.toString()}/${traders}`);
    this.#ladder = new CrowdLadder({ instrument, date, basePrice, quantityOf: (level) => this.#levelShares(level) });
  }

  history(until: Temporal.Instant): readonly Bar[] {
    const bars: Bar[] = [];
    const random = randomFrom(`${this.#day.seed}/${this.#day.instrument.symbol}/${this.#day.date.toString()}/history`);
    const stepsPerMinute = 60 / stepSeconds;
    const minutes = Math.floor((until.epochMilliseconds - this.#opensAtMs) / 60_000);
    // Nothing prints between 15:20 and 15:30: the closing auction collects.
    for (let minute = 0; minute < Math.min(minutes, 380); minute += 1) {
      bars.push(this.#minuteBar(minute * stepsPerMinute, stepsPerMinute, random));
    }
    return bars;
  }

  enter(book: MatchingBook, at: Temporal.Instant): readonly VenueTrade[] {
    this.#nextTradeAtMs = at.epochMilliseconds;
    return this.#quote(book, at);
  }

  advance(book: MatchingBook, from: Temporal.Instant, to: Temporal.Instant): readonly VenueTrade[] {
    const trades: VenueTrade[] = [];
    const toMs = to.epochMilliseconds;
    const expected = ((toMs - from.epochMilliseconds) / 1000) * this.#rate(toMs);
    const stretch = Math.max(1, expected / tradesPerBeatMax);
    for (let count = 0; this.#nextTradeAtMs <= toMs && count < 2 * tradesPerBeatMax; count += 1) {
      const at = Temporal.Instant.fromEpochMilliseconds(this.#nextTradeAtMs);
      trades.push(...this.#arrive(book, at, Math.min(stretch, stretchedSizeMax)));
      this.#nextTradeAtMs += Math.round(this.#gapMs() * stretch);
    }
    this.#nextTradeAtMs = Math.max(this.#nextTradeAtMs, toMs);
    trades.push(...this.#quote(book, to));
    return trades;
  }

  joinAuction(book: MatchingBook, at: Temporal.Instant): void {
    this.#ladder.joinAuction(book, this.#fair(at.epochMilliseconds), at);
  }

  push(book: MatchingBook, price: Won, at: Temporal.Instant, shares: number | null): readonly VenueTrade[] {
    const bounded = this.#ladder.bounded(price);
    this.#pushed *= bounded / this.#fair(at.epochMilliseconds);
    const swept = this.#ladder.sweep(
      book,
      roundToTick(this.#day.instrument, bounded, this.#day.date, 'down'),
      at,
      shares,
    );
    return [...swept, ...this.#quote(book, at)];
  }

  #quote(book: MatchingBook, at: Temporal.Instant): readonly VenueTrade[] {
    // The first quarter of an hour is nervous: makers stand a tick further away.
    const isNervous = at.epochMilliseconds - this.#opensAtMs < 900_000;
    return this.#ladder.quote(book, this.#fair(at.epochMilliseconds), at, {
      extraTicks: isNervous ? 1 : 0,
      mayCross: true,
    });
  }

  /** One trader who takes what is there. Buyers come more often after the fair value has passed the middle. */
  #arrive(book: MatchingBook, at: Temporal.Instant, stretch: number): readonly VenueTrade[] {
    const { asks, bids } = book.depth(1, at);
    const ask = asks[0]?.price;
    const bid = bids[0]?.price;
    const middle = ask === undefined || bid === undefined ? this.#fair(at.epochMilliseconds) : (ask + bid) / 2;
    const lean = (this.#fair(at.epochMilliseconds) / middle - 1) * 400;
    const side: OrderSide = this.#random.next() < 0.5 + Math.max(-0.4, Math.min(0.4, lean)) ? 'buy' : 'sell';
    const size = tradeValue * Math.exp(0.9 * this.#random.normal()) * this.#busyness(at.epochMilliseconds) * stretch;
    const shares = Math.max(1, Math.round(size / this.#day.basePrice));
    this.#count += 1;
    const order = { id: `${crowdOwner}:t${this.#count}`, owner: crowdOwner, side, type: 'market' as const };
    const result = book.submit({ ...order, timeInForce: 'ioc', price: won(0), quantity: quantity(shares) }, at);
    return result.kind === 'accepted' ? result.trades : [];
  }

  #gapMs(): number {
    const wait = (1000 * this.#random.exponential()) / this.#rate(this.#nextTradeAtMs);
    return Math.max(1, Math.round(Math.min(gapMaxMs, wait)));
  }

  /** Trades a market second at this time of day. */
  #rate(atMs: number): number {
    return syntheticListingOf(this.#day.instrument).tradesPerSecond * this.#busyness(atMs);
  }

  /** The U of a trading day: about twice the noon's trade at the open and the close. */
  #busyness(atMs: number): number {
    const part = Math.min(1, Math.max(0, (atMs - this.#opensAtMs) / (daySteps * stepSeconds * 1000)));
    const fromNoon = 2 * part - 1;
    return 0.75 + 0.75 * fromNoon * fromNoon;
  }

  #fair(atMs: number): number {
    const place = Math.min(daySteps, Math.max(0, (atMs - this.#opensAtMs) / (stepSeconds * 1000)));
    const step = Math.floor(place);
    const here = this.#path[step] ?? this.#day.basePrice;
    const next = this.#path[step + 1] ?? here;
    return this.#ladder.bounded(this.#pushed * (here + (next - here) * (place - step)));
  }

  #levelShares(level: number): number {
    const value = levelValue * (0.6 + 0.1 * level) * Math.exp(0.5 * this.#random.normal());
    return Math.max(1, Math.round(value / this.#day.basePrice));
  }

  #minuteBar(from: number, steps: number, random: Random): Bar {
    const { instrument, date } = this.#day;
    const price = (step: number): Won =>
      roundToTick(instrument, this.#ladder.bounded(this.#path[from + step] ?? this.#day.basePrice), date, 'down');
    const open = price(0);
    let high = open;
    let low = open;
    for (let step = 1; step < steps; step += 1) {
      const seen = price(step);
      if (seen > high) high = seen;
      if (seen < low) low = seen;
    }
    const startsAtMs = this.#opensAtMs + from * stepSeconds * 1000;
    const rate = syntheticListingOf(instrument).tradesPerSecond * this.#busyness(startsAtMs) ** 2;
    const value = 60 * rate * tradeValue * 1.5 * Math.exp(0.3 * random.normal());
    const volume = Math.max(1, Math.round(value / this.#day.basePrice));
    return { startsAtMs, date: dateNumber(date), open, high, low, close: price(steps - 1), volume };
  }
}
