import { limitProfiles } from '#backtest/limit-profile.ts';
import type { BacktestAdjustment } from '#backtest/result.ts';
import type { BarInterval } from '#domain/bar.ts';
import { won } from '#domain/won.ts';
import { say } from '#link/language.ts';
import type { TargetStock } from '#strategy/target-stocks.ts';
import type { CodeBacktestJob } from '../code-backtest.ts';
import { firstDay, instrumentOf, lastDay, warnOfGaps } from '../research-bars.ts';
import { cashOf, dayOf, profileOf, wrongOption } from '../research-options.ts';
import { actionsOf } from './action-options.ts';
import { fillsOf, type FillOptions } from './fill-options.ts';
import { intervalOf, runBarsOf, type BarOptions } from './run-bars.ts';

export interface RunOptions extends BarOptions, FillOptions {
  readonly from?: string;
  readonly to?: string;
  readonly cash: string;
  readonly profile: string;
}

/** A backtest that is ready but for its strategy. */
export interface BacktestRun {
  readonly job: CodeBacktestJob;
  readonly symbols: readonly string[];
  readonly interval: BarInterval;
  /** Names by listing code. */
  readonly names: ReadonlyMap<string, string>;
  readonly adjusted: BacktestAdjustment | null;
}

/**
 * @param subject what to run over, and the intervals that its strategy can decide on, the ordinary one first
 * @throws {FixConfiguration} `cli.option`, the codes of `loadBars`, of `actionsOf` and of an adjusted series
 */
export function backtestRun(
  subject: {
    readonly symbols: readonly string[];
    readonly targets: readonly TargetStock[];
    readonly intervals: readonly [BarInterval, ...BarInterval[]];
  },
  options: RunOptions,
): BacktestRun {
  const { symbols, targets, intervals } = subject;
  const interval = chosenInterval(intervals, options.interval);
  const fills = fillsOf(options);
  const [askedFrom, askedTo] = [dayOf('--from', options.from), dayOf('--to', options.to)];
  const [initialCash, limits] = [won(cashOf(options.cash)), limitProfiles[profileOf(options.profile)]];
  const bars = runBarsOf(symbols, options, interval);
  const from = askedFrom ?? firstDay(bars.series);
  const to = askedTo ?? lastDay(bars.series);
  const instruments = symbols.map((symbol) => instrumentOf(symbol, targets, bars));
  warnOfGaps(bars, from, to);
  return {
    job: {
      series: bars.series,
      instruments,
      from,
      to,
      initialCash,
      limits,
      ...(fills === undefined ? {} : { fills }),
      ...actionsOf(options, symbols),
    },
    symbols,
    interval,
    names: new Map(instruments.map(({ symbol, name }) => [symbol, name])),
    adjusted: bars.adjusted,
  };
}

function chosenInterval(intervals: readonly [BarInterval, ...BarInterval[]], text: string | undefined): BarInterval {
  const asked = intervalOf(text);
  if (asked === null) return intervals[0];
  if (intervals.includes(asked)) return asked;
  const known = intervals.join(' | ');
  throw wrongOption('--interval', asked, say(`이 전략이 쓰는 ${known}`, `what this strategy decides on, ${known}`));
}
