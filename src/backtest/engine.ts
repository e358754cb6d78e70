import type { BarSeries, RowRange } from '#domain/bar.ts';
import { symbolOf } from '#domain/instrument.ts';
import { invariant } from '#domain/invariant.ts';
import type { Won } from '#domain/won.ts';
import type { BacktestOptions } from './backtest-options.ts';
import { benchmarkOf } from './metrics/benchmark.ts';
import { checkOptions } from './check-options.ts';
import { CorporateActions } from './desk/corporate-actions.ts';
import { DeskContext } from './desk/desk-context.ts';
import { EquityCurve } from './bars/equity-curve.ts';
import { ordinaryFills } from './desk/fill-model.ts';
import { foreseenDays } from './bars/foreseen-days.ts';
import { fullMetricsOf } from './metrics/full-metrics.ts';
import { MomentBars, type Moments } from './bars/moment-bars.ts';
import { OrderDesk } from './desk/order-desk.ts';
import { PaperAccount } from './desk/paper-account.ts';
import type { BacktestResult, BacktestSplit } from './result.ts';
import { rowAtOrAfter } from './bars/timeline.ts';
import { tradableFrom } from './metrics/tradable-from.ts';
import { wakeRows } from './bars/wake-rows.ts';
import { WakingBars } from './bars/waking-bars.ts';

export interface BacktestOutcome {
  readonly result: BacktestResult;
  /** One canonical line a decision; `result.decisionLogSha256` is over these, each ended by a line feed. */
  readonly decisionLog: readonly string[];
}

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

interface Played {
  readonly equity: EquityCurve;
  readonly daysHeld: number;
}

function play(run: Run): Played {
  const bars = foreseenBars(run) ?? everyBar(run);
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

interface Run {
  readonly options: BacktestOptions;
  /** In the order in which the strategy declares its instruments. */
  readonly series: readonly BarSeries[];
  readonly account: PaperAccount;
  readonly desk: OrderDesk;
  readonly context: DeskContext;
  readonly actions: CorporateActions;
  readonly keepsLog: boolean;
  /** The last price of the series at an index. */
  readonly mark: (index: number, price: Won) => void;
}

function startRun(options: BacktestOptions, keepsLog: boolean): Run {
  checkOptions(options);
  const { strategy, instruments, limits, from, dividends, splits } = options;
  const byId = new Map(options.series.map((one) => [one.instrument, one]));
  const series = strategy.instruments.map((id) => {
    const one = byId.get(id);
    invariant(one !== undefined, `bars of ${id} were checked for`);
    return one;
  });
  const account = new PaperAccount(options.initialCash, options.commissionPpb);
  // In the declared order, so that a series' index is where its prices stand.
  for (const one of series) account.slotOf(one.instrument);
  const fills = { ...ordinaryFills, ...options.fills };
  const { name, interval } = strategy;
  const desk = new OrderDesk({
    strategy: name,
    interval,
    instruments,
    limits,
    account,
    fills,
    basePrice: options.basePrice,
  });
  const actions = new CorporateActions({ dividends, splits, from }, { account, desk });
  const context = new DeskContext({ instruments, limits, account, desk, keepsLog });
  const mark = (index: number, price: Won): void => account.mark(index, price);
  return { options, series, account, desk, actions, context, keepsLog, mark };
}

/** Every bar of the days of decisions; the strategy is warmed up. */
function everyBar(run: Run): Moments {
  warmUp(run);
  return new MomentBars(run.series, rangesOf(run, run.options.from, run.options.to));
}

/**
 * Only the bars at which something may happen, or null where that is not known: strategies that cannot tell, minutes (their
 * base prices come from every close), interruptions (which look at every bar), and what `foreseenDays` leaves out.
 */
function foreseenBars(run: Run): Moments | null {
  const { strategy, from, to, fills, showsEveryBar } = run.options;
  if (strategy.foresee === undefined || strategy.interval !== '1d' || showsEveryBar === true) return null;
  if (strategy.onClose !== undefined || fills?.volatilityInterruptions === true) return null;
  const ranges = rangesOf(run, from, to);
  const shown = ranges.map(({ start, end }) => ({ start: Math.max(0, start - strategy.warmUpBars), end }));
  const days = foreseenDays(run.series, shown, from);
  if (days === null) return null;
  const rowsOf: Int32Array[] = [];
  for (const [index, series] of run.series.entries()) {
    const rows = strategy.foresee(series, shown[index] ?? { start: 0, end: 0 });
    if (rows === null) return null;
    rowsOf.push(rows);
  }
  const { desk, account, context } = run;
  const { positions } = account.ledger;
  const all = { series: run.series, ranges, days };
  return new WakingBars({
    ...all,
    wakes: wakeRows(all, rowsOf),
    isHeld: (id) => positions.has(id),
    hasOrder: (id) => desk.hasOpenOrder(id),
    mayAct: (id, row, close) => strategy.glance?.(context, id, row, close) !== false,
  });
}

/** Rows of each series from the first to the last day, both included. */
function rangesOf(run: Run, from: number, to: number): readonly RowRange[] {
  return run.series.map((series) => ({ start: rowAtOrAfter(series, from), end: rowAtOrAfter(series, to + 1) }));
}

/** For progress only: exact for one instrument, a close guess for many and for minutes. */
function dayCount(run: Run): number {
  const ranges = rangesOf(run, run.options.from, run.options.to);
  const rows = Math.max(1, ...ranges.map(({ start, end }) => end - start));
  return run.options.strategy.interval === '1d' ? rows : Math.max(1, rows / minutesPerDay);
}

function warmUp({ options, series, account, context }: Run): void {
  const ranges = series.map((one) => {
    const end = rowAtOrAfter(one, options.from);
    return { start: Math.max(0, end - options.strategy.warmUpBars), end };
  });
  const bars = new MomentBars(series, ranges);
  while (bars.next()) {
    for (let place = 0; place < bars.count; place += 1) {
      const { id, bar, index } = bars.at(place);
      account.mark(index, bar.close);
      context.show(bar.startsAtMs, true);
      options.strategy.onBar(context, id, bar, true);
    }
  }
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

function clockStartOf({ options, series }: Run, orders: BacktestResult['orders']): number {
  const { strategy, from, to } = options;
  return tradableFrom({ series, warmUpBars: strategy.warmUpBars, from, to, orders });
}

function outcomeOf(run: Run, { equity: curve, daysHeld }: Played): BacktestOutcome {
  const { options, desk, account, context } = run;
  const { trades } = desk;
  const orders = desk.results();
  const equity = curve.days();
  const benchmark = benchmarkOf(options, run.series, equity);
  const log = context.decisionLog;
  const clockStart = clockStartOf(run, orders);
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
        splits: splitsOf(options),
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
      ...(desk.bothInOneBar === 0 ? {} : { bothInOneBar: desk.bothInOneBar }),
      ...(options.dividends === undefined ? {} : { dividends: run.actions.paid }),
      ...chosen(options),
    },
  };
}

/** What was chosen beside the ordinary, so that a result says how it was counted; nothing of a run by the defaults. */
function chosen(options: BacktestOptions): Partial<BacktestResult> {
  const { strategy, fills, splits } = options;
  return {
    ...(strategy.interval === '1d' ? {} : { interval: strategy.interval }),
    ...(fills === undefined ? {} : { fills: { ...ordinaryFills, ...fills } }),
    ...(splits === undefined ? {} : { splits: splitsOf(options) }),
  };
}

function splitsOf({ splits }: BacktestOptions): readonly BacktestSplit[] {
  return (splits ?? []).map(({ instrument, date, from, to }) => ({ symbol: symbolOf(instrument), date, from, to }));
}
