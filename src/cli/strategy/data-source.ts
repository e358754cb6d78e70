import type { ReportStudies } from '#backtest/report/report-input.ts';
import type { BarInterval, BarSeries } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { IndexCloses } from '#strategy/rules/index-closes.ts';
import type { RuleProgram } from '#strategy/rules/program.ts';
import type { Strategy } from '#strategy/strategy.ts';
import type { TargetStock } from '#strategy/target-stocks.ts';

/** A strategy of our own code over the person's data: runs in this process. */
export interface DataSource {
  readonly kind: 'data';
  readonly targets: readonly TargetStock[];
  /** What it can decide on; the first unless another is asked for. */
  readonly intervals: readonly [BarInterval, ...BarInterval[]];
  /** Fresh for each run; `interval` is one of `intervals`, the first when left out. */
  readonly start: (instruments: readonly InstrumentId[], interval?: BarInterval, index?: IndexCloses) => Strategy;
  /** Of rules that are written as data; left out for everything else. */
  readonly program?: RuleProgram;
  /** Columns and conditions for a report, where they are known better than by the strategy's readings. */
  readonly studies?: (series: readonly BarSeries[]) => readonly ReportStudies[];
}
