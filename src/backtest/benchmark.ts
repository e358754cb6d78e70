import type { BarSeries } from '#domain/bar.ts';
import { invariant } from '#domain/invariant.ts';
import { won, type Won } from '#domain/won.ts';
import type { BacktestOptions } from './backtest-options.ts';
import { PaperAccount } from './paper-account.ts';
import { rowAtOrAfter, wonAt } from './timeline.ts';

/**
 * Buy and hold: the starting cash in equal parts (cut off to whole won), each instrument bought whole-share at the open of
 * its first traded bar in the range, fee paid, and held to the end. The guard is not asked: it is a yardstick.
 *
 * @param days the days to value it on, after the close
 */
export function benchmarkOf(
  options: BacktestOptions,
  series: readonly BarSeries[],
  days: readonly { readonly date: number }[],
): { readonly date: number; readonly value: number }[] {
  const account = new PaperAccount(options.initialCash, options.commissionPpb);
  const part = won(Math.floor(options.initialCash / series.length));
  const values = new Float64Array(days.length).fill(options.initialCash);
  for (const one of series) addHolding(values, days, one, purchase(options, account, one, part));
  return days.map(({ date }, day) => ({ date, value: won(values[day] ?? NaN) }));
}

interface Purchase {
  readonly row: number;
  readonly shares: number;
  readonly cost: number;
}

/** Null when there is no bar in which anything traded, or not even one share can be paid. */
function purchase(options: BacktestOptions, account: PaperAccount, series: BarSeries, part: Won): Purchase | null {
  const instrument = options.instruments.find((one) => one.id === series.instrument);
  invariant(instrument !== undefined, `what ${series.instrument} is was checked for`);
  const end = rowAtOrAfter(series, options.to + 1);
  let row = rowAtOrAfter(series, options.from);
  while (row < end && series.volume[row] === 0) row += 1;
  if (row === end) return null;
  const price = wonAt(series.open, row);
  let shares = Math.floor(part / price);
  while (shares > 0 && account.buyingCost(instrument, price, shares) > part) shares -= 1;
  return shares === 0 ? null : { row, shares, cost: account.buyingCost(instrument, price, shares) };
}

/** What one holding changes from the day of its purchase on: its cost, and its value at the last close of each day. */
function addHolding(
  values: Float64Array,
  days: readonly { readonly date: number }[],
  series: BarSeries,
  bought: Purchase | null,
): void {
  if (bought === null) return;
  let { row } = bought;
  const from = series.date[row] ?? Infinity;
  for (let day = 0; day < days.length; day += 1) {
    const date = days[day]?.date ?? 0;
    if (date < from) continue;
    while ((series.date[row + 1] ?? Infinity) <= date) row += 1;
    values[day] = (values[day] ?? NaN) + bought.shares * (series.close[row] ?? NaN) - bought.cost;
  }
}
