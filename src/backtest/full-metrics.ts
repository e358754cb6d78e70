import { benchmarkMetricsOf } from './benchmark-metrics.ts';
import { recordFrom } from './daily-returns.ts';
import { dayMetricsOf } from './day-metrics.ts';
import { metricsOf, type MeasuredRun } from './metrics.ts';
import type { MetricGroups } from './metric-groups.ts';
import type { BacktestMetrics } from './result.ts';
import { roundTripsOf } from './round-trips.ts';
import { costMetricsOf, tradeMetricsOf } from './trade-metrics.ts';

/** The headline figures with all groups; a sweep, which measures thousands of runs, takes `metricsOf` alone. */
export function fullMetricsOf(run: MeasuredRun): BacktestMetrics & MetricGroups {
  return { ...metricsOf(run), ...metricGroupsOf(run) };
}

/** What the groups hold, from the record alone. */
export function metricGroupsOf(run: MeasuredRun): MetricGroups {
  const { initialCash, equity, benchmark, trades, fees, tax } = run;
  const start = run.tradableFrom ?? 0;
  const record = recordFrom(initialCash, equity, start);
  return {
    perDay: dayMetricsOf(record),
    perTrade: tradeMetricsOf(roundTripsOf(trades)),
    costs: costMetricsOf({ initialCash, trades, fees, tax }),
    againstBenchmark:
      benchmark.length === 0 ? null : benchmarkMetricsOf(record, recordFrom(initialCash, benchmark, start)),
  };
}
