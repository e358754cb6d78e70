import type { BacktestOptions } from './backtest-options.ts';
import { EquityCurve } from './bars/equity-curve.ts';
import type { Moments } from './bars/moment-bars.ts';
import type { BacktestOutcome, BacktestResult } from './result.ts';
import { clockStartOf, outcomeOf, type Played } from './run/outcome.ts';
import { barsOf, rowsOfRun } from './run/run-bars.ts';
import { startRun, type Run } from './run/start-run.ts';

const daysBetweenReports = 250;
/** Of a session of six and a half hours. */
const minutesPerDay = 390;

/**
 * Runs a strategy over bars of one or many instruments, merged by moment: by day, or by minute.
 *
 * Day bars: (1) what was ordered at the close before meets the day's bar, sells before buys, at the open or, if the bar
 * reaches it later, at the limit price; fee, tax by settlement date and T+2 are booked, and what is left expires.
 * (2) At the close the strategy hears what became of its orders and is then shown the day's bars in the order in which it
 * declares its instruments; its new orders pass the guard (see `OrderDesk`). (3) Equity is written down.
 *
 * Minute bars: the same for each minute, but orders rest until the day ends; equity is written down once a day.
 *
 * Prices are taken as the bars have them, adjusted and off the tick table or not; only order prices are held to tick and
 * limits. Bars before `from`, at most `strategy.warmUpBars` of each instrument, warm the strategy up. The same options
 * give the same bytes. What is modelled and what is not: docs/backtest.md.
 *
 * @throws {FixConfiguration} the codes of `checkOptions`, and of a strategy that breaks its contract
 */
export function runBacktest(options: BacktestOptions): BacktestOutcome {
  const run = startRun(options, true);
  return outcomeOf(run, play(run));
}

/** What happened in a run, before anything is counted. */
export interface PlayedBacktest extends Played {
  readonly trades: BacktestResult['trades'];
  readonly orders: BacktestResult['orders'];
  readonly fees: number;
  readonly tax: number;
  readonly tradableFrom: number;
}

/**
 * `runBacktest` without the decision log, the yardstick and the figures of a report: for a sweep, which runs thousands and
 * counts what it ranks by.
 *
 * @throws {FixConfiguration} as `runBacktest` does
 */
export function playBacktest(options: BacktestOptions): PlayedBacktest {
  const run = startRun(options, false);
  const played = play(run);
  const orders = run.desk.results();
  const { feesPaid: fees, taxPaid: tax } = run.account.ledger;
  return { ...played, trades: run.desk.trades, orders, fees, tax, tradableFrom: clockStartOf(run, orders) };
}

function play(run: Run): Played {
  const bars = barsOf(run);
  const total = dayCount(run);
  const played = { equity: new EquityCurve(Math.ceil(total)), daysHeld: 0 };
  for (let isThere = bars.next(); isThere;) {
    const { date } = bars;
    startDay(run, date);
    do {
      playMoment(run, bars);
      isThere = bars.next();
    } while (isThere && bars.date === date);
    endDay(run, played, date);
    const days = played.equity.length;
    if (days % daysBetweenReports === 0) run.options.onProgress?.(Math.min(1, days / total));
  }
  run.options.onProgress?.(1);
  return played;
}

function endDay({ account }: Run, played: { readonly equity: EquityCurve; daysHeld: number }, date: number): void {
  played.equity.add(date, account.equity);
  if (account.ledger.positions.size > 0) played.daysHeld += 1;
}

/** For progress only: exact for one instrument, a close guess for many and for minutes. */
function dayCount(run: Run): number {
  const rows = Math.max(1, ...rowsOfRun(run).map(({ start, end }) => end - start));
  return run.options.strategy.interval === '1d' ? rows : Math.max(1, rows / minutesPerDay);
}

function startDay({ account, actions, options }: Run, date: number): void {
  if (options.strategy.interval === '1m') account.keepBasePrices();
  account.startDay(date);
  actions.startDay(date);
}

function playMoment(run: Run, bars: Moments): void {
  const { account, desk, context, options } = run;
  const { strategy } = options;
  desk.trade(bars);
  // An evening comes after the session; a morning before it has a close of its own day yet to come.
  if (strategy.interval === '1m' && desk.isAfterSession(bars.startsAtMs)) account.keepClosePrices();
  bars.tellCloses(run.mark);
  // In a running session news reaches a strategy before the bar it came in is over: the log names the bar before.
  if (strategy.interval === '1d') context.show(bars.startsAtMs, false);
  else context.endWarmUp();
  tellUpdates(run);
  bars.wakeUp();
  let isFull = false;
  for (let place = 0; place < bars.count; place += 1) {
    // Who can do no more than log, and whose words nobody keeps, needs to see nothing new.
    if (!run.keepsLog && bars.isForeseen(place) && (isFull ||= strategy.isFull?.(context) === true)) continue;
    const { id, index, bar } = bars.at(place);
    account.mark(index, bar.close);
    context.show(bar.startsAtMs, false);
    strategy.onBar(context, id, bar, false);
    tellUpdates(run);
  }
  if (strategy.interval === '1m') return;
  strategy.onClose?.(context, bars.date);
  tellUpdates(run);
}

/** An answer may make the strategy ask again, which makes another answer; the guard's limits per day end that. */
function tellUpdates({ options, desk, context }: Run): void {
  for (let updates = desk.takeUpdates(); updates.length > 0; updates = desk.takeUpdates()) {
    for (const update of updates) options.strategy.onOrder?.(context, update);
  }
}
