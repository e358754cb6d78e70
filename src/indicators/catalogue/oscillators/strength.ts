import { defineIndicator } from '../../definition.ts';
import { StreamingEma } from '../../kernels/ema.ts';
import { rsi as rsiColumn, StreamingRsi } from '../../kernels/rsi.ts';
import { StreamingSma } from '../../kernels/sma.ts';
import { whole } from '../../params.ts';
import { chain } from '../../steps/average.ts';
import { GainsAndLosses } from '../../steps/gains-and-losses.ts';
import { ofClose } from '../../steps/of-close.ts';
import { RollingExtreme } from '../../steps/rolling-extreme.ts';
import { within } from '../../steps/within.ts';

/** Wilder's relative strength, 0 to 100. */
export const rsi = defineIndicator({
  id: 'rsi',
  name: { ko: 'RSI', en: 'Relative strength index' },
  params: { period: whole(14, 2, 100) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ period }) => period + 1,
  start: ({ period }) => {
    const strength = new StreamingRsi(period);
    return ofClose((close) => strength.next(close));
  },
  columns: ({ period }, bars, { value }) => rsiColumn(bars.close, period, value),
});

/** Chande's momentum with Wilder's averages, -100 to 100. */
export const cmo = defineIndicator({
  id: 'cmo',
  name: { ko: 'CMO', en: 'Chande momentum oscillator' },
  params: { period: whole(14, 1, 100) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ period }) => period + 1,
  start: ({ period }) => {
    const changes = new GainsAndLosses(period);
    return ofClose((close) => {
      changes.next(close);
      return changes.momentum;
    });
  },
});

/** Where the relative strength lies in its own range, smoothed (`k`) and smoothed again (`d`), 0 to 100. */
export const stochrsi = defineIndicator({
  id: 'stochrsi',
  name: { ko: '스토캐스틱 RSI', en: 'Stochastic RSI' },
  params: {
    rsi_period: whole(14, 2, 100),
    stoch_period: whole(14, 1, 100),
    k_period: whole(3, 1, 100),
    d_period: whole(3, 1, 100),
  },
  outputs: ['k', 'd'],
  inputs: ['close'],
  readyAt: ({ rsi_period, stoch_period, k_period, d_period }) =>
    rsi_period + stoch_period + Math.max(k_period, d_period),
  start: ({ rsi_period, stoch_period, k_period, d_period }) => {
    const strength = new StreamingRsi(rsi_period);
    const highest = new RollingExtreme('highest', stoch_period);
    const lowest = new RollingExtreme('lowest', stoch_period);
    const [smoothK, smoothD] = [new StreamingSma(k_period), new StreamingSma(d_period)];
    let seen = 0;
    return (bar, output) => {
      const value = strength.next(bar.close);
      output.fill(NaN);
      if (Number.isNaN(value)) return;
      const [high, low] = [highest.next(value), lowest.next(value)];
      seen += 1;
      if (seen < stoch_period) return;
      const k = smoothK.next(high === low ? 100 : (100 * (value - low)) / (high - low));
      output[0] = within(0, 100, k);
      if (!Number.isNaN(k)) output[1] = within(0, 100, smoothD.next(k));
    };
  },
});

/** True strength: the change smoothed twice, in percent of its size smoothed twice. */
export const tsi = defineIndicator({
  id: 'tsi',
  name: { ko: 'TSI', en: 'True strength index' },
  params: { long_period: whole(25, 1, 100), short_period: whole(13, 1, 100), signal_period: whole(7, 1, 100) },
  outputs: ['value', 'signal'],
  inputs: ['close'],
  readyAt: ({ long_period, short_period }) => long_period + short_period,
  start: ({ long_period, short_period, signal_period }) => {
    const moves = chain(new StreamingEma(long_period), new StreamingEma(short_period));
    const sizes = chain(new StreamingEma(long_period), new StreamingEma(short_period));
    const average = new StreamingEma(signal_period);
    let previous = NaN;
    return (bar, output) => {
      const change = bar.close - previous;
      previous = bar.close;
      output.fill(NaN);
      if (Number.isNaN(change)) return;
      const [move, size] = [moves.next(change), sizes.next(Math.abs(change))];
      if (Number.isNaN(move)) return;
      const value = size === 0 ? 0 : within(-100, 100, (100 * move) / size);
      output[0] = value;
      output[1] = average.next(value);
    };
  },
});
