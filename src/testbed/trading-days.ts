import { isTradingDay } from '#markets/calendar.ts';
import { dateNumber } from '#domain/trading-date.ts';

/** Trading days of KRX from 2019 on, with their place in the row. Made once; the calendar ends in 2027. */
export interface TradingDays {
  /** yyyymmdd, ascending. */
  readonly dates: readonly number[];
  /** Place of the last trading day before `date`; -1 before the first. */
  indexBefore(date: Temporal.PlainDate): number;
}

let made: TradingDays | null = null;

/** @see TradingDays */
export function tradingDays(): TradingDays {
  made ??= makeTradingDays();
  return made;
}

function makeTradingDays(): TradingDays {
  const dates: number[] = [];
  const end = Temporal.PlainDate.from('2028-01-01');
  for (let day = Temporal.PlainDate.from('2019-01-02'); !day.equals(end); day = day.add({ days: 1 })) {
    if (isTradingDay(day)) dates.push(dateNumber(day));
  }
  return {
    dates,
    indexBefore(date) {
      const wanted = dateNumber(date);
      let low = 0;
      let high = dates.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((dates[middle] ?? 0) < wanted) low = middle + 1;
        else high = middle;
      }
      return low - 1;
    },
  };
}
