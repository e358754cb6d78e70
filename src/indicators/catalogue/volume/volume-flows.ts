import { defineIndicator } from '../../definition.ts';
import { decimal, whole } from '../../params.ts';
import { closeLocation, middleOf } from '../../steps/bar-prices.ts';
import { RollingMean } from '../../steps/rolling-mean.ts';
import { RollingSum } from '../../steps/rolling-sum.ts';
import { within } from '../../steps/within.ts';

/** Chaikin's money flow, -1 to 1; 0 without volume. */
export const cmf = defineIndicator({
  id: 'cmf',
  name: { ko: '채킨 자금 흐름', en: 'Chaikin money flow' },
  params: { period: whole(20, 1, 100) },
  outputs: ['value'],
  inputs: ['high', 'low', 'close', 'volume'],
  readyAt: ({ period }) => period,
  start: ({ period }) => {
    const [flows, volumes] = [new RollingSum(period), new RollingSum(period)];
    return (bar, output) => {
      const [flow, volume] = [flows.next(closeLocation(bar) * bar.volume), volumes.next(bar.volume)];
      output[0] = volume === 0 ? 0 : flow / volume;
    };
  },
});

/** Money flow, 0 to 100: the share of turnover on days whose typical price rose; the first bar counts as one, no flow as 100. */
export const mfi = defineIndicator({
  id: 'mfi',
  name: { ko: 'MFI', en: 'Money flow index' },
  params: { period: whole(14, 1, 100) },
  outputs: ['value'],
  inputs: ['high', 'low', 'close', 'volume'],
  readyAt: ({ period }) => period,
  start: ({ period }) => {
    const [rises, falls] = [new RollingSum(period), new RollingSum(period)];
    let previous = -Infinity;
    return ({ high, low, close, volume }, output) => {
      // Three times the typical price: a sum of whole won is exact, and the three cancels out.
      const price = high + low + close;
      const rose = rises.next(price > previous ? price * volume : 0);
      const fell = falls.next(price < previous ? price * volume : 0);
      previous = price;
      output[0] = rose + fell === 0 ? 100 : within(0, 100, (100 * rose) / (rose + fell));
    };
  },
});

/** Volume-weighted average of the bars' mean prices over the period; the mean price itself without volume. */
export const vwap = defineIndicator({
  id: 'vwap',
  name: { ko: '거래량 가중 평균가', en: 'Volume-weighted average price' },
  params: { period: whole(14, 1, 500) },
  outputs: ['value'],
  inputs: ['open', 'high', 'low', 'close', 'volume'],
  readyAt: ({ period }) => period,
  start: ({ period }) => {
    const [turnovers, volumes] = [new RollingSum(period), new RollingSum(period)];
    return ({ open, high, low, close, volume }, output) => {
      const price = (open + high + low + close) / 4;
      const [turnover, shares] = [turnovers.next(price * volume), volumes.next(volume)];
      output[0] = shares === 0 ? price : turnover / shares;
    };
  },
});

/** Volume-weighted average of closes; the close itself without volume. */
export const vwma = defineIndicator({
  id: 'vwma',
  name: { ko: '거래량 가중 이동평균', en: 'Volume-weighted moving average' },
  params: { period: whole(20, 1, 500) },
  outputs: ['value'],
  inputs: ['close', 'volume'],
  readyAt: ({ period }) => period,
  start: ({ period }) => {
    const [turnovers, volumes] = [new RollingSum(period), new RollingSum(period)];
    return ({ close, volume }, output) => {
      const [turnover, shares] = [turnovers.next(close * volume), volumes.next(volume)];
      output[0] = shares === 0 ? close : turnover / shares;
    };
  },
});

/** Ease of movement: how far the middle of the bar moved for its volume, averaged; 0 for a bar without volume or range. */
export const eom = defineIndicator({
  id: 'eom',
  name: { ko: '움직임의 용이성', en: 'Ease of movement' },
  params: { period: whole(14, 1, 100), scale: decimal(10_000, 1, 100_000, 1) },
  outputs: ['value'],
  inputs: ['high', 'low', 'volume'],
  readyAt: ({ period }) => period,
  start: ({ period, scale }) => {
    const average = new RollingMean(period);
    let previous = NaN;
    return (bar, output) => {
      const middle = middleOf(bar);
      const moved = Number.isNaN(previous) ? 0 : middle - previous;
      previous = middle;
      const range = bar.high - bar.low;
      const ease = bar.volume === 0 || range === 0 ? 0 : moved / (bar.volume / scale / range);
      output[0] = average.next(ease);
    };
  },
});
