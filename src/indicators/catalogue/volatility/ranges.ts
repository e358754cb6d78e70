import { defineIndicator } from '../../definition.ts';
import { averageTrueRange, StreamingAverageTrueRange } from '../../kernels/average-true-range.ts';
import { whole } from '../../params.ts';
import { WilderAverage } from '../../steps/average.ts';
import { TrueRanges } from '../../steps/true-ranges.ts';

/** Average true range, a simple mean, in won. */
export const atr = defineIndicator({
  id: 'atr',
  name: { ko: 'ATR', en: 'Average true range' },
  params: { period: whole(14, 1, 100) },
  outputs: ['value'],
  inputs: ['high', 'low', 'close'],
  readyAt: ({ period }) => period,
  start: ({ period }) => {
    const average = new StreamingAverageTrueRange(period);
    return (bar, output) => {
      output[0] = average.next(bar);
    };
  },
  columns: ({ period }, bars, { value }) => averageTrueRange(bars, period, value),
});

/** Wilder's average of true ranges in percent of the close; the first bar, which has no gap, is left out. */
export const natr = defineIndicator({
  id: 'natr',
  name: { ko: 'NATR', en: 'Normalised average true range' },
  params: { period: whole(14, 1, 100) },
  outputs: ['value'],
  inputs: ['high', 'low', 'close'],
  readyAt: ({ period }) => period + 1,
  start: ({ period }) => {
    const ranges = new TrueRanges();
    const average = new WilderAverage(period);
    let isFirst = true;
    return (bar, output) => {
      const range = ranges.next(bar);
      output[0] = isFirst ? NaN : (100 * average.next(range)) / bar.close;
      isFirst = false;
    };
  },
});
