import type { Bar, BarInterval } from '#domain/bar.ts';
import { instrumentId, type InstrumentId } from '#domain/instrument.ts';
import type { AuthorContext } from './author-context.ts';
import { BarMemory } from './bar-memory.ts';
import { warmUpBarsOf, type IndicatorUse } from './indicator-use.ts';
import type { OrderUpdate, Strategy, StrategyContext, StrategyReading } from './strategy.ts';
import { TimerWatch, timerProblem, type Timers } from './timer.ts';
import { Trader } from './trader.ts';

/** A closed bar, and whose it is. */
export interface StrategyBar extends Bar {
  readonly instrument: InstrumentId;
  /** True for history that only warms indicators up: remember it, decide nothing. */
  readonly isWarmUp: boolean;
}

/** What the author of a strategy file writes. */
export interface StrategyDefinition {
  /** Lower-case letters, digits and hyphens, at most 32; the same as in `snowball.yaml`. */
  readonly name: string;
  /** Listing codes such as `005930`; each must also be allowed in `snowball.yaml`. */
  readonly instruments: readonly string[];
  /** `1d` decides after a day's close, for the next session; `1m` after each minute. */
  readonly interval: BarInterval;
  /** Made by `indicator()`; each is computed for every instrument. */
  readonly indicators?: readonly IndicatorUse[];
  /** By name; `onTimer` hears the name. */
  readonly timers?: Timers;
  /** Bars of history wanted before the first decision, 0 to 500; what indicators and timers need when that is more, or when left out. */
  readonly warmUpBars?: number;
  /** Called for each closed bar, oldest first, of warm-up too. Must return within five seconds. */
  onBar?(context: AuthorContext, bar: StrategyBar): void;
  /**
   * Called once after all bars of a day of every instrument, with the day as yyyymmdd, and never for warm-up: the place for
   * decisions about several instruments. With `1m` it comes before the first bar of the next day.
   */
  onClose?(context: AuthorContext, date: number): void;
  /** Called when a timer of `timers` is due; at a close before `onClose`. */
  onTimer?(context: AuthorContext, name: string): void;
  /** Called when an order of this strategy changes. */
  onOrder?(context: AuthorContext, update: OrderUpdate): void;
}

const warmUpBarsMax = 500;

/**
 * Makes a strategy of a definition; a strategy file exports it as `strategy`. It remembers what it is shown, so a value is
 * for one run: export a function that makes it where a test runs it twice.
 *
 * @throws {RangeError} a listing code that is none; a timer that the bars cannot drive
 */
export function defineStrategy(definition: StrategyDefinition): Strategy {
  const { name, interval, timers = {} } = definition;
  const problem = timerProblem(timers, interval);
  if (problem !== null) throw new RangeError(`Cannot use strategy "${name}": ${problem}`);
  const instruments = definition.instruments.map(instrumentId);
  const run = new DefinedRun(definition, instruments);
  return {
    name,
    instruments,
    interval,
    warmUpBars: warmUpBars(definition),
    onBar: (context, instrument, bar, isWarmUp) => run.bar(context, { ...bar, instrument, isWarmUp }),
    onClose: (context, date) => run.close(context, date),
    onOrder: (context, update) => run.order(context, update),
    readings: (instrument) => run.readings(instrument),
  };
}

function warmUpBars({ warmUpBars: wanted = 0, indicators = [], timers = {} }: StrategyDefinition): number {
  // One bar tells whether the first day of a run begins a month.
  const forTimers = Object.keys(timers).length > 0 ? 1 : 0;
  return Math.min(warmUpBarsMax, Math.max(wanted, forTimers, ...indicators.map(warmUpBarsOf)));
}

/** One run of a definition: everything it remembers. */
class DefinedRun {
  readonly #definition: StrategyDefinition;
  readonly #memory: BarMemory;
  readonly #trader: Trader;
  readonly #timers: TimerWatch;
  /** The day whose bars are being shown and which has not been closed; 0 for none. */
  #openDate = 0;

  constructor(definition: StrategyDefinition, instruments: readonly InstrumentId[]) {
    this.#definition = definition;
    this.#memory = new BarMemory(instruments, definition.indicators ?? []);
    this.#trader = new Trader(this.#memory);
    this.#timers = new TimerWatch(definition.timers ?? {});
  }

  bar(context: StrategyContext, bar: StrategyBar): void {
    if (this.#openDate !== 0 && this.#openDate < bar.date) this.close(context, this.#openDate);
    if (!bar.isWarmUp) this.#openDate = bar.date;
    this.#trader.begin(context, bar.date);
    for (const timer of this.#timers.beforeBar(bar.startsAtMs, bar.date, bar.isWarmUp)) this.#timer(timer);
    this.#memory.push(bar.instrument, bar);
    refusePromise(this.#definition.onBar?.(this.#trader, bar), 'onBar');
  }

  close(context: StrategyContext, date: number): void {
    if (this.#openDate !== date) return;
    this.#openDate = 0;
    this.#trader.begin(context, date);
    for (const timer of this.#timers.atClose(date, context.nowMs)) this.#timer(timer);
    refusePromise(this.#definition.onClose?.(this.#trader, date), 'onClose');
  }

  #timer(name: string): void {
    refusePromise(this.#definition.onTimer?.(this.#trader, name), 'onTimer');
  }

  /** Every declared indicator: `sma(5)`, `bollinger(20, 2).upper`. */
  readings(instrument: InstrumentId): readonly StrategyReading[] {
    return (this.#definition.indicators ?? []).flatMap((use) => {
      const values = Object.values(use.values).join(', ');
      const name = values === '' ? use.id : `${use.id}(${values})`;
      const { outputs } = use.definition;
      return outputs.map((output) => ({
        name: outputs.length === 1 ? name : `${name}.${output}`,
        value: this.#memory.value(use, { instrument, output, barsAgo: 0 }),
      }));
    });
  }

  order(context: StrategyContext, update: OrderUpdate): void {
    this.#trader.begin(context, this.#trader.date);
    this.#trader.heard(update);
    refusePromise(this.#definition.onOrder?.(this.#trader, update), 'onOrder');
  }
}

/**
 * What stands behind an `await` would act upon a later bar, and its failure would be seen by nobody. TypeScript takes an
 * async function where nothing is to be returned.
 */
function refusePromise(returned: unknown, callback: string): void {
  if (!(returned instanceof Promise)) return;
  returned.catch(() => undefined);
  throw new TypeError(`${callback} returned a promise: decide without async and await, nothing waits for it`);
}
