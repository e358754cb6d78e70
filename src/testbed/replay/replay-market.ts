import type { MarketSource } from '#brokers/kis/simulator/venue/floor/market-source.ts';
import type { Bar } from '#domain/bar.ts';
import { FixConfiguration } from '#domain/errors.ts';
import type { Instrument } from '#domain/instrument.ts';
import { dateNumber, plainDate } from '#domain/trading-date.ts';
import type { Won } from '#domain/won.ts';
import { tickTable } from '#markets/tick-size.ts';

import type { InstrumentHistory } from './bar-history.ts';
import { noTicks, type DayTicks } from './day-ticks.ts';
import { legalBar, replayBase } from './legal-bar.ts';
import { plausibleTicks } from './plausible-ticks.ts';
import { regularHoursOf } from './regular-hours.ts';
import { ReplayCrowd } from './replay-crowd.ts';

/** A market of the past, and the trading days it has from the first asked for on, ascending. */
export interface ReplayMarket {
  readonly market: MarketSource;
  readonly days: readonly Temporal.PlainDate[];
}

export interface BarReplayOptions {
  readonly histories: readonly InstrumentHistory[];
  /** First day to play. */
  readonly from: Temporal.PlainDate;
  /** Chooses among the paths that a bar may stand for. */
  readonly seed: string;
}

/**
 * Days of real bars as a market to trade against: their prices, their volume, everything between made up by seed. Days
 * before `from` are the past that charts show.
 *
 * @throws FixConfiguration `testbed.replay-empty` when no bar is on or after `from`
 */
export function barReplay({ histories, from, seed }: BarReplayOptions): ReplayMarket {
  const books = new Map(histories.map((history) => [history.instrument.symbol, new History(history.bars)]));
  const bookOf = (instrument: Instrument): History => books.get(instrument.symbol) ?? new History([]);
  const ticksOf = (instrument: Instrument, date: Temporal.PlainDate, basePrice: Won): DayTicks => {
    const bar = bookOf(instrument).on(date);
    const hours = regularHoursOf(date);
    if (bar === null || hours === null) return noTicks;
    return plausibleTicks({
      bar: legalBar(instrument, bar, basePrice, date),
      table: tickTable(instrument, date),
      opensAtMs: hours.opensAtMs,
      minutes: Math.floor((hours.closingFromMs - hours.opensAtMs) / 60_000),
      seed: `${seed}/${instrument.symbol}/${date.toString()}`,
    });
  };
  const days = [...books.values()].flatMap((book) => book.daysFrom(from));
  return {
    days: daysOf(days, from),
    market: replaySource({
      instruments: histories.map(({ instrument }) => instrument),
      basePrice: (instrument, date) => {
        const book = bookOf(instrument);
        return replayBase(instrument, book.on(date), book.before(date), date);
      },
      dailyBars: (instrument, first, last) => bookOf(instrument).between(first, last),
      ticksOf,
    }),
  };
}

export interface ReplaySource extends Pick<MarketSource, 'instruments' | 'basePrice' | 'dailyBars'> {
  readonly ticksOf: (instrument: Instrument, date: Temporal.PlainDate, basePrice: Won) => DayTicks;
}

/** Ticks of whatever origin as a market. Trades were recorded on KRX; NXT shows the same prices and trades nothing. */
export function replaySource({ ticksOf, ...past }: ReplaySource): MarketSource {
  return {
    ...past,
    isRecorded: true,
    openDay(instrument, date, basePrice, board = 'KRX') {
      const hours = regularHoursOf(date);
      const isOpen = hours !== null;
      const ticks = isOpen ? ticksOf(instrument, date, basePrice) : noTicks;
      const closed = { opensAtMs: 0, closingFromMs: 0, closesAtMs: 0 };
      const day = { instrument, date, basePrice, ticks, isTrading: board === 'KRX' };
      return new ReplayCrowd({ ...day, hours: hours ?? closed });
    },
  };
}

/** yyyymmdd of many instruments as days, each once. @throws FixConfiguration `testbed.replay-empty` */
export function daysOf(numbers: readonly number[], from: Temporal.PlainDate): readonly Temporal.PlainDate[] {
  const days = [...new Set(numbers)].sort((left, right) => left - right).map((number) => plainDate(number));
  if (days.length > 0) return days;
  throw new FixConfiguration(
    'testbed.replay-empty',
    `Cannot replay from ${from.toString()} on: there is no day on or after it, wanted at least one. Choose an earlier day.`,
  );
}

/** The bars of one instrument, found by day. */
class History {
  readonly #bars: readonly Bar[];
  readonly #byDate: ReadonlyMap<number, Bar>;

  constructor(bars: readonly Bar[]) {
    this.#bars = bars;
    this.#byDate = new Map(bars.map((bar) => [bar.date, bar]));
  }

  on(date: Temporal.PlainDate): Bar | null {
    return this.#byDate.get(dateNumber(date)) ?? null;
  }

  before(date: Temporal.PlainDate): Bar | null {
    const number = dateNumber(date);
    return this.#bars.findLast((bar) => bar.date < number) ?? null;
  }

  between(from: Temporal.PlainDate, to: Temporal.PlainDate): readonly Bar[] {
    const [first, last] = [dateNumber(from), dateNumber(to)];
    return this.#bars.filter(({ date }) => date >= first && date <= last);
  }

  daysFrom(from: Temporal.PlainDate): readonly number[] {
    const first = dateNumber(from);
    return this.#bars.filter(({ date, volume }) => date >= first && volume > 0).map(({ date }) => date);
  }
}
