import type { Bar } from '#domain/bar.ts';
import { symbolOf, type InstrumentId } from '#domain/instrument.ts';
import type { Strategy, StrategyCheck, StrategyReading } from '#strategy/strategy.ts';
import type { BacktestOptions } from './backtest-options.ts';
import { runBacktest } from './engine.ts';
import type { BacktestOutcome } from './result.ts';
import { ReadingContext, type ContextReading } from './desk/reading-context.ts';
import type { BacktestOrder, BacktestTrade } from './result.ts';

/** Which bar of which instrument: a day bar by its day, a minute bar by its start. */
export type ExplainedBar =
  | { readonly instrument: InstrumentId; readonly date: number }
  | { readonly instrument: InstrumentId; readonly startsAtMs: number };

/** 왜 샀나, 왜 안 샀나: everything there is to say about one bar. */
export interface BarExplanation {
  readonly symbol: string;
  /** Null when the strategy was never shown such a bar, warm-up included; all lists are empty then. */
  readonly bar: Bar | null;
  readonly isWarmUp: boolean;
  /** The strategy's own numbers: indicators and what else it looks at. Empty where it does not tell them. */
  readonly values: readonly StrategyReading[];
  /** Its conditions, true or not. Empty where it does not tell them. */
  readonly checks: readonly StrategyCheck[];
  /** What it asked of its account, in order, with the answers. */
  readonly readings: readonly ContextReading[];
  /** Lines of the decision log at this bar about this instrument. */
  readonly lines: readonly string[];
  /** Asked for at this bar, with what became of each and both numbers of every rule of the guard that said no. */
  readonly orders: readonly BacktestOrder[];
  /** Executions inside this bar. */
  readonly trades: readonly BacktestTrade[];
}

/**
 * Runs the backtest once more, which gives the same bytes, and writes down what its strategy sees, reads and does at one
 * bar. Costs a run and keeps nothing of the other bars.
 *
 * @param options of the run that is asked about, with a fresh strategy
 * @throws what `runBacktest` throws
 */
export function explainBar(options: BacktestOptions, at: ExplainedBar): BarExplanation {
  const witness = new Witness(options.strategy, at);
  const outcome = runBacktest({ ...options, strategy: witness.strategy });
  return { ...told(outcome, witness, at), ...witness.seen };
}

function told({ result, decisionLog }: BacktestOutcome, { seen }: Witness, { instrument }: ExplainedBar) {
  const symbol = symbolOf(instrument);
  const { bar } = seen;
  if (bar === null) return { symbol, lines: [], orders: [], trades: [] };
  const isAt = (one: { readonly symbol: string; readonly date: number; readonly barStartsAtMs?: number }): boolean =>
    one.symbol === symbol && one.date === bar.date && (one.barStartsAtMs ?? bar.startsAtMs) === bar.startsAtMs;
  const head = `${Temporal.Instant.fromEpochMilliseconds(bar.startsAtMs).toString()} ${symbol} `;
  return {
    symbol,
    lines: decisionLog.filter((line) => line.startsWith(head)),
    orders: result.orders.filter((order) => isAt(order)),
    trades: result.trades.filter((trade) => isAt(trade)),
  };
}

interface Seen {
  bar: Bar | null;
  isWarmUp: boolean;
  values: readonly StrategyReading[];
  checks: readonly StrategyCheck[];
  readings: readonly ContextReading[];
}

/** Stands between the engine and a strategy, and looks at one bar. */
class Witness {
  readonly seen: Seen = { bar: null, isWarmUp: false, values: [], checks: [], readings: [] };
  readonly strategy: Strategy;

  constructor(inner: Strategy, at: ExplainedBar) {
    const isAsked = (instrument: InstrumentId, bar: Bar): boolean =>
      instrument === at.instrument && ('date' in at ? bar.date === at.date : bar.startsAtMs === at.startsAtMs);
    const { name, instruments, interval, warmUpBars } = inner;
    const watching: Strategy = {
      name,
      instruments,
      interval,
      warmUpBars,
      onBar: (context, instrument, bar, isWarmUp) => {
        if (!isAsked(instrument, bar)) {
          inner.onBar(context, instrument, bar, isWarmUp);
          return;
        }
        const reading = new ReadingContext(context);
        inner.onBar(reading, instrument, bar, isWarmUp);
        const values = inner.readings?.(instrument) ?? [];
        const checks = inner.checks?.(instrument) ?? [];
        Object.assign(this.seen, { bar, isWarmUp, values, checks, readings: reading.readings });
      },
      onClose: (context, date) => inner.onClose?.(context, date),
      onOrder: (context, update) => inner.onOrder?.(context, update),
    };
    this.strategy = watching;
  }
}
