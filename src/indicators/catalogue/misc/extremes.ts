import { defineIndicator, type IndicatorDefinition } from '../../definition.ts';
import { whole } from '../../params.ts';
import { ofClose } from '../../steps/of-close.ts';
import { RollingExtreme } from '../../steps/rolling-extreme.ts';
import { Window } from '../../steps/window.ts';

function extremeClose(id: string, kind: 'highest' | 'lowest', name: IndicatorDefinition['name']): IndicatorDefinition {
  return defineIndicator({
    id,
    name,
    params: { period: whole(20, 1, 1000) },
    outputs: ['value'],
    inputs: ['close'],
    readyAt: ({ period }) => period,
    start: ({ period }) => {
      const extreme = new RollingExtreme(kind, period);
      return ofClose((close) => extreme.next(close));
    },
  });
}

/** Highest close of the period, today's included: a close can never be above it. */
export const maximum = extremeClose('maximum', 'highest', { ko: '최고가', en: 'Highest close' });

/** Lowest close of the period, today's included. */
export const minimum = extremeClose('minimum', 'lowest', { ko: '최저가', en: 'Lowest close' });

/** Middle between the highest and the lowest close. */
export const midpoint = defineIndicator({
  id: 'midpoint',
  name: { ko: '중간값', en: 'Middle of closes' },
  params: { period: whole(14, 1, 100) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ period }) => period,
  start: ({ period }) => {
    const [highest, lowest] = [new RollingExtreme('highest', period), new RollingExtreme('lowest', period)];
    return ofClose((close) => (highest.next(close) + lowest.next(close)) / 2);
  },
});

/** Middle between the highest high and the lowest low. */
export const midprice = defineIndicator({
  id: 'midprice',
  name: { ko: '중간가격', en: 'Middle of the range' },
  params: { period: whole(14, 1, 100) },
  outputs: ['value'],
  inputs: ['high', 'low'],
  readyAt: ({ period }) => period,
  start: ({ period }) => {
    const [highest, lowest] = [new RollingExtreme('highest', period), new RollingExtreme('lowest', period)];
    return (bar, output) => {
      output[0] = (highest.next(bar.high) + lowest.next(bar.low)) / 2;
    };
  },
});

/**
 * The latest pivot high and low: a bar whose high (low) no bar on its left reaches, nor one on its right goes beyond. It is
 * known only when the bars on its right have closed, and not told before; NaN until there is one.
 */
export const pivot = defineIndicator({
  id: 'pivot',
  name: { ko: '피봇 포인트', en: 'Pivot points' },
  params: { left_bars: whole(5, 1, 100), right_bars: whole(5, 1, 100) },
  outputs: ['high', 'low'],
  inputs: ['high', 'low'],
  readyAt: ({ left_bars, right_bars }) => 2 * Math.max(left_bars, right_bars) + 1,
  start: ({ left_bars, right_bars }) => {
    const [highs, lows] = [new Window(left_bars + right_bars + 1), new Window(left_bars + right_bars + 1)];
    let [latestHigh, latestLow] = [NaN, NaN];
    return ({ high, low }, output) => {
      highs.push(high);
      lows.push(-low);
      if (isPeak(highs, right_bars)) latestHigh = highs.at(right_bars);
      if (isPeak(lows, right_bars)) latestLow = -lows.at(right_bars);
      output[0] = latestHigh;
      output[1] = latestLow;
    };
  },
});

function isPeak(window: Window, rightBars: number): boolean {
  if (!window.isFull) return false;
  const peak = window.at(rightBars);
  for (let ago = 0; ago < window.length; ago += 1) {
    if (ago < rightBars ? window.at(ago) > peak : ago > rightBars && window.at(ago) >= peak) return false;
  }
  return true;
}
