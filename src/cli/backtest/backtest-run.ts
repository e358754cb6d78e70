import { limitProfiles } from '#backtest/limit-profile.ts';
import type { BacktestAdjustment, BacktestListing } from '#backtest/result.ts';
import type { BarInterval } from '#domain/bar.ts';
import type { Instrument } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import { say } from '#link/language.ts';
import { presumedListing } from '#markets/presumed-listing.ts';
import type { TargetStock } from '#strategy/target-stocks.ts';
import type { CodeBacktestJob } from './code-backtest.ts';
import { listingsOf } from '../research/listing-option.ts';
import { instrumentsOf, warnOfGaps } from '../bars/research-bars.ts';
import { cashOf, dayOf, profileOf, someSymbols, wrongOption } from '../research/research-options.ts';
import { spanOf } from '../research/research-span.ts';
import { actionsOf } from './action-options.ts';
import { fillsOf, type FillOptions } from './fill-options.ts';
import { intervalOf, runBarsOf, type BarOptions } from './run-bars.ts';

export interface RunOptions extends BarOptions, FillOptions {
  readonly from?: string;
  readonly to?: string;
  readonly cash: string;
  readonly profile: string;
  readonly listing?: readonly string[];
}

/** A backtest that is ready but for its strategy. */
export interface BacktestRun {
  readonly job: CodeBacktestJob;
  readonly symbols: readonly string[];
  readonly interval: BarInterval;
  /** Names by listing code. */
  readonly names: ReadonlyMap<string, string>;
  readonly adjusted: BacktestAdjustment | null;
  /** What was taken for what without a table of ours. */
  readonly listings: readonly BacktestListing[];
}

/**
 * @param subject what to run over, and the intervals that its strategy can decide on, the ordinary one first
 * @throws {FixConfiguration} `cli.option`, the codes of `loadBars`, of `actionsOf` and of an adjusted series
 */
export async function backtestRun(
  subject: {
    readonly symbols: readonly string[];
    readonly targets: readonly TargetStock[];
    readonly intervals: readonly [BarInterval, ...BarInterval[]];
  },
  options: RunOptions,
): Promise<BacktestRun> {
  const { targets, intervals } = subject;
  const symbols = someSymbols(subject.symbols);
  const interval = chosenInterval(intervals, options.interval);
  const fills = fillsOf(options);
  // Before any bar is read: a wrong day is told at once.
  for (const option of ['from', 'to'] as const) dayOf(`--${option}`, options[option]);
  const [initialCash, limits] = [won(cashOf(options.cash)), limitProfiles[profileOf(options.profile)]];
  const bars = await runBarsOf(symbols, options, interval);
  const { from, to } = spanOf(options, bars.series);
  const hints = { targets, bars, listings: listingsOf(options.listing) };
  const instruments = instrumentsOf(symbols, hints);
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
    listings: instruments.filter((one) => isPresumed(one, hints.listings)).map(listingFactsOf),
  };
}

function isPresumed({ symbol, name }: Instrument, listings: ReadonlyMap<string, unknown>): boolean {
  return listings.has(symbol) || presumedListing(symbol, name).because !== 'table';
}

function listingFactsOf({ symbol, market, kind, leverage }: Instrument): BacktestListing {
  return { symbol, market, kind, leverage };
}

function chosenInterval(intervals: readonly [BarInterval, ...BarInterval[]], text: string | undefined): BarInterval {
  const asked = intervalOf(text);
  if (asked === null) return intervals[0];
  if (intervals.includes(asked)) return asked;
  const known = intervals.join(' | ');
  throw wrongOption('--interval', asked, say(`이 전략이 쓰는 ${known}`, `what this strategy decides on, ${known}`));
}
