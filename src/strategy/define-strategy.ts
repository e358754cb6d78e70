import type { Bar, BarInterval } from '#domain/bar.ts';
import { instrumentId, type InstrumentId } from '#domain/instrument.ts';
import type { OrderUpdate, Strategy, StrategyContext } from './strategy.ts';

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
  readonly interval: BarInterval;
  /** Bars of history wanted before the first decision, 0 to 500. */
  readonly warmUpBars: number;
  /** Called for each closed bar, oldest first. Must return within five seconds. */
  onBar(context: StrategyContext, bar: StrategyBar): void;
  /** Called when an order of this strategy changes. */
  onOrder?(context: StrategyContext, update: OrderUpdate): void;
}

/**
 * Makes a strategy of a definition; a strategy file exports it as `strategy`.
 *
 * @throws {RangeError} a listing code that is none
 */
export function defineStrategy(definition: StrategyDefinition): Strategy {
  const { name, interval, warmUpBars } = definition;
  const strategy: Strategy = {
    name,
    instruments: definition.instruments.map(instrumentId),
    interval,
    warmUpBars,
    onBar: (context, instrument, bar, isWarmUp) => definition.onBar(context, { ...bar, instrument, isWarmUp }),
  };
  if (definition.onOrder === undefined) return strategy;
  return { ...strategy, onOrder: (context, update) => definition.onOrder?.(context, update) };
}
