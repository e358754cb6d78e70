import { defineIndicator } from '../../definition.ts';
import { sma as smaColumn, StreamingSma } from '../../kernels/sma.ts';
import { whole } from '../../params.ts';
import { ofClose } from '../../steps/of-close.ts';

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
