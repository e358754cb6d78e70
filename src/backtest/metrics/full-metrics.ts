import { benchmarkMetricsOf } from './benchmark-metrics.ts';
import { dailyReturns, recordFrom, type ValueRecord } from './daily-returns.ts';
import { dayMetricsOf } from './day-metrics.ts';
import { headlineOf, type MeasuredRun } from './metrics.ts';
import type { MetricGroups } from './metric-groups.ts';
import type { BacktestMetrics } from '../result.ts';
import { roundTripsOf, type RoundTrip } from './round-trips.ts';
import { sampleOf, type Sample } from './sample.ts';
import { costMetricsOf, tradeMetricsOf } from './trade-metrics.ts';

/** The headline figures with all groups; a sweep, which measures thousands of runs, takes none of them. */
export function fullMetricsOf(run: MeasuredRun): BacktestMetrics & MetricGroups {
  const parts = partsOf(run);
  return { ...headlineOf(run, parts), ...groupsOf(run, parts) };
}

/** What the groups hold, from the record alone. */
export function metricGroupsOf(run: MeasuredRun): MetricGroups {
  return groupsOf(run, partsOf(run));
}

/** What several figures are counted from. */
interface RunParts {
  readonly record: ValueRecord;
  readonly returns: Sample;
  readonly trips: readonly RoundTrip[];
}

function partsOf({ initialCash, equity, trades, splits, tradableFrom }: MeasuredRun): RunParts {
  const record = recordFrom(initialCash, equity, tradableFrom ?? 0);
  return { record, returns: sampleOf(dailyReturns(record)), trips: roundTripsOf(trades, splits) };
}

function groupsOf(run: MeasuredRun, { record, returns, trips }: RunParts): MetricGroups {
  const { initialCash, benchmark, trades, fees, tax } = run;
  const yardstick = recordFrom(initialCash, benchmark, run.tradableFrom ?? 0);
  return {
    perDay: dayMetricsOf(record, returns),
    perTrade: tradeMetricsOf(trips),
    costs: costMetricsOf({ initialCash, trades, fees, tax }),
    againstBenchmark: benchmark.length === 0 ? null : benchmarkMetricsOf(returns, yardstick),
  };
}
