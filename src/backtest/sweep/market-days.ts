import type { Instrument } from '#domain/instrument.ts';
import { plainDate } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';
import { nextTradingDay } from '#markets/calendar.ts';
import { sellTax } from '#markets/costs.ts';
import { limitPerMille } from '#markets/price-limits.ts';
import type { TickTable } from '#markets/tick-tables.ts';
import { tickTable } from '#markets/tick-size.ts';

/** What the market's rules say about decisions and trades of one day. */
export interface MarketDay {
  /** Of the session after it, for which decisions at its close are meant. */
  readonly ticks: TickTable;
  readonly limitPerMille: number;
  /** On a sale of that day, by its settlement, in parts per billion. */
  readonly transactionTaxPpb: number;
  readonly ruralTaxPpb: number;
}

/** On so many won each part of the tax, cut off to whole won, is its rate in parts per billion. */
const billion = won(1_000_000_000);

/**
 * The rules of each day, looked up once for all instruments of a kind: calendar arithmetic costs more than a whole
 * combination of a sweep. Holds one entry for each day of trading asked for and kind of instrument.
 */
export class MarketDays {
  readonly #days = new Map<string, Map<number, MarketDay>>();

  /** A reader of the days of one kind; it takes yyyymmdd and throws RangeError on a day whose rules are not known. */
  of(subject: Pick<Instrument, 'market' | 'kind' | 'leverage' | 'movedFrom'>): (date: number) => MarketDay {
    const { market, kind, leverage, movedFrom } = subject;
    const key = `${market} ${kind} ${leverage} ${movedFrom?.market} ${movedFrom?.until}`;
    const days = this.#days.get(key) ?? new Map<number, MarketDay>();
    this.#days.set(key, days);
    return (date) => {
      const known = days.get(date);
      if (known !== undefined) return known;
      const day = lookUp(subject, date);
      days.set(date, day);
      return day;
    };
  }
}

function lookUp(of: Pick<Instrument, 'market' | 'kind' | 'leverage' | 'movedFrom'>, date: number): MarketDay {
  const day = plainDate(date);
  const session = nextTradingDay(day);
  const tax = sellTax(of, billion, day);
  return {
    ticks: tickTable(of, session),
    limitPerMille: limitPerMille(of, session),
    transactionTaxPpb: tax.transactionTax,
    ruralTaxPpb: tax.ruralTax,
  };
}
