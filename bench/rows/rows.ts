import type { BenchMode, BenchRow } from '../harness/row.ts';
import { durableAppendRow } from './durable-append.ts';
import { durableOrderRow } from './durable-order.ts';
import { eventBacktestRow } from './event-backtest.ts';
import { indicatorsRow } from './indicators.ts';
import { loadBarsRow } from './load-bars.ts';
import { sweepRow } from './sweep.ts';
import { tickInHandRow, tickToIntentRow } from './tick-to-intent.ts';
import { wholeMarketRow } from './whole-market.ts';

/** Every row, in the order in which they are run. */
export function rowsOf(mode: BenchMode): readonly BenchRow[] {
  return [
    indicatorsRow(mode),
    eventBacktestRow(mode),
    sweepRow(mode),
    wholeMarketRow(mode),
    loadBarsRow(mode),
    durableAppendRow(mode),
    durableOrderRow(mode),
    tickToIntentRow(mode),
    tickInHandRow(mode),
  ];
}
