import { defineIndicator } from '../../definition.ts';
import { whole } from '../../params.ts';
import { ofClose } from '../../steps/of-close.ts';
import { RollingSum } from '../../steps/rolling-sum.ts';
import { Window } from '../../steps/window.ts';

/** Population variance of closes, in won squared. */
export const variance = defineIndicator({
  id: 'variance',
  name: { ko: '분산', en: 'Variance' },
  params: { period: whole(20, 1, 100) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ period }) => period,
  start: ({ period }) => ofClose(runningVariance(period)),
});

/** Population standard deviation of closes, in won. */
export const std = defineIndicator({
  id: 'std',
  name: { ko: '표준편차', en: 'Standard deviation' },
  params: { period: whole(20, 1, 100) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ period }) => period,
  start: ({ period }) => {
    const next = runningVariance(period);
    return ofClose((close) => Math.sqrt(next(close)));
  },
});

/** (n·Σx² − (Σx)²) / n²: sums of whole won are exact, so that a flat window has a variance of exactly 0. */
function runningVariance(period: number): (close: number) => number {
  const [sums, squares] = [new RollingSum(period), new RollingSum(period)];
  return (close) => {
    const [sum, square] = [sums.next(close), squares.next(close * close)];
    return Math.max(period * square - sum * sum, 0) / (period * period);
  };
}

/** Sample deviation of the last daily returns, a fraction (0.02 is 2 %), of fewer until there are `period`. */
export const volatilityInd = defineIndicator({
  id: 'volatility_ind',
  name: { ko: '변동성', en: 'Volatility of returns' },
  params: { period: whole(10, 1, 100) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: () => 2,
  start: ({ period }) => {
    const returns = new Window(period);
    let previous = NaN;
    return ofClose((close) => {
      const change = close / previous - 1;
      previous = close;
      if (!Number.isNaN(change)) returns.push(change);
      return sampleDeviation(returns);
    });
  },
});

function sampleDeviation(window: Window): number {
  const { length } = window;
  if (length < 2) return 0;
  const mean = window.sum() / length;
  return Math.sqrt(window.sum((value) => (value - mean) ** 2) / (length - 1));
}
