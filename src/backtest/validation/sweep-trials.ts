import type { BarSeries } from '#domain/bar.ts';
import { invariant } from '#domain/invariant.ts';
import { roundTripsOf } from '../round-trips.ts';
import { MarketDays } from '../sweep/market-days.ts';
import { runSweep } from '../sweep/run-sweep.ts';
import type { SweepOptions, SweepRun } from '../sweep/sweep.ts';
import { rowAtOrAfter } from '../timeline.ts';
import type { ClosedProfits, DaySpan, RunTrials, Trial, TrialRecord } from './trial.ts';

export type SweepTrialsOptions = Omit<SweepOptions, 'combinations' | 'from' | 'to' | 'keep' | 'onRun'>;

/**
 * Trials by the sweep: each instrument is a backtest of its own with its own cash, and a trial's account is their sum. On
 * a day on which an instrument has no bar its account stays what it was; one that has no bar in the span at all keeps
 * its cash.
 *
 * @param onRun told of each run of one trial on one instrument
 * @throws {FixConfiguration} when run, the codes of `checkOptions`; `backtest.no-bars` also comes when no instrument has a
 *   bar in the span
 */
export function sweepTrials(
  options: SweepTrialsOptions,
  onRun?: () => void,
): {
  readonly runTrials: RunTrials;
  readonly closedProfits: ClosedProfits;
} {
  const days = new MarketDays();
  const swept = (trials: readonly Trial[], span: DaySpan, keep: 'equity' | 'trades') => {
    const listed = options.series.filter((one) => rowsOf(one, span).length > 0);
    // With no bar at all the sweep itself says which.
    const series = listed.length === 0 ? options.series : listed;
    const combinations = trials.map(({ parameters }) => parameters);
    const runs = runSweep(
      { ...options, series, combinations, ...span, keep, ...(onRun === undefined ? {} : { onRun }) },
      days,
    );
    return { series, runs };
  };
  return {
    runTrials(trials, span) {
      const { series, runs } = swept(trials, span, 'equity');
      const dates = datesOf(series, span);
      const initialCash = options.initialCash * options.series.length;
      const asleep = options.initialCash * (options.series.length - series.length);
      const places = series.map((one) => placesOf(rowsOf(one, span), dates));
      return trials.map((_, trial): TrialRecord | null => {
        const values = new Float64Array(dates.length).fill(asleep);
        for (const [index, rows] of places.entries()) {
          const run = runs[index * trials.length + trial];
          if (run?.kind !== 'run') return null;
          add(values, equityOf(run, rows.length), rows, options.initialCash);
        }
        return { initialCash, dates, values };
      });
    },
    closedProfits(trial, span) {
      const { runs } = swept([trial], span, 'trades');
      const trades = runs.flatMap((run) =>
        run.kind === 'run' ? (run.trades ?? []).map((one) => ({ ...one, symbol: run.symbol, reason: '' })) : [],
      );
      return roundTripsOf(trades.toSorted((a, b) => a.date - b.date)).map(({ profit }) => profit);
    },
  };
}

/** Days of the series in the span. */
function rowsOf(series: BarSeries, { from, to }: DaySpan): Int32Array {
  return Int32Array.from(series.date.subarray(rowAtOrAfter(series, from), rowAtOrAfter(series, to + 1)));
}

function datesOf(series: readonly BarSeries[], span: DaySpan): Int32Array {
  const [only] = series;
  if (only !== undefined && series.length === 1) return rowsOf(only, span);
  return Int32Array.from(new Set(series.flatMap((one) => [...rowsOf(one, span)]))).sort();
}

/** Where each of `own` stands among `dates`, which holds them all. */
function placesOf(own: Int32Array, dates: Int32Array): Int32Array {
  let place = 0;
  return own.map((date) => {
    while (dates[place] !== date && place < dates.length) place += 1;
    return place;
  });
}

function equityOf(run: Extract<SweepRun, { kind: 'run' }>, days: number): Float64Array {
  invariant(run.equity?.length === days, `${run.equity?.length ?? 0} values of ${days} days of ${run.symbol}`);
  return run.equity;
}

/** Adds one account to the sum; `places` says to which day each of its values belongs. */
function add(values: Float64Array, equity: Float64Array, places: Int32Array, initialCash: number): void {
  let [row, value] = [0, initialCash];
  for (let day = 0; day < values.length; day += 1) {
    if (places[row] === day) {
      value = equity[row] ?? value;
      row += 1;
    }
    values[day] = (values[day] ?? 0) + value;
  }
}
