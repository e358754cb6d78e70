import { symbolOf } from '#domain/instrument.ts';
import type { BacktestOptions } from '../backtest-options.ts';
import type { EquityCurve } from '../bars/equity-curve.ts';
import { ordinaryFills } from '../desk/fill-model.ts';
import { benchmarkOf } from '../metrics/benchmark.ts';
import { fullMetricsOf } from '../metrics/full-metrics.ts';
import { tradableFrom } from '../metrics/tradable-from.ts';
import type { BacktestOutcome, BacktestResult, BacktestSplit } from '../result.ts';
import type { Run } from './start-run.ts';

/** What a run leaves besides its desk and its account. */
export interface Played {
  readonly equity: EquityCurve;
  readonly daysHeld: number;
}

/** Trades, orders, figures, yardstick and log of a run that is over. */
export function outcomeOf(run: Run, { equity: curve, daysHeld }: Played): BacktestOutcome {
  const { options, desk, account, context } = run;
  const { trades } = desk;
  const orders = desk.results();
  const equity = curve.days();
  const benchmark = benchmarkOf(options, run.series, equity);
  const log = context.decisionLog;
  const clockStart = clockStartOf(run, orders);
  return {
    decisionLog: log,
    result: {
      strategy: options.strategy.name,
      symbols: options.strategy.instruments.map((id) => symbolOf(id)),
      from: options.from,
      to: options.to,
      initialCash: options.initialCash,
      tradableFrom: clockStart,
      metrics: fullMetricsOf({
        initialCash: options.initialCash,
        equity,
        benchmark,
        trades,
        splits: splitsOf(options),
        daysHeld,
        fees: account.ledger.feesPaid,
        tax: account.ledger.taxPaid,
        deniedOrders: orders.filter((order) => order.state === 'denied').length,
        tradableFrom: clockStart,
      }),
      equity,
      trades,
      orders,
      benchmark,
      decisionLogSha256: options.sha256(log.map((line) => `${line}\n`).join('')),
      ...(desk.bothInOneBar === 0 ? {} : { bothInOneBar: desk.bothInOneBar }),
      ...(options.dividends === undefined ? {} : { dividends: run.actions.paid }),
      ...chosen(options),
    },
  };
}

/** What was chosen beside the ordinary, so that a result says how it was counted; nothing of a run by the defaults. */
function chosen(options: BacktestOptions): Partial<BacktestResult> {
  const { strategy, fills, splits } = options;
  return {
    ...(strategy.interval === '1d' ? {} : { interval: strategy.interval }),
    ...(fills === undefined ? {} : { fills: { ...ordinaryFills, ...fills } }),
    ...(splits === undefined ? {} : { splits: splitsOf(options) }),
  };
}

function splitsOf({ splits }: BacktestOptions): readonly BacktestSplit[] {
  return (splits ?? []).map(({ instrument, date, from, to }) => ({ symbol: symbolOf(instrument), date, from, to }));
}

/** The day on which the clock of the figures starts; see `tradableFrom`. */
export function clockStartOf({ options, series }: Run, orders: BacktestResult['orders']): number {
  const { strategy, from, to } = options;
  return tradableFrom({ series, warmUpBars: strategy.warmUpBars, from, to, orders });
}
