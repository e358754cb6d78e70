import type { BarSeries } from '#domain/bar.ts';
import { invariant } from '#domain/invariant.ts';
import { roundTripsOf } from '../metrics/round-trips.ts';
import { MarketDays } from '../sweep/market-days.ts';
import { portfoliosOf } from '../sweep/portfolios.ts';
import { runSweep } from '../sweep/run-sweep.ts';
import type { Combination, SweepOptions, SweepRun } from '../sweep/sweep.ts';
import { rowAtOrAfter } from '../bars/timeline.ts';
import type { Awaitable, ClosedProfits, DaySpan, RunTrials, Trial, TrialRecord } from './trial.ts';

/** What every run of a validation has in common. */
export type SweepTrialsOptions = Omit<SweepOptions, 'combinations' | 'from' | 'to' | 'keep' | 'onRun'>;

/** One sweep over some of the portfolios. */
export interface SweepRequest extends DaySpan {
  /** Places among `portfoliosOf`, ascending, at least one. */
  readonly portfolios: readonly number[];
  readonly combinations: readonly Combination[];
  readonly keep: 'equity' | 'trades';
}

/** Runs a request wherever it runs; answers in the order of the portfolios and, within one, of the combinations. */
export type AskSweep = (request: SweepRequest) => Awaitable<readonly SweepRun[]>;

/**
 * Trials by the sweep: each portfolio is a backtest of its own with its own cash, and a trial's account is their sum. On
 * a day on which a portfolio has no bar its account stays what it was; one that has no bar in the span at all keeps
 * its cash.
 *
 * @param ask runs it; in this thread by `runSweep` when left out
 * @throws {FixConfiguration} when run, the codes of `checkOptions`; `backtest.no-bars` also comes when no portfolio has a
 *   bar in the span
 */
export function sweepTrials(
  options: SweepTrialsOptions,
  ask: AskSweep = sweepHere(options),
): {
  readonly runTrials: RunTrials;
  readonly closedProfits: ClosedProfits;
} {
  const portfolios = portfoliosOf(options.subject, options.series);
  const swept = async (trials: readonly Trial[], span: DaySpan, keep: 'equity' | 'trades') => {
    const listed = [...portfolios.keys()].filter((place) => datesOf(portfolios[place] ?? [], span).length > 0);
    // With no bar at all the sweep itself says which.
    const asked = listed.length === 0 ? [...portfolios.keys()] : listed;
    const combinations = trials.map(({ parameters }) => parameters);
    const runs = await ask({ portfolios: asked, combinations, ...span, keep });
    return { dates: asked.map((place) => datesOf(portfolios[place] ?? [], span)), runs };
  };
  return {
    async runTrials(trials, span) {
      const { dates: own, runs } = await swept(trials, span, 'equity');
      const dates = unionOf(own);
      const initialCash = options.initialCash * portfolios.length;
      const asleep = options.initialCash * (portfolios.length - own.length);
      const places = own.map((days) => placesOf(days, dates));
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
    async closedProfits(trial, span) {
      const { runs } = await swept([trial], span, 'trades');
      const trades = runs.flatMap((run) =>
        run.kind === 'run' ? (run.trades ?? []).map((one) => ({ ...one, reason: '' })) : [],
      );
      return roundTripsOf(trades.toSorted((a, b) => a.date - b.date)).map(({ profit }) => profit);
    },
  };
}

function sweepHere(options: SweepTrialsOptions): AskSweep {
  const days = new MarketDays();
  const portfolios = portfoliosOf(options.subject, options.series);
  return ({ portfolios: asked, ...request }) => {
    const series = asked.flatMap((place) => portfolios[place] ?? []);
    return runSweep({ ...options, ...request, series }, days);
  };
}

/** Days of the series in the span, each once: minutes share theirs. */
function daysOf(series: BarSeries, { from, to }: DaySpan): Int32Array {
  const dates = series.date.subarray(rowAtOrAfter(series, from), rowAtOrAfter(series, to + 1));
  return series.interval === '1d' ? dates.slice() : dates.filter((date, row) => date !== dates[row - 1]);
}

/** Days of any of them in the span, ascending. */
function datesOf(portfolio: readonly BarSeries[], span: DaySpan): Int32Array {
  return unionOf(portfolio.map((one) => daysOf(one, span)));
}

function unionOf(columns: readonly Int32Array[]): Int32Array {
  const [only] = columns;
  if (only !== undefined && columns.length === 1) return only;
  return Int32Array.from(new Set(columns.flatMap((dates) => [...dates]))).sort();
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
