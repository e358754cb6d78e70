import { defineIndicator } from '../../definition.ts';
import { ema as emaColumn, StreamingEma } from '../../kernels/ema.ts';
import { decimal, whole } from '../../params.ts';
import { chain, emaLadder, WilderAverage, type Average } from '../../steps/average.ts';
import { ofClose } from '../../steps/of-close.ts';
import { roundHalfEven } from '../../steps/round-half-even.ts';
import { Window } from '../../steps/window.ts';

/** Exponential: `previous + (close - previous) × 2 / (period + 1)`, the first being the mean of `period` closes. */
export const ema = defineIndicator({
  id: 'ema',
  name: { ko: '지수 이동평균', en: 'Exponential moving average' },
  params: { period: whole(20, 1, 500) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ period }) => period,
  start: ({ period }) => {
    const average = new StreamingEma(period);
    return ofClose((close) => average.next(close));
  },
  columns: ({ period }, bars, { value }) => emaColumn(bars.close, period, value),
});

/** Double exponential: `2·E1 - E2`. */
export const dema = defineIndicator({
  id: 'dema',
  name: { ko: '이중 지수 이동평균', en: 'Double exponential moving average' },
  params: { period: whole(20, 1, 500) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ period }) => 2 * period - 1,
  start: ({ period }) => {
    const ladder = emaLadder(period, 2);
    return ofClose((close) => {
      const [e1 = NaN, e2 = NaN] = ladder.next(close);
      return 2 * e1 - e2;
    });
  },
});

/** Triple exponential: `3·E1 - 3·E2 + E3`. */
export const tema = defineIndicator({
  id: 'tema',
  name: { ko: '삼중 지수 이동평균', en: 'Triple exponential moving average' },
  params: { period: whole(20, 1, 500) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ period }) => 3 * period - 2,
  start: ({ period }) => {
    const ladder = emaLadder(period, 3);
    return ofClose((close) => {
      const [e1 = NaN, e2 = NaN, e3 = NaN] = ladder.next(close);
      return 3 * e1 - 3 * e2 + e3;
    });
  },
});

/** Tillson's T3: the generalised double average, three times over. */
export const t3 = defineIndicator({
  id: 't3',
  name: { ko: 'T3 이동평균', en: 'T3 moving average' },
  params: { period: whole(10, 1, 500), volume_factor: decimal(0.7, 0, 1, 0.1) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ period }) => 6 * (period - 1) + 1,
  start: ({ period, volume_factor }) => {
    const average = chain(
      generalisedDouble(period, volume_factor),
      generalisedDouble(period, volume_factor),
      generalisedDouble(period, volume_factor),
    );
    return ofClose((close) => average.next(close));
  },
});

/** `(1 + v)·E1 - v·E2`. */
function generalisedDouble(period: number, factor: number): Average {
  const ladder = emaLadder(period, 2);
  return {
    next(value) {
      const [e1 = NaN, e2 = NaN] = ladder.next(value);
      return (1 + factor) * e1 - factor * e2;
    },
  };
}

/** Zero lag: the exponential average of `2·close - close[lag]`, `lag` being half of `period - 1`. */
export const zlema = defineIndicator({
  id: 'zlema',
  name: { ko: '제로 래그 이동평균', en: 'Zero-lag exponential moving average' },
  params: { period: whole(20, 1, 500) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ period }) => period + roundHalfEven((period - 1) / 2),
  start: ({ period }) => {
    const lag = roundHalfEven((period - 1) / 2);
    const window = new Window(lag + 1);
    const average = new StreamingEma(period);
    return ofClose((close) => {
      window.push(close);
      return window.isFull ? average.next(2 * close - window.at(lag)) : NaN;
    });
  },
});

/** Wilder's average; the id is the file format's, which does not mean a weighted one by it. */
export const wma = defineIndicator({
  id: 'wma',
  name: { ko: '와일더 이동평균', en: "Wilder's moving average" },
  params: { period: whole(14, 1, 500) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ period }) => period,
  start: ({ period }) => {
    const average = new WilderAverage(period);
    return ofClose((close) => average.next(close));
  },
});
