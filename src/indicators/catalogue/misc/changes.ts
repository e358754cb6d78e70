import { defineIndicator } from '../../definition.ts';
import { StreamingSma } from '../../kernels/sma.ts';
import { choice, whole } from '../../params.ts';
import { ofClose } from '../../steps/of-close.ts';
import { changeOfClose } from '../../steps/rate-of-change.ts';
import { Window } from '../../steps/window.ts';

/** Change from the close before, in percent. */
export const change = defineIndicator({
  id: 'change',
  name: { ko: '전일 대비 등락률', en: 'Change of a bar' },
  params: {},
  outputs: ['value'],
  inputs: ['close'],
  readyAt: () => 2,
  start: () => changeOfClose(1),
});

/** Change over the period, in percent: 5 is 5 %. */
export const returns = defineIndicator({
  id: 'returns',
  name: { ko: '수익률', en: 'Return' },
  params: { period: whole(60, 1, 500) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ period }) => period + 1,
  start: ({ period }) => changeOfClose(period),
});

/** Logarithm of the change over the period; at bar `period`, over one bar less, because there is no older close. */
export const logr = defineIndicator({
  id: 'logr',
  name: { ko: '로그 수익률', en: 'Logarithmic return' },
  params: { period: whole(1, 1, 100) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ period }) => period,
  start: ({ period }) => {
    const window = new Window(period + 1);
    return ofClose((close) => {
      window.push(close);
      return Math.log(close / window.at(window.length - 1));
    });
  },
});

/** The close in percent of its simple average. */
export const disparity = defineIndicator({
  id: 'disparity',
  name: { ko: '이격도', en: 'Disparity' },
  params: { period: whole(20, 1, 200) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ period }) => period,
  start: ({ period }) => {
    const average = new StreamingSma(period);
    return ofClose((close) => (100 * close) / average.next(close));
  },
});

/** How many closes in a row rose (or fell) strictly; a close like the one before starts again at 0. */
export const consecutive = defineIndicator({
  id: 'consecutive',
  name: { ko: '연속 상승/하락', en: 'Consecutive rises or falls' },
  params: { direction: choice('up', 'down') },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: () => 2,
  start: ({ direction }) => {
    let [previous, count] = [NaN, 0];
    return ofClose((close) => {
      count = (direction === 'up' ? close > previous : close < previous) ? count + 1 : 0;
      previous = close;
      return count;
    });
  },
});

/** Augen's price spike: the change in deviations of the log returns up to the close before; 0 when they did not deviate. */
export const augen = defineIndicator({
  id: 'augen',
  name: { ko: '오겐 스파이크', en: 'Augen price spike' },
  params: { period: whole(3, 3, 100) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ period }) => period + 2,
  start: ({ period }) => {
    const returns = new Window(period);
    let previous = NaN;
    return ofClose((close) => {
      const before = previous;
      previous = close;
      if (Number.isNaN(before)) return NaN;
      const deviation = populationDeviation(returns);
      returns.push(Math.log(close / before));
      return deviation === 0 ? 0 : (close - before) / (deviation * before);
    });
  },
});

function populationDeviation(window: Window): number {
  if (!window.isFull) return NaN;
  const mean = window.sum() / window.length;
  return Math.sqrt(window.sum((value) => (value - mean) ** 2) / window.length);
}
