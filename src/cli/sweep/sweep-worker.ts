import { parentPort, workerData } from 'node:worker_threads';
import { packRun, type PackedRow } from '#backtest/sweep/packed-runs.ts';
import { startSweep } from '#backtest/sweep/run-sweep.ts';
import { SnowballError } from '#domain/errors.ts';
import { symbolOf } from '#domain/instrument.ts';
import { nextUnit, stopFlag, type SweepNews, type SweepUnit, type SweepWork } from './sweep-work.ts';

/** One thread of a sweep: takes units until there are none, and stops between two runs when told to. */
// The parent is this folder's pool, in the same process and of the same build.
const work = workerData as SweepWork;
/** Runs told of at once: often enough for a progress line and for a file that loses little, seldom enough to cost nothing. */
const runsTold = 64;

try {
  takeUnits();
} catch (error) {
  if (!(error instanceof SnowballError)) throw error;
  tell({ kind: 'failed', code: error.code, message: error.message });
}

function takeUnits(): void {
  const startSeries = startSweep({ ...work.options, keep: 'figures' });
  for (;;) {
    const unit = work.units[Atomics.add(work.control, nextUnit, 1)];
    if (unit === undefined || isStopped()) return;
    runUnit(unit, startSeries);
  }
}

function runUnit(unit: SweepUnit, startSeries: ReturnType<typeof startSweep>): void {
  const series = work.series[unit.series];
  if (series === undefined) return;
  const skipFrom = unit.series * work.options.combinations.length;
  const wanted = Array.from({ length: unit.to - unit.from }, (_, index) => unit.from + index).filter(
    (combination) => work.skip[skipFrom + combination] !== 1,
  );
  if (wanted.length === 0) return;
  const run = startSeries(series);
  const symbol = symbolOf(series.instrument);
  let rows: PackedRow[] = [];
  for (const combination of wanted) {
    if (isStopped()) break;
    rows.push(packRun(run(combination)));
    if (rows.length < runsTold) continue;
    tell({ kind: 'runs', series: unit.series, symbol, rows });
    rows = [];
  }
  if (rows.length > 0) tell({ kind: 'runs', series: unit.series, symbol, rows });
}

function isStopped(): boolean {
  return Atomics.load(work.control, stopFlag) !== 0;
}

function tell(news: SweepNews): void {
  // The rule means windows of a browser; a thread's port has no origin.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(news);
}
