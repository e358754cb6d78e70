import { defineIndicator } from '../../definition.ts';
import { choice } from '../../params.ts';
import { ofClose } from '../../steps/of-close.ts';

/** How many closes in a row rose (or fell) strictly; a close like the one before starts again at 0. */
export const consecutive = defineIndicator({
  id: 'consecutive',
  name: { ko: '연속 상승/하락', en: 'Consecutive rises or falls' },
  params: { direction: choice('up', 'down') },
  outputs: ['value'],
  inputs: ['close'],
  readyAt: () => 2,
  start: ({ direction }) => {
    let previous = NaN;
    let count = 0;
    return ofClose((close) => {
      count = (direction === 'up' ? close > previous : close < previous) ? count + 1 : 0;
      previous = close;
      return count;
    });
  },
});
