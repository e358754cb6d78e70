import { defineIndicator } from '../../definition.ts';
import { whole } from '../../params.ts';
import { Window } from '../../steps/window.ts';

/** Internal bar strength: where the bar closed in its range, 0 to 1; 0.5 without one. */
export const ibs = defineIndicator({
  id: 'ibs',
  name: { ko: 'IBS', en: 'Internal bar strength' },
  params: {},
  outputs: ['value'],
  inputs: ['high', 'low', 'close'],
  readyAt: () => 1,
  start: () => {
    return ({ high, low, close }, output) => {
      output[0] = high === low ? 0.5 : (close - low) / (high - low);
    };
  },
});

/** Balance of power: the body over the range, -1 to 1; 0 without a range. */
export const bop = defineIndicator({
  id: 'bop',
  name: { ko: '힘의 균형', en: 'Balance of power' },
  params: {},
  outputs: ['value'],
  inputs: ['open', 'high', 'low', 'close'],
  readyAt: () => 1,
  start: () => {
    return ({ open, high, low, close }, output) => {
      output[0] = high === low ? 0 : (close - open) / (high - low);
    };
  },
});

/** Least squares through the closes of the period at x = 1 to `period`: the line's end, slope and value at 0. */
export const regression = defineIndicator({
  id: 'regression',
  name: { ko: '선형 회귀', en: 'Linear regression' },
  params: { period: whole(14, 2, 100) },
  outputs: ['value', 'slope', 'intercept'],
  inputs: ['close'],
  readyAt: ({ period }) => period,
  start: ({ period }) => {
    const window = new Window(period);
    const places = (period * (period + 1)) / 2;
    const spread = period * ((period * (period + 1) * (2 * period + 1)) / 6) - places * places;
    return (bar, output) => {
      window.push(bar.close);
      const sum = window.sum();
      const weighed = window.sum((value, ago) => value * (period - ago));
      const slope = (period * weighed - places * sum) / spread;
      const intercept = (sum - slope * places) / period;
      output[0] = intercept + slope * period;
      output[1] = slope;
      output[2] = intercept;
    };
  },
});
