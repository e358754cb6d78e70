import { createRequire } from 'node:module';
import { repeated, serveRounds, startClock } from '../harness/contestant.ts';
import { daysOfTwentyYears, madeUpBars } from '../harness/made-up-bars.ts';

/**
 * The cross of two averages by grademark. `readme`: averages by Data-Forge's rolling windows in `prepIndicators`, as its
 * README has it. `precomputed`: they stand in the bars already, made by a plain loop inside the clock; the most that
 * can be done for it.
 */
const require = createRequire(import.meta.url);
const { DataFrame } = require('data-forge');
const { backtest } = require('grademark');
const [manner] = process.argv.slice(2);
const columns = madeUpBars(daysOfTwentyYears, 1);
const bars = Array.from(columns.date, (_, row) => ({
  time: new Date(columns.startsAtMs[row]),
  open: columns.open[row],
  high: columns.high[row],
  low: columns.low[row],
  close: columns.close[row],
  volume: columns.volume[row],
}));

const round = () => {
  const spent = startClock();
  const trades = manner === 'readme' ? asReadme() : precomputed();
  const took = spent();
  const finished = trades.filter(({ exitReason }) => exitReason !== 'finalize');
  const sum = (rows, valueOf) => rows.reduce((total, row) => total + valueOf(row), 0);
  return {
    ...took,
    checksum: {
      'resting-entries': trades.length,
      'resting-exits': finished.length,
      'resting-bought': sum(trades, ({ entryPrice }) => entryPrice),
      'resting-sold': sum(finished, ({ exitPrice }) => exitPrice),
    },
  };
};

await serveRounds(repeated(round));

function asReadme() {
  const averageOf = (closes, period) =>
    closes
      .rollingWindow(period)
      .select((window) => [window.getIndex().last(), window.average()])
      .withIndex(([index]) => index)
      .select(([, average]) => average);
  const prepIndicators = ({ inputSeries }) => {
    const closes = inputSeries.deflate(({ close }) => close);
    return inputSeries
      .withSeries('fast', averageOf(closes, 5))
      .withSeries('slow', averageOf(closes, 20))
      .skip(19)
      .bake();
  };
  let [fastBefore, slowBefore] = [NaN, NaN];
  const crossed = ({ fast, slow }) => {
    const cross = fastBefore <= slowBefore && fast > slow ? 1 : fastBefore >= slowBefore && fast < slow ? -1 : 0;
    [fastBefore, slowBefore] = [fast, slow];
    return cross;
  };
  // grademark asks no rule on the day of a fill, so what was before is looked up in the series and not remembered.
  const prepared = prepIndicators({ inputSeries: new DataFrame(bars) }).toArray();
  const crosses = new Map(prepared.map((bar) => [bar.time, crossed(bar)]));
  return backtest(
    {
      entryRule: (enter, { bar }) => {
        if (crosses.get(bar.time) > 0) enter();
      },
      exitRule: (exit, { bar }) => {
        if (crosses.get(bar.time) < 0) exit();
      },
    },
    new DataFrame(prepared),
  );
}

function precomputed() {
  const [fast, slow] = [averages(5), averages(20)];
  const rows = bars.map((bar, row) => ({
    ...bar,
    isUp: fast[row - 1] <= slow[row - 1] && fast[row] > slow[row],
    isDown: fast[row - 1] >= slow[row - 1] && fast[row] < slow[row],
  }));
  return backtest(
    {
      entryRule: (enter, { bar }) => {
        if (bar.isUp) enter();
      },
      exitRule: (exit, { bar }) => {
        if (bar.isDown) exit();
      },
    },
    new DataFrame(rows),
  );
}

function averages(period) {
  let sum = 0;
  return bars.map(({ close }, row) => {
    sum += close - (bars[row - period]?.close ?? 0);
    return row < period - 1 ? NaN : sum / period;
  });
}
