import type { BarSeries } from '#domain/bar.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { Limits } from '#guard/limits.ts';
import { fillableQuantity } from '#exchange/bar-matching.ts';
import { priceLimitsIn, type PriceLimits } from '#markets/price-limits.ts';
import { isInTable } from '#markets/tick-size.ts';
import { limitDistanceBps } from '#strategy/rules/signal-strategy.ts';
import { marketablePriceIn } from '../desk/marketable-price.ts';
import { ordinaryFills } from '../desk/fill-model.ts';
import { rowAtOrAfter } from '../bars/timeline.ts';
import type { MarketDay, MarketDays } from './market-days.ts';

/**
 * What every combination over one series has in common, computed once. Arrays have one value for each row of the series;
 * those of orders are filled from `start` to `end` only.
 */
export interface SeriesTables {
  readonly series: BarSeries;
  /** Rows of the days of decisions; `end` is the row after the last. */
  readonly start: number;
  readonly end: number;
  /** Rows before `end` on which somebody traded, ascending; strategies see no others. */
  readonly traded: Int32Array;
  /** Limit price of an order decided at the row's close; negative where the guard refuses that price. */
  readonly buyPrice: Float64Array;
  readonly sellPrice: Float64Array;
  /** Shares that an order gets of the row's volume at the most. */
  readonly fillable: Float64Array;
  /** On a sale of the row's day. */
  readonly transactionTaxPpb: Float64Array;
  readonly ruralTaxPpb: Float64Array;
  readonly highestPrice: number;
}

/**
 * The tables of one series, or null where the loops do not apply: prices that are not whole won, volumes that are
 * no counts, days that do not ascend or whose market rules are not known. The event path then says what it thinks of it.
 */
export function seriesTables(options: {
  readonly series: BarSeries;
  readonly instrument: Instrument;
  readonly from: number;
  readonly to: number;
  readonly limits: Limits;
  readonly days: MarketDays;
}): SeriesTables | null {
  const { series, from, to } = options;
  const [start, end] = [rowAtOrAfter(series, from), rowAtOrAfter(series, to + 1)];
  if (!isPlain(series, end)) return null;
  const column = () => new Float64Array(series.close.length);
  const tables: SeriesTables = {
    series,
    start,
    end,
    traded: tradedRows(series.volume, end),
    buyPrice: column(),
    sellPrice: column(),
    fillable: column(),
    transactionTaxPpb: column(),
    ruralTaxPpb: column(),
    highestPrice: highestOf(series.high),
  };
  const dayOf = options.days.of(options.instrument);
  try {
    for (let row = start; row < end; row += 1) fillRow(tables, row, dayOf(series.date[row] ?? 0), options.limits);
  } catch (error) {
    // Unknown rules of a day are for the event path to tell; anything else is a fault of ours.
    if (error instanceof RangeError) return null;
    throw error;
  }
  return tables;
}

function tradedRows(volume: Float64Array, end: number): Int32Array {
  const rows = new Int32Array(end);
  let count = 0;
  for (let row = 0; row < end; row += 1) {
    rows[count] = row;
    if ((volume[row] ?? 0) > 0) count += 1;
  }
  return rows.subarray(0, count);
}

function highestOf(high: Float64Array): number {
  let most = 0;
  for (const price of high) if (price > most) most = price;
  return most;
}

function fillRow(tables: SeriesTables, row: number, day: MarketDay, guard: Limits): void {
  const { series } = tables;
  const close = series.close[row] ?? NaN;
  const limits = priceLimitsIn(day.ticks, day.limitPerMille, close);
  tables.transactionTaxPpb[row] = day.transactionTaxPpb;
  tables.ruralTaxPpb[row] = day.ruralTaxPpb;
  tables.fillable[row] = fillableQuantity(series.volume[row] ?? 0, ordinaryFills.volumeShareBps, Infinity);
  tables.buyPrice[row] = orderPrice({ side: 'buy', close, day, limits, guard });
  tables.sellPrice[row] = orderPrice({ side: 'sell', close, day, limits, guard });
}

/** The guard looks at tick, price limits and collar of any order, and at the lowest price of an entry. */
function orderPrice(order: {
  readonly side: 'buy' | 'sell';
  readonly close: number;
  readonly day: MarketDay;
  readonly limits: PriceLimits;
  readonly guard: Limits;
}): number {
  const { side, close, day, limits, guard } = order;
  const price = marketablePriceIn(day.ticks, limits, {
    side,
    lastPrice: close,
    distanceBps: limitDistanceBps,
    collarBps: guard.priceCollarBps,
  });
  const passes =
    isInTable(day.ticks, price) &&
    price >= limits.lower &&
    price <= limits.upper &&
    Math.abs(price - close) <= Math.floor((close * guard.priceCollarBps) / 10_000) &&
    (side === 'sell' || price >= guard.priceMinimum);
  return passes ? price : 0 - price;
}

/** Prices far below 2^53 keep every product with a share count exact, or caught by `SweepAccount`. */
const priceMax = 1_000_000_000;

function isPlain({ date, open, high, low, close, volume }: BarSeries, end: number): boolean {
  for (let row = 0; row < end; row += 1) {
    const isAscending = row === 0 || (date[row - 1] ?? NaN) < (date[row] ?? NaN);
    const shares = volume[row] ?? NaN;
    if (!isAscending || !Number.isSafeInteger(shares * ordinaryFills.volumeShareBps) || shares < 0) return false;
    // Days without trading may have no prices but the last close.
    const least = shares > 0 ? 1 : 0;
    if (!isPrice(open[row], least) || !isPrice(high[row], least) || !isPrice(low[row], least)) return false;
    if (!isPrice(close[row], 1)) return false;
  }
  return true;
}

function isPrice(value: number | undefined, least: number): boolean {
  return value !== undefined && Number.isSafeInteger(value) && value >= least && value <= priceMax;
}
