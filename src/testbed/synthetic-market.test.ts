import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { plainDate, seoulInstant } from '#domain/trading-date.ts';
import { createMatchingBook } from '#exchange/matching-book.ts';
import type { MatchingBook, VenueTrade } from '#exchange/venue.ts';
import { isTradingDay } from '#markets/calendar.ts';
import { listings } from '#markets/listings.ts';
import { priceLimits } from '#markets/price-limits.ts';
import { isOnTick, tickSize } from '#markets/tick-size.ts';

import { syntheticMarket } from './synthetic-market.ts';

const date = Temporal.PlainDate.from('2026-11-20');
const at = (time: string): Temporal.Instant => seoulInstant(date, Temporal.PlainTime.from(time));
const market = syntheticMarket({ seed: 'test' });

interface Observed {
  readonly trades: readonly VenueTrade[];
  readonly books: readonly { readonly ask: number; readonly bid: number }[];
}

/** Plays `minutes` market minutes of one instrument from 10:30 in beats of one second. */
function play(index: number, minutes: number): { book: MatchingBook; observed: Observed } {
  const instrument = listings[index]!;
  const basePrice = market.basePrice(instrument, date);
  const crowd = market.openDay(instrument, date, basePrice);
  const book = createMatchingBook({ instrument, date, basePrice });
  let now = at('10:30');
  book.setPhase('continuous', now);
  const trades: VenueTrade[] = [...crowd.enter(book, now)];
  const books: { ask: number; bid: number }[] = [];
  for (let second = 0; second < minutes * 60; second += 1) {
    const next = now.add({ seconds: 1 });
    trades.push(...crowd.advance(book, now, next));
    now = next;
    const { asks, bids } = book.depth(1, now);
    books.push({ ask: asks[0]?.price ?? 0, bid: bids[0]?.price ?? 0 });
  }
  return { book, observed: { trades, books } };
}

describe('syntheticMarket()', () => {
  it('trades on legal ticks, inside the limits, with at least one tick between bid and ask', () => {
    for (const index of [0, 4, 16, 19, 26]) {
      const instrument = listings[index]!;
      const { lower, upper } = priceLimits(instrument, market.basePrice(instrument, date), date);

      const { observed } = play(index, 5);

      assert.ok(
        observed.trades.every(({ price }) => isOnTick(instrument, price, date) && price >= lower && price <= upper),
      );
      for (const { ask, bid } of observed.books) {
        assert.ok(bid > 0 && ask - bid >= tickSize(instrument, bid, date), `${instrument.symbol}: ${bid} / ${ask}`);
      }
    }
  });

  it('shows ten prices on both sides', () => {
    const { book } = play(0, 1);

    const { asks, bids } = book.depth(20, at('10:31'));

    assert.ok(asks.length >= 10 && bids.length >= 10);
  });

  it('lets the price of each of the first twenty listings rarely be older than five seconds', () => {
    for (let index = 0; index < 20; index += 1) {
      const { observed } = play(index, 3);
      const times = observed.trades.map((trade) => trade.at.epochMilliseconds);
      const gaps = times.slice(1).map((time, place) => time - times[place]!);
      assert.ok(Math.max(...gaps) <= 5000, `${listings[index]!.symbol}: ${Math.max(...gaps)} ms`);
      assert.ok(times.length >= 90, `${listings[index]!.symbol}: ${times.length} trades in three minutes`);
    }
  });

  it('makes short averages of minutes cross several times a day', () => {
    let crossings = 0;
    for (const instrument of listings.slice(0, 20)) {
      const crowd = market.openDay(instrument, date, market.basePrice(instrument, date));
      const closes = crowd.history(at('15:20')).map((bar) => bar.close as number);
      const average = (end: number, length: number): number =>
        closes.slice(end - length, end).reduce((sum, close) => sum + close, 0) / length;
      for (let end = 21; end <= closes.length; end += 1) {
        if (average(end, 5) > average(end, 20) && average(end - 1, 5) <= average(end - 1, 20)) crossings += 1;
      }
    }

    assert.ok(crossings / 20 >= 5, `${crossings / 20} rises through the slower average a day and listing`);
  });

  it('prints an opening and a closing auction', () => {
    const instrument = listings[0]!;
    const basePrice = market.basePrice(instrument, date);
    const crowd = market.openDay(instrument, date, basePrice);
    const book = createMatchingBook({ instrument, date, basePrice });

    book.setPhase('auction', at('08:30'));
    crowd.joinAuction(book, at('08:30'));
    const opening = book.setPhase('continuous', at('09:00'));
    crowd.enter(book, at('09:00'));
    book.setPhase('auction', at('15:20'));
    crowd.joinAuction(book, at('15:20'));
    const closing = book.setPhase('closed', at('15:30'));

    assert.ok(opening.length > 0 && new Set(opening.map(({ price }) => price)).size === 1);
    assert.ok(closing.length > 0 && new Set(closing.map(({ price }) => price)).size === 1);
  });

  it('follows the console’s push, and takes what stands in between', () => {
    const instrument = listings[0]!;
    const { book } = play(0, 1);
    const crowd = market.openDay(instrument, date, market.basePrice(instrument, date));
    const fresh = createMatchingBook({ instrument, date, basePrice: market.basePrice(instrument, date) });
    fresh.setPhase('continuous', at('10:30'));
    crowd.enter(fresh, at('10:30'));
    const bid = fresh.depth(1, at('10:30')).bids[0]!;
    const own = {
      id: 'paper:1',
      owner: 'paper',
      side: 'buy' as const,
      type: 'limit' as const,
      timeInForce: 'day' as const,
    };
    fresh.submit({ ...own, price: bid.price, quantity: bid.quantity }, at('10:30'));
    const target = priceLimits(instrument, market.basePrice(instrument, date), date).lower;

    const trades = crowd.push(fresh, target, at('10:31'), null);

    assert.equal(
      trades.filter((trade) => trade.makerOwner === 'paper').reduce((sum, trade) => sum + trade.quantity, 0),
      bid.quantity,
    );
    assert.ok((fresh.depth(1, at('10:31')).asks[0]?.price ?? 0) < (book.depth(1, at('10:31')).bids[0]?.price ?? 0));
  });
});

describe('syntheticDailyBars()', () => {
  it('gives three years of legal bars that end at the first trial day’s base price, the same every time', () => {
    const again = syntheticMarket({ seed: 'test' });
    for (const instrument of [listings[0]!, listings[13]!, listings[26]!]) {
      const bars = market.dailyBars(instrument, date.subtract({ years: 3 }), date.subtract({ days: 1 }));

      assert.ok(bars.length > 700);
      assert.equal(bars.at(-1)?.close, market.basePrice(instrument, date));
      assert.deepEqual(bars, again.dailyBars(instrument, date.subtract({ years: 3 }), date.subtract({ days: 1 })));
      for (const bar of bars) {
        const day = plainDate(bar.date);
        assert.ok(isTradingDay(day) && bar.volume > 0);
        assert.ok(bar.low <= Math.min(bar.open, bar.close) && bar.high >= Math.max(bar.open, bar.close));
        assert.ok([bar.open, bar.high, bar.low, bar.close].every((price) => isOnTick(instrument, price, day)));
      }
    }
  });

  it('differs from seed to seed', () => {
    const other = syntheticMarket({ seed: 'other' });

    assert.notEqual(other.basePrice(listings[0]!, date), market.basePrice(listings[0]!, date));
  });
});
