import { defineIndicator } from '../../definition.ts';
import { StreamingSma } from '../../kernels/sma.ts';
import { whole } from '../../params.ts';
import { typicalOf } from '../../steps/bar-prices.ts';
import { RollingExtreme } from '../../steps/rolling-extreme.ts';
import { RollingSum } from '../../steps/rolling-sum.ts';
import { TrueRanges } from '../../steps/true-ranges.ts';
import { Window } from '../../steps/window.ts';
import { within } from '../../steps/within.ts';

/** Where the close lies in the range of the last bars (`k`, 0 to 100, 0 when there is none), and its average (`d`). */
export const stochastic = defineIndicator({
  id: 'stochastic',
  name: { ko: '스토캐스틱', en: 'Stochastic oscillator' },
  params: { k_period: whole(14, 1, 100), d_period: whole(3, 1, 100) },
  outputs: ['k', 'd'],
  inputs: ['high', 'low', 'close'],
  readyAt: ({ k_period, d_period }) => k_period + d_period - 1,
  start: ({ k_period, d_period }) => {
    const highest = new RollingExtreme('highest', k_period);
    const lowest = new RollingExtreme('lowest', k_period);
    const average = new StreamingSma(d_period);
    let count = 0;
    return (bar, output) => {
      const [high, low] = [highest.next(bar.high), lowest.next(bar.low)];
      count += 1;
      const k = high === low ? 0 : (100 * (bar.close - low)) / (high - low);
      output[0] = k;
      output[1] = count < k_period ? NaN : within(0, 100, average.next(k));
    };
  },
});

/** Williams %R: how far the close lies below the highest high, 0 to -100 of the range; 0 when there is none. */
export const williamsR = defineIndicator({
  id: 'williams_r',
  name: { ko: '윌리엄스 %R', en: 'Williams %R' },
  params: { period: whole(14, 1, 100) },
  outputs: ['value'],
  inputs: ['high', 'low', 'close'],
  readyAt: ({ period }) => period,
  start: ({ period }) => {
    const highest = new RollingExtreme('highest', period);
    const lowest = new RollingExtreme('lowest', period);
    return (bar, output) => {
      const [high, low] = [highest.next(bar.high), lowest.next(bar.low)];
      output[0] = high === low ? 0 : (-100 * (high - bar.close)) / (high - low);
    };
  },
});

/** Commodity channel: how many mean deviations, times 0.015, the typical price lies off its mean; 0 when none deviates. */
export const cci = defineIndicator({
  id: 'cci',
  name: { ko: 'CCI', en: 'Commodity channel index' },
  params: { period: whole(20, 1, 100) },
  outputs: ['value'],
  inputs: ['high', 'low', 'close'],
  readyAt: ({ period }) => period,
  start: ({ period }) => {
    const window = new Window(period);
    return (bar, output) => {
      const typical = typicalOf(bar);
      window.push(typical);
      const mean = window.sum() / window.length;
      const deviation = window.sum((value) => Math.abs(value - mean)) / window.length;
      // Thirds of whole won are not exact: equal prices leave a deviation of rounding only.
      output[0] = deviation <= Math.abs(mean) * 1e-12 ? 0 : (typical - mean) / (0.015 * deviation);
    };
  },
});

/** Ultimate oscillator: buying pressure over true range of three periods, weighed 4, 2 and 1; 0 to 100. */
export const ultosc = defineIndicator({
  id: 'ultosc',
  name: { ko: '궁극 오실레이터', en: 'Ultimate oscillator' },
  params: { period1: whole(7, 1, 100), period2: whole(14, 1, 100), period3: whole(28, 1, 200) },
  outputs: ['value'],
  inputs: ['high', 'low', 'close'],
  readyAt: ({ period1, period2, period3 }) => Math.max(period1, period2, period3) + 1,
  start: ({ period1, period2, period3 }) => {
    const periods = [period1, period2, period3];
    const pressures = periods.map((period) => new RollingSum(period));
    const ranges = periods.map((period) => new RollingSum(period));
    const trueRanges = new TrueRanges();
    let previousClose = NaN;
    return (bar, output) => {
      const range = trueRanges.next(bar);
      const pressure = bar.close - Math.min(bar.low, previousClose);
      previousClose = bar.close;
      output[0] = NaN;
      if (Number.isNaN(pressure)) return;
      const [a1 = 0, a2 = 0, a3 = 0] = pressures.map((sum, place) => {
        const [pressed, ranged] = [sum.next(pressure), ranges[place]?.next(range) ?? 0];
        return ranged === 0 ? 0 : pressed / ranged;
      });
      output[0] = (100 * (4 * a1 + 2 * a2 + a3)) / 7;
    };
  },
});

/** Relative vigour: the body of the last four bars, weighed 1, 2, 2, 1, over their range; 0 when there is none. */
export const rvi = defineIndicator({
  id: 'rvi',
  name: { ko: 'RVI', en: 'Relative vigour index' },
  params: { period: whole(10, 1, 100) },
  outputs: ['value'],
  inputs: ['open', 'high', 'low', 'close'],
  readyAt: ({ period }) => period + 3,
  start: ({ period }) => {
    const [bodies, spans] = [new Window(4), new Window(4)];
    const [bodySum, spanSum] = [new RollingSum(period), new RollingSum(period)];
    return (bar, output) => {
      bodies.push(bar.close - bar.open);
      spans.push(bar.high - bar.low);
      output[0] = NaN;
      if (!bodies.isFull) return;
      // Both lack the same division by 6 and by the period.
      const [body, span] = [bodySum.next(vigour(bodies)), spanSum.next(vigour(spans))];
      output[0] = span === 0 ? 0 : body / span;
    };
  },
});

function vigour(window: Window): number {
  return window.at(0) + 2 * window.at(1) + 2 * window.at(2) + window.at(3);
}

/** Aroon: how lately the highest high and the lowest low came, 100 for today; `value` is their difference. */
export const aroon = defineIndicator({
  id: 'aroon',
  name: { ko: '아룬', en: 'Aroon' },
  params: { up_period: whole(25, 1, 100), down_period: whole(25, 1, 100) },
  outputs: ['value', 'aroon_up', 'aroon_down'],
  inputs: ['high', 'low'],
  readyAt: ({ up_period, down_period }) => Math.max(up_period, down_period) + 1,
  start: ({ up_period, down_period }) => {
    const highest = new RollingExtreme('highest', up_period + 1);
    const lowest = new RollingExtreme('lowest', down_period + 1);
    return (bar, output) => {
      highest.next(bar.high);
      lowest.next(bar.low);
      const up = (100 * (up_period - highest.age)) / up_period;
      const down = (100 * (down_period - lowest.age)) / down_period;
      output[0] = up - down;
      output[1] = up;
      output[2] = down;
    };
  },
});
