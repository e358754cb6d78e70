import type { BarSeries } from '#domain/bar.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import { invariant } from '#domain/invariant.ts';
import { quantity } from '#domain/quantity.ts';
import { won, type Won } from '#domain/won.ts';
import type { BacktestOptions } from '../backtest-options.ts';
import { CorporateActions } from '../desk/corporate-actions.ts';
import { PaperAccount } from '../desk/paper-account.ts';
import { rowAtOrAfter, wonAt } from '../bars/timeline.ts';

/**
 * Buy and hold: the starting cash in equal parts (cut off to whole won), each instrument bought whole-share at the open of
 * its first traded bar in the range, fee paid, and held to the end; splits and dividends that are given count here too. The
 * guard is not asked: it is a yardstick.
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
  const hasActions = options.splits !== undefined || options.dividends !== undefined;
  for (const one of series) {
    const bought = purchase(options, account, one, part);
    if (hasActions) addActingHolding({ values, days, series: one, bought }, options);
    else addHolding(values, days, one, bought);
  }
  return days.map(({ date }, day) => ({ date, value: won(values[day] ?? NaN) }));
}

interface Purchase {
  readonly instrument: Instrument;
  readonly row: number;
  readonly price: Won;
  readonly shares: number;
  readonly cost: Won;
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
  return shares === 0 ? null : { instrument, row, price, shares, cost: account.buyingCost(instrument, price, shares) };
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

/** `addHolding` of an instrument whose shares may be split and may pay. */
function addActingHolding(
  {
    values,
    days,
    series,
    bought,
  }: {
    readonly values: Float64Array;
    readonly days: readonly { readonly date: number }[];
    readonly series: BarSeries;
    readonly bought: Purchase | null;
  },
  { splits, dividends, commissionPpb }: BacktestOptions,
): void {
  if (bought === null) return;
  const { instrument, price, shares, cost } = bought;
  let { row } = bought;
  const from = series.date[row] ?? Infinity;
  const account = new PaperAccount(cost, commissionPpb);
  account.book({ instrument, side: 'buy', price, quantity: quantity(shares), date: from });
  const isIts = (one: { readonly instrument: InstrumentId }): boolean => one.instrument === instrument.id;
  // Who buys at the open of a day has its new shares already, and none of its dividend.
  const own = { dividends: dividends?.filter(isIts), splits: splits?.filter(isIts), from: from + 1 };
  const actions = new CorporateActions(own, { account, desk: { split: () => undefined } });
  account.markPrice(instrument.id, wonAt(series.close, row));
  for (const [day, { date }] of days.entries()) {
    if (date < from) continue;
    actions.startDay(date);
    for (; (series.date[row + 1] ?? Infinity) <= date; row += 1) {
      account.markPrice(instrument.id, wonAt(series.close, row + 1));
    }
    values[day] = (values[day] ?? NaN) + account.equity - cost;
  }
}
