import { defineIndicator } from '../../definition.ts';
import { StreamingEma } from '../../kernels/ema.ts';
import { macd as macdColumns, StreamingMacd } from '../../kernels/macd.ts';
import { StreamingSma } from '../../kernels/sma.ts';
import { fastBelowSlow, whole } from '../../params.ts';
import { closeLocation, middleOf } from '../../steps/bar-prices.ts';
import { ofClose } from '../../steps/of-close.ts';
import { Window } from '../../steps/window.ts';

const fast12 = whole(12, 1, 100);
const slow26 = whole(26, 2, 200);

/** Moving average convergence divergence: a fast average less a slow one, its own average, and their difference. */
export const macd = defineIndicator({
  id: 'macd',
  name: { ko: 'MACD', en: 'Moving average convergence divergence' },
  params: { fast: fast12, slow: slow26, signal: whole(9, 1, 100) },
  problem: fastBelowSlow,
  outputs: ['value', 'signal', 'histogram'],
  inputs: ['close'],
  readyAt: ({ slow, signal }) => slow + signal - 1,
  start: (periods) => {
    const stream = new StreamingMacd(periods);
    return (bar, output) => {
      output[0] = stream.next(bar.close);
      output[1] = stream.signal;
      output[2] = stream.histogram;
    };
  },
  columns: (periods, bars, { value, signal, histogram }) =>
    macdColumns(bars.close, periods, { line: value, signal, histogram }),
});

/** Absolute price oscillator: a fast exponential average less a slow one, in won. */
export const apo = defineIndicator({
  id: 'apo',
  name: { ko: 'APO', en: 'Absolute price oscillator' },
  params: { fast: fast12, slow: slow26 },
  problem: fastBelowSlow,
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ slow }) => 2 * slow - 1,
  start: ({ fast, slow }) => {
    const [quick, calm] = [new StreamingEma(fast), new StreamingEma(slow)];
    return ofClose((close) => quick.next(close) - calm.next(close));
  },
});

/** Percentage price oscillator. Its `signal` and `histogram` are in won, of the difference itself, as in Lean. */
export const ppo = defineIndicator({
  id: 'ppo',
  name: { ko: 'PPO', en: 'Percentage price oscillator' },
  params: { fast: fast12, slow: slow26 },
  problem: fastBelowSlow,
  outputs: ['value', 'signal', 'histogram'],
  inputs: ['close'],
  readyAt: ({ slow }) => 2 * slow - 1,
  start: ({ fast, slow }) => {
    const [quick, calm, average] = [new StreamingEma(fast), new StreamingEma(slow), new StreamingEma(slow)];
    return (bar, output) => {
      const base = calm.next(bar.close);
      const difference = quick.next(bar.close) - base;
      const signal = Number.isNaN(difference) ? NaN : average.next(difference);
      output[0] = (100 * difference) / base;
      output[1] = signal;
      output[2] = difference - signal;
    };
  },
});

/** Awesome oscillator: simple averages of the middle of the bar, fast less slow. */
export const ao = defineIndicator({
  id: 'ao',
  name: { ko: 'AO', en: 'Awesome oscillator' },
  params: { fast: whole(5, 1, 100), slow: whole(34, 1, 200) },
  outputs: ['value'],
  inputs: ['high', 'low'],
  readyAt: ({ fast, slow }) => Math.max(fast, slow),
  start: ({ fast, slow }) => {
    const [quick, calm] = [new StreamingSma(fast), new StreamingSma(slow)];
    return (bar, output) => {
      const middle = middleOf(bar);
      output[0] = quick.next(middle) - calm.next(middle);
    };
  },
});

/** Chaikin: exponential averages of the accumulation line, fast less slow. */
export const cho = defineIndicator({
  id: 'cho',
  name: { ko: '채킨 오실레이터', en: 'Chaikin oscillator' },
  params: { fast: whole(3, 1, 100), slow: whole(10, 1, 200) },
  outputs: ['value'],
  inputs: ['high', 'low', 'close', 'volume'],
  readyAt: ({ fast, slow }) => Math.max(fast, slow),
  start: ({ fast, slow }) => {
    const [quick, calm] = [new StreamingEma(fast), new StreamingEma(slow)];
    let line = 0;
    return (bar, output) => {
      line += closeLocation(bar) * bar.volume;
      output[0] = quick.next(line) - calm.next(line);
    };
  },
});

/** Detrended price: the close of half a period ago, one bar more, less today's average. */
export const dpo = defineIndicator({
  id: 'dpo',
  name: { ko: 'DPO', en: 'Detrended price oscillator' },
  params: { period: whole(20, 1, 100) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ period }) => Math.max(period, Math.floor(period / 2) + 2),
  start: ({ period }) => {
    const shift = Math.floor(period / 2) + 1;
    const window = new Window(shift + 1);
    const average = new StreamingSma(period);
    return ofClose((close) => {
      window.push(close);
      return window.at(shift) - average.next(close);
    });
  },
});

/** Klinger: the force of volume along the trend of typical prices, a fast average less a slow one, and their average. */
export const kvo = defineIndicator({
  id: 'kvo',
  name: { ko: '클링거 거래량 오실레이터', en: 'Klinger volume oscillator' },
  params: { fast: whole(34, 1, 100), slow: whole(55, 1, 200), signal: whole(13, 1, 100) },
  outputs: ['value', 'signal'],
  inputs: ['high', 'low', 'close', 'volume'],
  readyAt: ({ fast, slow }) => Math.max(fast, slow) + 2,
  start: ({ fast, slow, signal }) => {
    const [quick, calm, average] = [new StreamingEma(fast), new StreamingEma(slow), new StreamingEma(signal)];
    const force = volumeForce();
    return (bar, output) => {
      const pushed = force(bar);
      const difference = Number.isNaN(pushed) ? NaN : quick.next(pushed) - calm.next(pushed);
      output[0] = difference;
      // The reference feeds its signal zeros until the averages are ready.
      output[1] = average.next(Number.isNaN(difference) ? 0 : difference);
    };
  },
});

interface ForceBar {
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** NaN for the first two bars: the second sets the trend. */
function volumeForce(): (bar: ForceBar) => number {
  let [sum, trend, measure, span] = [NaN, 0, 0, NaN];
  return ({ high, low, close, volume }) => {
    const [total, previous, before] = [high + low + close, sum, trend];
    const [range, rangeBefore] = [high - low, span];
    [sum, span] = [total, range];
    if (Number.isNaN(previous)) return NaN;
    trend = total > previous ? 1 : -1;
    if (before === 0) {
      measure = range;
      return NaN;
    }
    measure = trend === before ? measure + range : range + rangeBefore;
    if (measure === 0) return 0;
    return volume * Math.abs(2 * (range / measure - 1)) * trend * 100;
  };
}
