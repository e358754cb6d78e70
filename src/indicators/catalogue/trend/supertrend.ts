import { defineIndicator } from '../../definition.ts';
import { decimal, whole } from '../../params.ts';
import { WilderAverage } from '../../steps/average.ts';
import { middleOf } from '../../steps/bar-prices.ts';
import { TrueRanges } from '../../steps/true-ranges.ts';

/** Supertrend: the level below the price in a rise, above it in a fall; it only ever moves towards the price. */
export const supertrend = defineIndicator({
  id: 'supertrend',
  name: { ko: '슈퍼트렌드', en: 'Supertrend' },
  params: { period: whole(10, 1, 100), multiplier: decimal(3, 0.5, 10, 0.5) },
  outputs: ['value'],
  inputs: ['high', 'low', 'close'],
  readyAt: ({ period }) => period,
  start: ({ period, multiplier }) => {
    const ranges = new TrueRanges();
    const average = new WilderAverage(period);
    let [upper, lower, previousClose, level] = [NaN, NaN, NaN, NaN];
    return (bar, output) => {
      const range = average.next(ranges.next(bar));
      const [before, close] = [previousClose, bar.close];
      previousClose = close;
      output[0] = NaN;
      if (Number.isNaN(range)) return;
      const [above, below] = [middleOf(bar) + multiplier * range, middleOf(bar) - multiplier * range];
      const wasFalling = Number.isNaN(level) || level === upper;
      upper = Number.isNaN(upper) || above < upper || before > upper ? above : upper;
      lower = Number.isNaN(lower) || below > lower || before < lower ? below : lower;
      if (wasFalling) level = close <= upper ? upper : lower;
      else level = close >= lower ? lower : upper;
      output[0] = level;
    };
  },
});
