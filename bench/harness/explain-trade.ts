import type { BarSeries } from '#domain/bar.ts';
import type { OrderSide } from '#domain/order.ts';
import { plainDate } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';
import { marketablePrice } from '#backtest/desk/marketable-price.ts';
import { listings } from '#markets/listings.ts';
import { openLimits } from './open-limits.ts';

/** Dates as yyyymmdd; null while it is open at the end. */
export interface RoundTrip {
  readonly boughtOn: number;
  readonly boughtAt: number;
  readonly soldOn: number | null;
  readonly soldAt: number | null;
}

/** Of a day's volume an order of ours takes a tenth: below ten shares it takes none. */
const volumeMin = 10;

/**
 * Why only one of two engines has this trade: what the market's rules say of the day of its ends, or that it hangs on
 * another trade that only one has. "UNEXPLAINED" when neither holds.
 *
 * @param others all trades of the other engine
 */
export function explainTrade(series: BarSeries, trip: RoundTrip, others: readonly RoundTrip[]): string {
  for (const other of others) {
    const isSameStart = other.boughtOn === trip.boughtOn && other.boughtAt === trip.boughtAt;
    if (isSameStart) return endsDiffer(series, trip, other);
  }
  const reason = noTradeOn(series, trip.boughtOn, 'buy');
  if (reason !== null) return `${reason} on ${trip.boughtOn}, so ours could not buy there`;
  const overlap = others.find(
    ({ boughtOn, soldOn }) => boughtOn <= trip.boughtOn && trip.boughtOn <= (soldOn ?? Infinity),
  );
  if (overlap !== undefined) return `the other holds since ${overlap.boughtOn}`;
  const late = dayBefore(series, trip.boughtOn);
  const lateReason = late === null ? null : noTradeOn(series, late, 'buy');
  return lateReason === null ? 'UNEXPLAINED' : `${lateReason} on ${String(late)}, so one bought a day later`;
}

function endsDiffer(series: BarSeries, trip: RoundTrip, other: RoundTrip): string {
  for (const end of [trip.soldOn, other.soldOn]) {
    const reason = end === null ? null : noTradeOn(series, end, 'sell');
    if (reason !== null) return `${reason} on ${String(end)}, so ours could not sell there`;
  }
  return 'UNEXPLAINED';
}

/** Why our order could not trade at a day's opening; null when it could. */
function noTradeOn(series: BarSeries, date: number, side: OrderSide): string | null {
  const row = series.date.indexOf(date);
  const [open = NaN, volume = NaN, before = NaN] = [series.open[row], series.volume[row], series.close[row - 1]];
  if (volume < volumeMin) return `${volume} shares were traded`;
  const limit = limitOn(series, date, side, before);
  const isOutside = side === 'buy' ? open > limit : open < limit;
  if (isOutside) return `the opening of ${open} lay beyond the day's limit of ${limit} for a ${side}`;
  const isLocked = open === limit && series.high[row] === limit && series.low[row] === limit;
  return isLocked ? `the whole day stood at its limit of ${limit} and nobody took the other side` : null;
}

/** Highest or lowest price at which an order may stand on that day, from the close before. */
function limitOn(series: BarSeries, date: number, side: OrderSide, close: number): number {
  const instrument = listings.find(({ id }) => id === series.instrument);
  if (instrument === undefined) throw new Error(`Cannot explain: ${series.instrument} is not in the table of listings`);
  const base = won(close);
  const wide = { distanceBps: openLimits.priceCollarBps, collarBps: openLimits.priceCollarBps };
  return marketablePrice({ instrument, side, lastPrice: base, basePrice: base, date: plainDate(date), ...wide });
}

function dayBefore(series: BarSeries, date: number): number | null {
  return series.date[series.date.indexOf(date) - 1] ?? null;
}
