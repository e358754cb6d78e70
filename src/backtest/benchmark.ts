import type { BarSeries } from '#domain/bar.ts';
import { invariant } from '#domain/invariant.ts';
import { quantity } from '#domain/quantity.ts';
import { won, type Won } from '#domain/won.ts';
import type { BacktestOptions } from './backtest-options.ts';
import { PaperAccount } from './paper-account.ts';
import { barAt, rowAtOrAfter, wonAt } from './timeline.ts';

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
  const rows = series.map((one) => rowAtOrAfter(one, options.from));
  const slots = series.map((one) => account.slotOf(one.instrument));
  const bought = series.map(() => false);
  return days.map(({ date }) => {
    for (let index = 0; index < series.length; index += 1) {
      const one = series[index];
      let row = rows[index] ?? 0;
      if (one === undefined || one.date[row] !== date) continue;
      if (bought[index] === false) bought[index] = buy({ options, account, series: one, row, part });
      // Of minutes, the last of the day.
      while (one.date[row + 1] === date) row += 1;
      rows[index] = row + 1;
      account.mark(slots[index] ?? 0, wonAt(one.close, row));
    }
    return { date, value: account.equity };
  });
}

/** False when nothing traded in that bar, so that the next is tried. */
function buy(order: {
  readonly options: BacktestOptions;
  readonly account: PaperAccount;
  readonly series: BarSeries;
  readonly row: number;
  readonly part: Won;
}): boolean {
  const { account, part } = order;
  const bar = barAt(order.series, order.row);
  if (bar.volume === 0) return false;
  const instrument = order.options.instruments.find((one) => one.id === order.series.instrument);
  invariant(instrument !== undefined, `what ${order.series.instrument} is was checked for`);
  let shares = Math.floor(part / bar.open);
  while (shares > 0 && account.buyingCost(instrument, bar.open, shares) > part) shares -= 1;
  if (shares === 0) return true;
  account.book({
    instrument,
    side: 'buy',
    price: bar.open,
    quantity: quantity(shares),
    date: bar.date,
  });
  return true;
}
