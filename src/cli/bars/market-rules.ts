import type { Instrument } from '#domain/instrument.ts';
import { plainDate } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';
import { listingOf } from '#markets/listings.ts';
import { priceLimits } from '#markets/price-limits.ts';
import { isInTable, tickTable } from '#markets/tick-size.ts';
import type { PriceRules } from '#store/check/check-bars.ts';
import { krxCalendar } from './backtest-bars.ts';

type Subject = Pick<Instrument, 'market' | 'kind' | 'leverage' | 'movedFrom'>;

/** What the listings do not know is taken for a KOSPI stock. */
const stranger: Subject = { market: 'KOSPI', kind: 'stock', leverage: 1 };
/** A price so high that its tick does not blur the day's rate. */
const roundBase = won(10_000_000);

/** KRX's rules for one instrument after another; what was worked out for a day is kept for all of them. */
export function marketRules(): (symbol: string) => PriceRules {
  const calendar = kept(krxCalendar);
  const bySubject = new Map<string, PriceRules>();
  return (symbol) => {
    const subject: Subject = listingOf(symbol) ?? stranger;
    const { market, kind, leverage, movedFrom } = subject;
    const key = `${market} ${kind} ${leverage} ${movedFrom?.market} ${movedFrom?.until}`;
    const rules = bySubject.get(key) ?? rulesOf(subject, calendar);
    bySubject.set(key, rules);
    return rules;
  };
}

function rulesOf(subject: Subject, calendar: PriceRules['calendar']): PriceRules {
  const dayOf = kept(plainDate);
  const table = kept((date: number) => known(() => tickTable(subject, dayOf(date))));
  const rate = kept((date: number) => known(() => priceLimits(subject, roundBase, dayOf(date)).upper / roundBase - 1));
  return {
    calendar,
    isOnTick: (price, date) => {
      const ticks = table(date);
      return ticks === null || !(price > 0) ? null : isInTable(ticks, price);
    },
    limits: (base, date, isAdjusted) => {
      if (!isAdjusted) return known(() => priceLimits(subject, won(base), dayOf(date)));
      const width = rate(date);
      // A split of 50 rounds both prices by half a won at most, and the old tick was a few won wide on the new footing.
      return width === null ? null : { lower: base * (0.99 - width) - 2, upper: base * (1.01 + width) + 2 };
    },
  };
}

/** Null on days before a market or kind existed, about which the tables say nothing. */
function known<Result>(work: () => Result): Result | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function kept<Result>(work: (date: number) => Result): (date: number) => Result {
  const answers = new Map<number, Result>();
  return (date) => {
    const answer = answers.get(date);
    if (answer !== undefined) return answer;
    const made = work(date);
    answers.set(date, made);
    return made;
  };
}
