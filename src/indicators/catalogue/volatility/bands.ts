import { defineIndicator } from '../../definition.ts';
import { bollinger as bollingerColumns, StreamingBollinger } from '../../kernels/bollinger.ts';
import { StreamingSma } from '../../kernels/sma.ts';
import { decimal, whole } from '../../params.ts';
import { typicalOf } from '../../steps/bar-prices.ts';
import { RollingExtreme } from '../../steps/rolling-extreme.ts';
import { TrueRanges } from '../../steps/true-ranges.ts';

/** Bollinger bands: a simple average and so many population deviations around it. */
export const bollinger = defineIndicator({
  id: 'bollinger',
  name: { ko: '볼린저 밴드', en: 'Bollinger bands' },
  params: { period: whole(20, 1, 100), std: decimal(2, 0.1, 10, 0.5) },
  outputs: ['upper', 'middle', 'lower'],
  defaultOutput: 'middle',
  inputs: ['close'],
  readyAt: ({ period }) => period,
  start: ({ period, std }) => {
    const bands = new StreamingBollinger(period, std);
    return (bar, output) => {
      output[1] = bands.next(bar.close);
      output[0] = bands.upper;
      output[2] = bands.lower;
    };
  },
  columns: ({ period, std }, bars, outputs) => bollingerColumns(bars.close, period, std, outputs),
});

/** Keltner channel: a simple average of typical prices and so many simple averages of the true range around it. */
export const keltner = defineIndicator({
  id: 'keltner',
  name: { ko: '켈트너 채널', en: 'Keltner channel' },
  params: { period: whole(20, 1, 100), multiplier: decimal(2, 0.1, 10, 0.5) },
  outputs: ['upper', 'middle', 'lower'],
  defaultOutput: 'middle',
  inputs: ['high', 'low', 'close'],
  readyAt: ({ period }) => period,
  start: ({ period, multiplier }) => {
    const [prices, ranges] = [new StreamingSma(period), new StreamingSma(period)];
    const trueRanges = new TrueRanges();
    return (bar, output) => {
      const middle = prices.next(typicalOf(bar));
      const width = multiplier * ranges.next(trueRanges.next(bar));
      output[0] = middle + width;
      output[1] = middle;
      output[2] = middle - width;
    };
  },
});

/** Donchian channel: highest high and lowest low of the period, today included. */
export const donchian = defineIndicator({
  id: 'donchian',
  name: { ko: '돈치안 채널', en: 'Donchian channel' },
  params: { period: whole(20, 1, 100) },
  outputs: ['upper', 'lower'],
  inputs: ['high', 'low'],
  readyAt: ({ period }) => period,
  start: ({ period }) => {
    const [highest, lowest] = [new RollingExtreme('highest', period), new RollingExtreme('lowest', period)];
    return (bar, output) => {
      output[0] = highest.next(bar.high);
      output[1] = lowest.next(bar.low);
    };
  },
});

/** Acceleration bands: averages of highs and lows pushed apart by `width` times the relative range, and of closes. */
export const accbands = defineIndicator({
  id: 'accbands',
  name: { ko: '가속 밴드', en: 'Acceleration bands' },
  params: { period: whole(20, 1, 100), width: decimal(4, 1, 10, 1) },
  outputs: ['upper', 'middle', 'lower'],
  defaultOutput: 'middle',
  inputs: ['high', 'low', 'close'],
  readyAt: ({ period }) => period,
  start: ({ period, width }) => {
    const [upper, middle, lower] = [new StreamingSma(period), new StreamingSma(period), new StreamingSma(period)];
    return ({ high, low, close }, output) => {
      const both = high + low;
      const push = both === 0 ? 0 : (width * (high - low)) / both;
      output[0] = upper.next(high * (1 + push));
      output[1] = middle.next(close);
      output[2] = lower.next(low * (1 - push));
    };
  },
});
