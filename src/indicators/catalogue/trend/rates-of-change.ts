import { defineIndicator } from '../../definition.ts';
import { whole } from '../../params.ts';
import { LinearAverage } from '../../steps/average.ts';
import { ofClose } from '../../steps/of-close.ts';
import { RateOfChange } from '../../steps/rate-of-change.ts';
import { RollingMean } from '../../steps/rolling-mean.ts';

/** Pring's own: each rate of change is averaged over so many bars, and weighs 1 to 4. */
const kstAverages = [10, 10, 10, 15] as const;
const kstSignal = 9;

/**
 * Know sure thing in its standard form. KIS's backtester hands its arguments over in another order and so computes another
 * line; this is the one its name means.
 */
export const kst = defineIndicator({
  id: 'kst',
  name: { ko: 'KST', en: 'Know sure thing' },
  params: { roc1: whole(10, 1, 100), roc2: whole(15, 1, 100), roc3: whole(20, 1, 100), roc4: whole(30, 1, 100) },
  outputs: ['value', 'signal'],
  inputs: ['close'],
  readyAt: ({ roc1, roc2, roc3, roc4 }) =>
    Math.max(...[roc1, roc2, roc3, roc4].map((period, place) => period + (kstAverages[place] ?? 0))),
  start: ({ roc1, roc2, roc3, roc4 }) => {
    const rates = [roc1, roc2, roc3, roc4].map((period) => new RateOfChange(period));
    const averages = kstAverages.map((period) => new RollingMean(period));
    const signal = new RollingMean(kstSignal);
    return (bar, output) => {
      let value = 0;
      for (const [place, rate] of rates.entries()) {
        const change = rate.next(bar.close);
        value += (place + 1) * (Number.isNaN(change) ? NaN : (averages[place]?.next(change) ?? NaN));
      }
      output[0] = value;
      output[1] = Number.isNaN(value) ? NaN : signal.next(value);
    };
  },
});

/** Coppock: a linear average of two rates of change. */
export const coppock = defineIndicator({
  id: 'coppock',
  name: { ko: '코폭 곡선', en: 'Coppock curve' },
  params: { short_roc: whole(11, 1, 100), long_roc: whole(14, 1, 100), wma: whole(10, 1, 100) },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: ({ short_roc, long_roc, wma }) => Math.max(short_roc, long_roc) + wma,
  start: ({ short_roc, long_roc, wma }) => {
    const [short, long] = [new RateOfChange(short_roc), new RateOfChange(long_roc)];
    const average = new LinearAverage(wma);
    return ofClose((close) => {
      const both = short.next(close) + long.next(close);
      return Number.isNaN(both) ? NaN : average.next(both);
    });
  },
});
