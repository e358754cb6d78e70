import { defineIndicator } from '../../definition.ts';
import { evenWhole, whole } from '../../params.ts';
import { middleOf } from '../../steps/bar-prices.ts';
import { GainsAndLosses } from '../../steps/gains-and-losses.ts';
import { ofClose } from '../../steps/of-close.ts';
import { RollingSum } from '../../steps/rolling-sum.ts';
import { Window } from '../../steps/window.ts';

/** Smoothing constants of exponential averages over 2 and 30 bars, between which Kaufman's average moves. */
const kaufmanFast = 2 / 3;
const kaufmanSlow = 2 / 31;

/** Kaufman: the smoother the path, the faster the average. It starts from the close of bar `period`. */
export const kama = defineIndicator({
  id: 'kama',
  name: { ko: '카우프만 적응형 이동평균', en: 'Kaufman adaptive moving average' },
  params: { period: whole(10, 1, 500) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ period }) => period + 1,
  start: ({ period }) => {
    const window = new Window(period + 1);
    const path = new RollingSum(period);
    let average = NaN;
    return ofClose((close) => {
      const step = Math.abs(close - window.at(0));
      window.push(close);
      const walked = Number.isNaN(step) ? 0 : path.next(step);
      if (!window.isFull) return (average = close);
      const change = close - window.at(period);
      const isStraight = walked === 0 || walked <= change;
      const efficiency = isStraight ? 1 : Math.abs(change) / walked;
      const constant = (efficiency * (kaufmanFast - kaufmanSlow) + kaufmanSlow) ** 2;
      return (average += constant * (close - average));
    });
  },
});

/** Chande: an exponential average whose weight follows the strength of the momentum. */
export const vidya = defineIndicator({
  id: 'vidya',
  name: { ko: '변동 지수 이동평균', en: 'Variable index dynamic average' },
  params: { period: whole(14, 1, 500) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ period }) => period + 1,
  start: ({ period }) => {
    const changes = new GainsAndLosses(period);
    let average = NaN;
    return ofClose((close) => {
      changes.next(close);
      if (Number.isNaN(changes.gain)) return (average = close);
      const weight = ((2 / (period + 1)) * Math.abs(changes.momentum)) / 100;
      return (average = weight * close + (1 - weight) * average);
    });
  },
});

/** Ehlers: the weight follows the fractal dimension of the ranges of both halves of an even period. */
export const frama = defineIndicator({
  id: 'frama',
  name: { ko: '프랙탈 적응형 이동평균', en: 'Fractal adaptive moving average' },
  params: { period: evenWhole(16, 2, 500) },
  outputs: ['value'],
  inputs: ['high', 'low'],
  readyAt: ({ period }) => period,
  start: ({ period }) => {
    const [highs, lows] = [new Window(period), new Window(period)];
    const half = period / 2;
    let average = NaN;
    let count = 0;
    return (bar, output) => {
      highs.push(bar.high);
      lows.push(bar.low);
      count += 1;
      const price = middleOf(bar);
      if (count <= period) average = price;
      else {
        const newer = rangeOf(highs, lows, 0, half) / half;
        const older = rangeOf(highs, lows, half, period) / half;
        const weight = weightOf(newer + older, rangeOf(highs, lows, 0, period) / period);
        average = weight * price + (1 - weight) * average;
      }
      output[0] = average;
    };
  },
});

function rangeOf(highs: Window, lows: Window, from: number, to: number): number {
  let [high, low] = [-Infinity, Infinity];
  for (let ago = from; ago < to; ago += 1) {
    high = Math.max(high, highs.at(ago));
    low = Math.min(low, lows.at(ago));
  }
  return high - low;
}

/** Dimension 1 (a straight line) weighs 1; a window without a range has dimension 0 and weighs 1 too. */
function weightOf(halves: number, whole: number): number {
  const dimension = halves > 0 && whole > 0 ? Math.log2(halves / whole) : 0;
  return Math.min(1, Math.max(0.01, Math.exp(Math.log(2 / 199) * (dimension - 1))));
}
