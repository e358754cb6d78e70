import type { Bar } from '#domain/bar.ts';
import type { Instrument } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { dateNumber, plainDate, seoulInstant } from '#domain/trading-date.ts';
import { won, type Won } from '#domain/won.ts';
import { isTradingDay } from '#markets/calendar.ts';
import { listings } from '#markets/listings.ts';
import { roundToTick } from '#markets/tick-size.ts';

import { CrowdLadder } from './crowd-ladder.ts';
import type { Crowd, MarketSource } from './market-source.ts';

export interface StillMarketOptions {
  /** Base price by symbol, for every day; 50,000 if not said. */
  readonly prices?: Readonly<Record<string, number>> | undefined;
  /** Shares the crowd shows at each of its ten prices a side; 1,000 if not said. */
  readonly depth?: number | undefined;
}

/**
 * A market in which nobody moves: the crowd quotes ten prices a side around the base price, puts back what was taken,
 * and trades of its own accord only where the console pushes it. For tests that must know what happens next.
 */
export function stillMarket(options: StillMarketOptions = {}): MarketSource {
  const priceOf = (instrument: Instrument): Won => won(options.prices?.[instrument.symbol] ?? 50_000);
  return {
    instruments: listings,
    basePrice: priceOf,
    dailyBars: (instrument, from, to) => flatBars(priceOf(instrument), from, to),
    openDay: (instrument, date, basePrice) => stillCrowd({ instrument, date, basePrice, depth: options.depth ?? 1000 }),
  };
}

interface StillDay {
  readonly instrument: Instrument;
  readonly date: Temporal.PlainDate;
  readonly basePrice: Won;
  readonly depth: number;
}

function stillCrowd({ instrument, date, basePrice, depth }: StillDay): Crowd {
  const ladder = new CrowdLadder({ instrument, date, basePrice, quantityOf: () => depth });
  let fair: number = basePrice;
  return {
    history: (until) => openingBar(date, basePrice, until),
    enter: (book, at) => ladder.quote(book, fair, at),
    advance: (book, _from, to) => ladder.quote(book, fair, to),
    joinAuction: (book, at) => ladder.joinAuction(book, fair, at),
    push(book, price, at, shares) {
      fair = roundToTick(instrument, price, date, 'down');
      const trades = ladder.sweep(book, won(fair), at, shares);
      // A bounded push leaves a gap where the rest of the account's order stands, so that it stays partly filled.
      return shares === null ? [...trades, ...ladder.quote(book, fair, at)] : trades;
    },
  };
}

function openingBar(date: Temporal.PlainDate, price: Won, until: Temporal.Instant): Bar[] {
  const opensAt = seoulInstant(date, Temporal.PlainTime.from('09:00'));
  if (Temporal.Instant.compare(until, opensAt) <= 0) return [];
  const startsAtMs = opensAt.epochMilliseconds;
  return [{ startsAtMs, date: dateNumber(date), open: price, high: price, low: price, close: price, volume: 1000 }];
}

function flatBars(price: Won, from: Temporal.PlainDate, to: Temporal.PlainDate): Bar[] {
  const bars: Bar[] = [];
  for (let day = from; Temporal.PlainDate.compare(day, to) <= 0; day = day.add({ days: 1 })) {
    if (!isTradingDay(day)) continue;
    const date = dateNumber(day);
    const startsAtMs = seoulInstant(plainDate(date), Temporal.PlainTime.from('00:00')).epochMilliseconds;
    bars.push({ startsAtMs, date, open: price, high: price, low: price, close: price, volume: quantity(100_000) });
  }
  return bars;
}
