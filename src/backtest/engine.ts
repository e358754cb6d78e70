import type { Bar, BarSeries } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { symbolOf } from '#domain/instrument.ts';
import { invariant } from '#domain/invariant.ts';
import type { BacktestOptions } from './backtest-options.ts';
import { benchmarkOf } from './benchmark.ts';
import { checkOptions } from './check-options.ts';
import { DeskContext } from './desk-context.ts';
import { fullMetricsOf } from './full-metrics.ts';
import { OrderDesk } from './order-desk.ts';
import { PaperAccount } from './paper-account.ts';
import type { BacktestResult } from './result.ts';
import { barAt, rowAtOrAfter, timeline, type TimelineDay } from './timeline.ts';
import { tradableFrom } from './tradable-from.ts';

export interface BacktestOutcome {
  readonly result: BacktestResult;
  /** One canonical line a decision; `result.decisionLogSha256` is over these, each ended by a line feed. */
  readonly decisionLog: readonly string[];
}

const daysBetweenReports = 250;

/**
 * Runs a strategy over daily bars of one or many instruments, merged by day.
 *
 * Each day: (1) what was ordered at the close before meets the day's bar, sells before buys, at the open or, if the bar
 * reaches it later, at the limit price; fee, tax by settlement date and T+2 are booked, and what is left expires.
 * (2) At the close the strategy hears what became of its orders and is then shown the day's bars in the order in which it
 * declares its instruments; its new orders pass the guard (see `OrderDesk`). (3) Equity is written down.
 *
 * Prices are taken as the bars have them, adjusted and off the tick table or not; only order prices are held to tick and
 * limits. Bars before `from`, at most `strategy.warmUpBars` of each instrument, warm the strategy up. The same options
 * give the same bytes.
 *
 * @throws {FixConfiguration} the codes of `checkOptions`, and of a strategy that breaks its contract
 */
export function runBacktest(options: BacktestOptions): BacktestOutcome {
  checkOptions(options);
  const run = startRun(options);
  warmUp(run);
  const equity: { date: number; value: number }[] = [];
  let [daysHeld, days] = [0, 0];
  const total = dayCount(run);
  for (const day of timeline(run.series, rangesOf(run, options.from, options.to))) {
    playDay(run, day);
    equity.push({ date: day.date, value: run.account.equity });
    if (run.account.ledger.positions.size > 0) daysHeld += 1;
    days += 1;
    if (days % daysBetweenReports === 0) options.onProgress?.(Math.min(1, days / total));
  }
  options.onProgress?.(1);
  return outcomeOf(run, equity, daysHeld);
}

interface Run {
  readonly options: BacktestOptions;
  /** In the order in which the strategy declares its instruments. */
  readonly series: readonly BarSeries[];
  readonly account: PaperAccount;
  readonly desk: OrderDesk;
  readonly context: DeskContext;
}

function startRun(options: BacktestOptions): Run {
  const { strategy, instruments, limits } = options;
  const series = strategy.instruments.map((id) => {
    const one = options.series.find((each) => each.instrument === id);
    invariant(one !== undefined, `bars of ${id} were checked for`);
    return one;
  });
  const account = new PaperAccount(options.initialCash, options.commissionPpb);
  const desk = new OrderDesk({ strategy: strategy.name, instruments, limits, account });
  return { options, series, account, desk, context: new DeskContext({ instruments, limits, account, desk }) };
}

/** Rows of each series from the first to the last day, both included. */
function rangesOf(run: Run, from: number, to: number): { readonly start: number; readonly end: number }[] {
  return run.series.map((series) => ({ start: rowAtOrAfter(series, from), end: rowAtOrAfter(series, to + 1) }));
}

/** For progress only: exact for one instrument, a close guess for many. */
function dayCount(run: Run): number {
  const ranges = rangesOf(run, run.options.from, run.options.to);
  return Math.max(1, ...ranges.map(({ start, end }) => end - start));
}

function warmUp({ options, series, account, context }: Run): void {
  const ranges = series.map((one) => {
    const end = rowAtOrAfter(one, options.from);
    return { start: Math.max(0, end - options.strategy.warmUpBars), end };
  });
  for (const day of timeline(series, ranges)) {
    for (const { id, bar } of barsOf(series, day)) {
      account.markPrice(id, bar.close);
      context.show(bar.startsAtMs, true);
      options.strategy.onBar(context, id, bar, true);
    }
  }
}

function playDay(run: Run, day: TimelineDay): void {
  const { account, desk, context, options } = run;
  const bars = barsOf(run.series, day);
  account.startDay(day.date);
  desk.trade(day.date, (id) => bars.find((one) => one.id === id)?.bar ?? null);
  for (const { id, bar } of bars) account.markPrice(id, bar.close);
  context.show(bars[0]?.bar.startsAtMs ?? 0, false);
  tellUpdates(run);
  for (const { id, bar } of bars) {
    context.show(bar.startsAtMs, false);
    options.strategy.onBar(context, id, bar, false);
    tellUpdates(run);
  }
  options.strategy.onClose?.(context, day.date);
  tellUpdates(run);
}

/** An answer may make the strategy ask again, which makes another answer; the guard's limits per day end that. */
function tellUpdates({ options, desk, context }: Run): void {
  for (let updates = desk.takeUpdates(); updates.length > 0; updates = desk.takeUpdates()) {
    for (const update of updates) options.strategy.onOrder?.(context, update);
  }
}

function barsOf(series: readonly BarSeries[], day: TimelineDay): { readonly id: InstrumentId; readonly bar: Bar }[] {
  return day.bars.map(({ index, row }) => {
    const one = series[index];
    invariant(one !== undefined, `the timeline names one of ${series.length} series, not ${index}`);
    return { id: one.instrument, bar: barAt(one, row) };
  });
}

function outcomeOf(
  run: Run,
  equity: readonly { readonly date: number; readonly value: number }[],
  daysHeld: number,
): BacktestOutcome {
  const { options, desk, account, context } = run;
  const { trades } = desk;
  const orders = desk.results();
  const benchmark = benchmarkOf(options, run.series, equity);
  const log = context.decisionLog;
  const { warmUpBars } = options.strategy;
  const clockStart = tradableFrom({ series: run.series, warmUpBars, from: options.from, to: options.to, orders });
  return {
    decisionLog: log,
    result: {
      strategy: options.strategy.name,
      symbols: options.strategy.instruments.map((id) => symbolOf(id)),
      from: options.from,
      to: options.to,
      initialCash: options.initialCash,
      tradableFrom: clockStart,
      metrics: fullMetricsOf({
        initialCash: options.initialCash,
        equity,
        benchmark,
        trades,
        daysHeld,
        fees: account.ledger.feesPaid,
        tax: account.ledger.taxPaid,
        deniedOrders: orders.filter((order) => order.state === 'denied').length,
        tradableFrom: clockStart,
      }),
      equity,
      trades,
      orders,
      benchmark,
      decisionLogSha256: options.sha256(log.map((line) => `${line}\n`).join('')),
    },
  };
}
