import { defineIndicator } from '../../definition.ts';
import { sma as smaColumn, StreamingSma } from '../../kernels/sma.ts';
import { decimal, whole } from '../../params.ts';
import { chain, LinearAverage } from '../../steps/average.ts';
import { ofClose } from '../../steps/of-close.ts';
import { roundHalfEven } from '../../steps/round-half-even.ts';
import { Window } from '../../steps/window.ts';

/** Simple moving average of closes: the mean of the last `period`. */
export const sma = defineIndicator({
  id: 'sma',
  name: { ko: '단순 이동평균', en: 'Simple moving average' },
  params: { period: whole(20, 1, 500) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ period }) => period,
  start: ({ period }) => {
    const average = new StreamingSma(period);
    return ofClose((close) => average.next(close));
  },
  columns: ({ period }, bars, { value }) => smaColumn(bars.close, period, value),
});

/** Linearly weighted: the newest close weighs `period`, the oldest 1. */
export const lwma = defineIndicator({
  id: 'lwma',
  name: { ko: '선형 가중 이동평균', en: 'Linearly weighted moving average' },
  params: { period: whole(20, 1, 500) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ period }) => period,
  start: ({ period }) => {
    const average = new LinearAverage(period);
    return ofClose((close) => average.next(close));
  },
});

/** Triangular: a simple average of a simple average, whose lengths add up to `period + 1`. */
export const trima = defineIndicator({
  id: 'trima',
  name: { ko: '삼각 이동평균', en: 'Triangular moving average' },
  params: { period: whole(20, 1, 500) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ period }) => period,
  start: ({ period }) => {
    const [first, second] = period % 2 === 0 ? [period / 2, period / 2 + 1] : [(period + 1) / 2, (period + 1) / 2];
    const average = chain(new StreamingSma(first), new StreamingSma(second));
    return ofClose((close) => average.next(close));
  },
});

/** Hull: a linear average over √period of twice the average of half the period less that of the whole. */
export const hma = defineIndicator({
  id: 'hma',
  name: { ko: '헐 이동평균', en: 'Hull moving average' },
  params: { period: whole(20, 2, 500) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ period }) => period + roundHalfEven(Math.sqrt(period)) - 1,
  start: ({ period }) => {
    const half = new LinearAverage(roundHalfEven(period / 2));
    const full = new LinearAverage(period);
    const last = new LinearAverage(roundHalfEven(Math.sqrt(period)));
    return ofClose((close) => {
      const difference = 2 * half.next(close) - full.next(close);
      return Number.isNaN(difference) ? NaN : last.next(difference);
    });
  },
});

/**
 * Arnaud Legoux: weights of a bell whose middle lies at `offset` of the window, rounded down to a bar, and whose width is
 * `period / sigma`; `sigma` is cut off to a whole number, as Lean does.
 */
export const alma = defineIndicator({
  id: 'alma',
  name: { ko: '아르노 르구 이동평균', en: 'Arnaud Legoux moving average' },
  params: { period: whole(9, 1, 500), sigma: decimal(6, 1, 20, 0.1), offset: decimal(0.85, 0, 1, 0.05) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ period }) => period,
  start: ({ period, sigma, offset }) => {
    const middle = Math.floor(offset * (period - 1));
    const width = period / Math.trunc(sigma);
    const weights = Array.from({ length: period }, (_, place) => Math.exp(-((place - middle) ** 2) / (2 * width ** 2)));
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    const window = new Window(period);
    return ofClose((close) => {
      window.push(close);
      return window.isFull ? window.sum((value, ago) => value * (weights[period - 1 - ago] ?? NaN)) / whole : NaN;
    });
  },
});
