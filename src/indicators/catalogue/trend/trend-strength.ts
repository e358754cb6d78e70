import { defineIndicator } from '../../definition.ts';
import { StreamingEma } from '../../kernels/ema.ts';
import { whole } from '../../params.ts';
import { RollingExtreme } from '../../steps/rolling-extreme.ts';
import { RollingSum } from '../../steps/rolling-sum.ts';
import { TrueRanges } from '../../steps/true-ranges.ts';

/** Vortex: upward and downward movement over true range, around 1; 0 when nothing moved. */
export const vortex = defineIndicator({
  id: 'vortex',
  name: { ko: '볼텍스', en: 'Vortex' },
  params: { period: whole(14, 1, 100) },
  outputs: ['plus_vi', 'minus_vi'],
  inputs: ['high', 'low', 'close'],
  readyAt: ({ period }) => period,
  start: ({ period }) => {
    const [plus, minus, ranges] = [new RollingSum(period), new RollingSum(period), new RollingSum(period)];
    const trueRanges = new TrueRanges();
    let previous: { readonly high: number; readonly low: number } | null = null;
    return (bar, output) => {
      const whole = ranges.next(trueRanges.next(bar));
      // The first bar has a range and moved nowhere.
      const up = plus.next(previous === null ? 0 : Math.abs(bar.high - previous.low));
      const down = minus.next(previous === null ? 0 : Math.abs(bar.low - previous.high));
      previous = { high: bar.high, low: bar.low };
      output[0] = whole === 0 ? 0 : up / whole;
      output[1] = whole === 0 ? 0 : down / whole;
    };
  },
});

/** Choppiness: 100 when the price went nowhere for all its movement, near 0 in a straight trend. */
export const chop = defineIndicator({
  id: 'chop',
  name: { ko: '혼잡 지수', en: 'Choppiness index' },
  params: { period: whole(14, 2, 100) },
  outputs: ['value'],
  inputs: ['high', 'low', 'close'],
  readyAt: ({ period }) => period,
  start: ({ period }) => {
    const trueRanges = new TrueRanges();
    const sum = new RollingSum(period);
    const [highest, lowest] = [new RollingExtreme('highest', period), new RollingExtreme('lowest', period)];
    return (bar, output) => {
      const walked = sum.next(trueRanges.next(bar));
      const range = highest.next(bar.high) - lowest.next(bar.low);
      output[0] = range === 0 ? 100 : (100 * Math.log10(walked / range)) / Math.log10(period);
    };
  },
});

/** Mass index: how much the range widens, an average over its own average, summed; 0 a bar that has no range. */
export const massIndex = defineIndicator({
  id: 'mass_index',
  name: { ko: '매스 인덱스', en: 'Mass index' },
  params: { ema_period: whole(9, 1, 100), sum_period: whole(25, 1, 100) },
  outputs: ['value'],
  inputs: ['high', 'low'],
  readyAt: ({ ema_period, sum_period }) => 2 * (ema_period - 1) + sum_period,
  start: ({ ema_period, sum_period }) => {
    const [once, twice] = [new StreamingEma(ema_period), new StreamingEma(ema_period)];
    const sum = new RollingSum(sum_period);
    return (bar, output) => {
      const single = once.next(bar.high - bar.low);
      const double = Number.isNaN(single) ? NaN : twice.next(single);
      output[0] = Number.isNaN(double) ? NaN : sum.next(double === 0 ? 0 : single / double);
    };
  },
});
