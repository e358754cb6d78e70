import { defineIndicator } from '../../definition.ts';
import { whole } from '../../params.ts';
import { Window } from '../../steps/window.ts';

/** Beta: covariance of the daily returns with those of the benchmark over the variance of the latter; 0 if that is 0. */
export const beta = defineIndicator({
  id: 'beta',
  name: { ko: '베타', en: 'Beta' },
  params: { period: whole(252, 2, 500) },
  outputs: ['value'],
  inputs: ['close', 'benchmark'],
  readyAt: ({ period }) => period + 1,
  start: ({ period }) => {
    const next = runningBeta(period);
    return ({ close, benchmark }, output) => {
      output[0] = next(close, benchmark);
    };
  },
});

/** Alpha a bar: the change over the period less `beta` times that of the benchmark, divided by the period; no interest. */
export const alpha = defineIndicator({
  id: 'alpha',
  name: { ko: '알파', en: 'Alpha' },
  params: { period: whole(252, 2, 500) },
  outputs: ['value'],
  inputs: ['close', 'benchmark'],
  readyAt: ({ period }) => period + 1,
  start: ({ period }) => {
    const next = runningBeta(period);
    const [closes, levels] = [new Window(period + 1), new Window(period + 1)];
    return ({ close, benchmark }, output) => {
      closes.push(close);
      levels.push(benchmark);
      const own = close / closes.at(period) - 1;
      const market = benchmark / levels.at(period) - 1;
      output[0] = own / period - (next(close, benchmark) * market) / period;
    };
  },
});

/** Over samples of daily simple returns; both divisors are the same and cancel out. */
function runningBeta(period: number): (close: number, benchmark: number) => number {
  const [own, market] = [new Window(period), new Window(period)];
  let [previousClose, previousLevel] = [NaN, NaN];
  return (close, benchmark) => {
    const [change, move] = [close / previousClose - 1, benchmark / previousLevel - 1];
    [previousClose, previousLevel] = [close, benchmark];
    if (Number.isNaN(change)) return NaN;
    own.push(change);
    market.push(move);
    const [ownMean, marketMean] = [own.sum() / own.length, market.sum() / market.length];
    const spread = market.sum((value) => (value - marketMean) ** 2);
    if (spread === 0) return 0;
    return market.sum((value, ago) => (value - marketMean) * (own.at(ago) - ownMean)) / spread;
  };
}
