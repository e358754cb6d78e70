import type { BarSeries } from '#domain/bar.ts';
import { symbolOf } from '#domain/instrument.ts';
import type { BacktestResult } from '../result.ts';

/**
 * Value of the shares held ÷ value of the account at each close, one a day of the result.
 *
 * @param series of days; an instrument without one is worth the price of its last trade
 */
export function investedShares(
  { equity, trades, splits = [] }: BacktestResult,
  series: readonly BarSeries[],
): readonly number[] {
  const closes = new Map(series.map((one) => [symbolOf(one.instrument), { one, row: 0 }]));
  const held = new Map<string, { quantity: number; price: number }>();
  let [trade, split] = [0, 0];
  return equity.map(({ date, value }) => {
    for (; (splits[split]?.date ?? Infinity) <= date; split += 1) {
      const { symbol, from, to } = splits[split] ?? { symbol: '', from: 1, to: 1 };
      const own = held.get(symbol);
      if (own !== undefined) own.quantity = Math.floor((own.quantity * to) / from);
    }
    for (; (trades[trade]?.date ?? Infinity) <= date; trade += 1) {
      const { symbol, side, quantity, price } = trades[trade] ?? { symbol: '', side: 'buy', quantity: 0, price: 0 };
      const before = held.get(symbol)?.quantity ?? 0;
      held.set(symbol, { quantity: before + (side === 'buy' ? quantity : -quantity), price });
    }
    let worth = 0;
    for (const [symbol, own] of held) {
      const shelf = closes.get(symbol);
      if (shelf !== undefined) {
        while ((shelf.one.date[shelf.row + 1] ?? Infinity) <= date) shelf.row += 1;
        own.price = shelf.one.close[shelf.row] ?? own.price;
      }
      worth += own.quantity * own.price;
    }
    return value === 0 ? 0 : worth / value;
  });
}
