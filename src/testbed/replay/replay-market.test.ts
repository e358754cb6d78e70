import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'node:test';

import type { Bar } from '#domain/bar.ts';
import { quantity } from '#domain/quantity.ts';
import { dateNumber, seoulInstant } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';
import { createMatchingBook } from '#exchange/matching-book.ts';
import type { MatchingBook, VenueTrade } from '#exchange/venue.ts';
import { listingOf } from '#markets/listings.ts';
import { isOnTick } from '#markets/tick-size.ts';

import { readHistory } from './bar-history.ts';
import { barReplay, type ReplayMarket } from './replay-market.ts';

const samsung = listingOf('005930')!;
const date = Temporal.PlainDate.from('2023-12-20');
const at = (time: string): Temporal.Instant => seoulInstant(date, Temporal.PlainTime.from(time));
const folder = fileURLToPath(new URL('../../../../shared/data/krx-daily', import.meta.url));

const aBar = (fields: Partial<Record<'open' | 'high' | 'low' | 'close' | 'volume', number>> = {}): Bar => ({
  startsAtMs: at('00:00').epochMilliseconds,
  date: dateNumber(date),
  open: won(fields.open ?? 74_200),
  high: won(fields.high ?? 74_900),
  low: won(fields.low ?? 73_800),
  close: won(fields.close ?? 74_800),
  volume: fields.volume ?? 17_096_228,
});

const replayOf = (bar: Bar, seed = 'test'): ReplayMarket =>
  barReplay({ histories: [{ instrument: samsung, bars: [bar] }], from: date, seed });

interface Played {
  readonly book: MatchingBook;
  readonly trades: readonly VenueTrade[];
}

/** A whole day from the opening auction to the closing print, in steps of `stepSeconds`. */
function play({ market }: ReplayMarket, stepSeconds: number, join: (book: MatchingBook) => void = () => {}): Played {
  const basePrice = market.basePrice(samsung, date);
  const crowd = market.openDay(samsung, date, basePrice, 'KRX');
  const book = createMatchingBook({ instrument: samsung, date, basePrice });
  const trades: VenueTrade[] = [];
  book.setPhase('auction', at('08:30'));
  crowd.joinAuction(book, at('08:30'));
  join(book);
  trades.push(...book.setPhase('continuous', at('09:00')), ...crowd.enter(book, at('09:00')));
  const closing = at('15:20');
  for (let now = at('09:00'); Temporal.Instant.compare(now, closing) < 0;) {
    const next = now.add({ seconds: stepSeconds });
    const until = Temporal.Instant.compare(next, closing) > 0 ? closing : next;
    trades.push(...crowd.advance(book, now, until));
    now = until;
  }
  trades.push(...book.setPhase('auction', closing));
  crowd.joinAuction(book, closing);
  trades.push(...book.setPhase('closed', at('15:30')));
  return { book, trades };
}

function barOf(trades: readonly VenueTrade[]): Record<string, number | undefined> {
  const prices = trades.map(({ price }) => price);
  return {
    open: prices[0],
    high: Math.max(...prices),
    low: Math.min(...prices),
    close: prices.at(-1),
    volume: trades.reduce((sum, trade) => sum + trade.quantity, 0),
  };
}

const figures = ({ open, high, low, close, volume }: Bar) => ({ open, high, low, close, volume });

describe('barReplay()', () => {
  it('prints every bar exactly: its open first, its close last, high and low between, and its volume to the share', () => {
    const bars = [
      aBar(),
      aBar({ open: 74_900, close: 73_800 }),
      aBar({ open: 74_200, high: 74_200, low: 74_200, close: 74_200, volume: 1 }),
      aBar({ open: 74_200, high: 74_300, low: 74_100, close: 74_200, volume: 4 }),
      aBar({ open: 74_200, high: 96_400, low: 52_000, close: 74_200, volume: 50_000 }),
      aBar({ high: 74_800, low: 74_200, volume: 3 }),
    ];

    for (const bar of bars) {
      const { trades } = play(replayOf(bar), 37);

      assert.deepEqual(barOf(trades), figures(bar));
      assert.ok(trades.every(({ price }) => isOnTick(samsung, price, date)));
      assert.ok(
        trades.every(
          (trade, index) => index === 0 || trade.at.epochMilliseconds >= trades[index - 1]!.at.epochMilliseconds,
        ),
      );
    }
  });

  it('trades more at both ends of the day than at noon', () => {
    const { trades } = play(replayOf(aBar()), 600);
    const between = (from: string, to: string): number =>
      trades
        .filter(
          ({ at: when }) => Temporal.Instant.compare(when, at(from)) > 0 && Temporal.Instant.compare(when, at(to)) < 0,
        )
        .reduce((sum, trade) => sum + trade.quantity, 0);

    assert.ok(between('09:01', '10:01') > 1.3 * between('11:40', '12:40'));
    assert.ok(between('14:19', '15:19') > 1.3 * between('11:40', '12:40'));
  });

  it('gives the same trades for one seed whatever the steps, and others for another seed', () => {
    const whole = play(replayOf(aBar()), 600).trades;
    const fine = play(replayOf(aBar()), 7).trades;
    const other = play(replayOf(aBar(), 'other'), 600).trades;
    const text = (trades: readonly VenueTrade[]): string =>
      trades.map((trade) => `${trade.at.epochMilliseconds} ${trade.price} ${trade.quantity}`).join('\n');

    assert.equal(text(fine), text(whole));
    assert.notEqual(text(other), text(whole));
  });

  it('fills an order of the account at its price as the market comes to it, out of the day’s own volume', () => {
    const bar = aBar({ volume: 20_000 });
    const rest = (book: MatchingBook): void => {
      const order = { id: 'paper:1', owner: 'paper', side: 'buy', type: 'limit', timeInForce: 'day' } as const;
      book.submit({ ...order, price: won(73_900), quantity: quantity(5) }, at('08:40'));
    };

    const { book, trades } = play(replayOf(bar), 60, rest);
    const own = trades.filter(({ makerId, takerId }) => makerId === 'paper:1' || takerId === 'paper:1');

    assert.equal(book.remaining('paper:1'), 0);
    assert.deepEqual([...new Set(own.map(({ price }) => price))], [73_900]);
    assert.deepEqual(barOf(trades), figures(bar));
  });

  it('shows a venue that starts during the day the minutes it has missed, and goes on from there', () => {
    const { market } = replayOf(aBar());
    const basePrice = market.basePrice(samsung, date);
    const crowd = market.openDay(samsung, date, basePrice, 'KRX');
    const book = createMatchingBook({ instrument: samsung, date, basePrice });
    const missed = crowd.history(at('11:00:30'));
    book.setPhase('continuous', at('11:00:30'));
    crowd.enter(book, at('11:00:30'));
    const trades = [...crowd.advance(book, at('11:00:30'), at('15:20'))];
    book.setPhase('auction', at('15:20'));
    crowd.joinAuction(book, at('15:20'));
    trades.push(...book.setPhase('closed', at('15:30')));

    const volume =
      missed.reduce((sum, bar) => sum + bar.volume, 0) + trades.reduce((sum, trade) => sum + trade.quantity, 0);
    assert.deepEqual([missed.length, missed[0]?.open, trades.at(-1)?.price, volume], [120, 74_200, 74_800, 17_096_228]);
  });

  it('refuses a bar that no trading can have made, a folder without the code, and days after the last', () => {
    const { market } = replayOf(aBar({ volume: 2 }));

    assert.throws(() => market.openDay(samsung, date, won(74_000), 'KRX'), { code: 'testbed.replay-bar' });
    assert.throws(() => barReplay({ histories: [], from: date, seed: '' }), { code: 'testbed.replay-empty' });
  });

  it('plays the real days of 2023 as they were', { skip: !existsSync(folder) && 'shared/data is absent' }, () => {
    const histories = readHistory(folder, ['005930', '252670']);
    const from = Temporal.PlainDate.from('2023-12-18');
    const { market, days } = barReplay({ histories, from, seed: 'real' });

    for (const { instrument, bars } of histories) {
      for (const day of days) {
        const bar = bars.find((one) => one.date === dateNumber(day))!;
        const base = market.basePrice(instrument, day);
        const crowd = market.openDay(instrument, day, base, 'KRX');
        const past = crowd.history(day.add({ days: 1 }).toZonedDateTime('Asia/Seoul').toInstant());
        const seen = {
          open: past[0]?.open,
          high: Math.max(...past.map(({ high }) => high)),
          low: Math.min(...past.map(({ low }) => low)),
          close: past.at(-1)?.close,
          volume: past.reduce((sum, { volume }) => sum + volume, 0),
        };
        assert.deepEqual(seen, figures(bar), `${instrument.symbol} ${day.toString()}`);
      }
    }
    assert.throws(() => readHistory(folder, ['999999']), { code: 'testbed.replay-symbol' });
  });
});
