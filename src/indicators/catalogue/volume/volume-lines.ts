import { defineIndicator, type IndicatorDefinition } from '../../definition.ts';
import { StreamingEma } from '../../kernels/ema.ts';
import { whole } from '../../params.ts';
import { closeLocation } from '../../steps/bar-prices.ts';

/** On-balance volume: shares of rising days less those of falling ones, from the first bar's on. */
export const obv = defineIndicator({
  id: 'obv',
  name: { ko: 'OBV', en: 'On-balance volume' },
  params: {},
  outputs: ['value'],
  inputs: ['close', 'volume'],
  readyAt: () => 1,
  start: () => {
    let [previous, sum] = [NaN, 0];
    return ({ close, volume }, output) => {
      if (Number.isNaN(previous) || close > previous) sum += volume;
      else if (close < previous) sum -= volume;
      previous = close;
      output[0] = sum;
    };
  },
});

/** Accumulation and distribution: volume by where the bar closed in its range, added up. */
function accumulation(id: string, name: IndicatorDefinition['name']): IndicatorDefinition {
  return defineIndicator({
    id,
    name,
    params: {},
    outputs: ['value'],
    inputs: ['high', 'low', 'close', 'volume'],
    readyAt: () => 1,
    start: () => {
      let sum = 0;
      return (bar, output) => {
        sum += closeLocation(bar) * bar.volume;
        output[0] = sum;
      };
    },
  });
}

export const ad = accumulation('ad', { ko: '누적/분산', en: 'Accumulation and distribution' });

/** The same line under the other id that files use. */
export const adl = accumulation('adl', { ko: '누적/분산 라인', en: 'Accumulation and distribution line' });

/** Force index: an exponential average of the change of the close times the volume. */
export const force = defineIndicator({
  id: 'force',
  name: { ko: '포스 인덱스', en: 'Force index' },
  params: { period: whole(13, 1, 100) },
  outputs: ['value'],
  inputs: ['close', 'volume'],
  readyAt: ({ period }) => period + 1,
  start: ({ period }) => {
    const average = new StreamingEma(period);
    let previous = NaN;
    return ({ close, volume }, output) => {
      const change = close - previous;
      previous = close;
      output[0] = Number.isNaN(change) ? NaN : average.next(change * volume);
    };
  },
});
