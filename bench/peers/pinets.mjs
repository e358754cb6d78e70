import { PineTS } from 'pinets';
import { repeated, serveRounds, startClock } from '../harness/contestant.ts';
import { daysOfTwentyYears, madeUpBars } from '../harness/made-up-bars.ts';

/** The cross of two averages by PineTS, from native Pine Script; it transpiles the script in every run. */
const script = `//@version=6
strategy("cross", initial_capital = 100000000, default_qty_type = strategy.fixed, default_qty_value = 1)
fast = ta.sma(close, 5)
slow = ta.sma(close, 20)
if ta.crossover(fast, slow)
    strategy.entry("L", strategy.long)
if ta.crossunder(fast, slow)
    strategy.close("L")
`;
const columns = madeUpBars(daysOfTwentyYears, 1);
const bars = Array.from(columns.date, (_, row) => ({
  openTime: columns.startsAtMs[row],
  closeTime: columns.startsAtMs[row] + 86_399_999,
  open: columns.open[row],
  high: columns.high[row],
  low: columns.low[row],
  close: columns.close[row],
  volume: columns.volume[row],
}));

const round = async () => {
  const spent = startClock();
  const { strategy } = await new PineTS(bars, 'MADE-UP', 'D').run(script);
  const took = spent();
  const { closedtrades, opentrades } = strategy;
  const sum = (rows, valueOf) => rows.reduce((total, row) => total + valueOf(row), 0);
  return {
    ...took,
    checksum: {
      entries: closedtrades.length + opentrades.length,
      exits: closedtrades.length,
      bought: sum([...closedtrades, ...opentrades], (trade) => trade.entry_price),
      sold: sum(closedtrades, (trade) => trade.exit_price),
    },
  };
};

await serveRounds(repeated(round));
