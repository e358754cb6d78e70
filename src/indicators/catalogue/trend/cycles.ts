import { defineIndicator } from '../../definition.ts';
import { StreamingEma } from '../../kernels/ema.ts';
import { whole } from '../../params.ts';
import { middleOf } from '../../steps/bar-prices.ts';
import { ofClose } from '../../steps/of-close.ts';
import { RollingExtreme } from '../../steps/rolling-extreme.ts';

const schaffSmoothing = 3;

/** Schaff: MACD through two stochastics, each smoothed; every stage runs from the first bar, with 0 for what is not ready. */
export const schaff = defineIndicator({
  id: 'schaff',
  name: { ko: '샤프 추세 사이클', en: 'Schaff trend cycle' },
  params: { cycle: whole(10, 1, 100), fast: whole(23, 1, 100), slow: whole(50, 1, 200) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ cycle, fast, slow }) => Math.max(fast, slow) + cycle - 1,
  start: ({ cycle, fast, slow }) => {
    const [quick, calm] = [new StreamingEma(fast), new StreamingEma(slow)];
    const [first, second] = [cycleStage(cycle), cycleStage(cycle)];
    return ofClose((close) => second(first(orZero(quick.next(close)) - orZero(calm.next(close)))));
  },
});

function orZero(value: number): number {
  return Number.isNaN(value) ? 0 : value;
}

function cycleStage(cycle: number): (value: number) => number {
  const [highest, lowest] = [new RollingExtreme('highest', cycle), new RollingExtreme('lowest', cycle)];
  const average = new StreamingEma(schaffSmoothing);
  return (value) => {
    const [high, low] = [highest.next(value), lowest.next(value)];
    return orZero(average.next(high === low ? 0 : (100 * (value - low)) / (high - low)));
  };
}

const fisherMax = 0.999;

/** Fisher: the place of the price in its range, smoothed, turned into something near a normal distribution. */
export const fisher = defineIndicator({
  id: 'fisher',
  name: { ko: '피셔 변환', en: 'Fisher transform' },
  params: { period: whole(10, 1, 100) },
  outputs: ['value'],
  inputs: ['high', 'low'],
  readyAt: ({ period }) => period,
  start: ({ period }) => {
    const [highest, lowest] = [new RollingExtreme('highest', period), new RollingExtreme('lowest', period)];
    let [place, value, count] = [0, 0, 0];
    return (bar, output) => {
      const price = middleOf(bar);
      const [high, low] = [highest.next(price), lowest.next(price)];
      count += 1;
      // The memory starts with the first full window.
      if (count < period) return;
      const share = high === low ? 0 : (price - low) / (high - low) - 0.5;
      place = Math.min(fisherMax, Math.max(-fisherMax, 0.66 * share + 0.67 * place));
      value = 0.5 * Math.log((1 + place) / (1 - place)) + 0.5 * value;
      output[0] = value;
    };
  },
});
