import { defineIndicator } from '../../definition.ts';
import { StreamingEma } from '../../kernels/ema.ts';
import { whole } from '../../params.ts';
import { chain } from '../../steps/average.ts';
import { ofClose } from '../../steps/of-close.ts';
import { changeOfClose, RateOfChange } from '../../steps/rate-of-change.ts';

/** Change over the period in percent. */
export const roc = defineIndicator({
  id: 'roc',
  name: { ko: '변화율', en: 'Rate of change' },
  params: { period: whole(10, 1, 500) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ period }) => period + 1,
  start: ({ period }) => changeOfClose(period),
});

/** The same as `roc`, under the name that files use: percent, not won. */
export const momentum = defineIndicator({
  id: 'momentum',
  name: { ko: '모멘텀', en: 'Momentum' },
  params: { period: whole(10, 1, 500) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ period }) => period + 1,
  start: ({ period }) => changeOfClose(period),
});

/** Change of one bar, in percent, of a triple exponential average. */
export const trix = defineIndicator({
  id: 'trix',
  name: { ko: 'TRIX', en: 'Triple exponential rate of change' },
  params: { period: whole(15, 1, 100) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ period }) => 3 * period - 1,
  start: ({ period }) => {
    const average = chain(new StreamingEma(period), new StreamingEma(period), new StreamingEma(period));
    const rate = new RateOfChange(1);
    return ofClose((close) => {
      const smooth = average.next(close);
      return Number.isNaN(smooth) ? NaN : rate.next(smooth);
    });
  },
});
