import { parentPort, workerData } from 'node:worker_threads';
import { MarketDays } from '#backtest/sweep/market-days.ts';
import { packRun } from '#backtest/sweep/packed-runs.ts';
import { portfolioName, portfoliosOf } from '#backtest/sweep/portfolios.ts';
import { startSweep, type RunCombination } from '#backtest/sweep/run-sweep.ts';
import type { SweepRun } from '#backtest/sweep/sweep.ts';
import { SnowballError } from '#domain/errors.ts';
import { invariant } from '#domain/invariant.ts';
import {
  nextUnit,
  stopFlag,
  type SweepBeginning,
  type SweepNews,
  type SweepUnit,
  type SweepWork,
} from './sweep-work.ts';

/** One thread of sweeps: of each it takes units until there are none, and stops between two runs when told to. */
// The parent is this folder's pool, in the same process and of the same build.
const account = workerData as SweepBeginning;
const portfolios = portfoliosOf(account.subject, account.series);
const days = new MarketDays();
/** Runs told of at once: often enough for a progress line and for a file that loses little, seldom enough to cost nothing. */
const runsTold = 64;
/** The event path takes milliseconds a run: those of recipes are told sooner. */
const toldAfterMs = 500;

parentPort?.on('message', (work: SweepWork) => {
  try {
    takeUnits(work);
    tell({ kind: 'idle' });
  } catch (error) {
    if (!(error instanceof SnowballError)) throw error;
    tell({ kind: 'failed', code: error.code, message: error.message });
  }
});

function takeUnits(work: SweepWork): void {
  const { combinations, from, to, keep } = work;
  const startPortfolio = startSweep({ ...account, combinations, from, to, keep }, days);
  for (;;) {
    const unit = work.units[Atomics.add(work.control, nextUnit, 1)];
    if (unit === undefined || isStopped(work)) return;
    runUnit(work, unit, startPortfolio);
  }
}

function runUnit(work: SweepWork, unit: SweepUnit, startPortfolio: ReturnType<typeof startSweep>): void {
  const portfolio = portfolios[work.portfolios[unit.portfolio] ?? -1];
  invariant(portfolio !== undefined, `portfolio ${unit.portfolio} of ${work.portfolios.length}`);
  const wanted: number[] = [];
  const offset = unit.portfolio * work.combinations.length;
  for (let place = unit.from; place < unit.to; place += 1) if (work.skip[offset + place] !== 1) wanted.push(place);
  if (wanted.length > 0) runWanted(work, wanted, { run: startPortfolio(portfolio), symbol: portfolioName(portfolio) });
}

function runWanted(
  work: SweepWork,
  wanted: readonly number[],
  { run, symbol }: { readonly run: RunCombination; readonly symbol: string },
): void {
  let [runs, since]: [SweepRun[], number] = [[], performance.now()];
  const hand = (): void => {
    if (work.keep === 'figures') tell({ kind: 'runs', symbol, rows: runs.map(packRun) });
    else tell({ kind: 'kept', runs }, runs.flatMap(equityOf));
    [runs, since] = [[], performance.now()];
  };
  for (const combination of wanted) {
    if (isStopped(work)) break;
    runs.push(run(combination));
    if (runs.length >= runsTold || performance.now() - since > toldAfterMs) hand();
  }
  if (runs.length > 0) hand();
}

/** Handed over, not copied. */
function equityOf(run: SweepRun): ArrayBuffer[] {
  const buffer = run.kind === 'run' ? run.equity?.buffer : undefined;
  return buffer instanceof ArrayBuffer ? [buffer] : [];
}

function isStopped({ control }: SweepWork): boolean {
  return Atomics.load(control, stopFlag) !== 0;
}

function tell(news: SweepNews, handedOver: ArrayBuffer[] = []): void {
  parentPort?.postMessage(news, handedOver);
}
