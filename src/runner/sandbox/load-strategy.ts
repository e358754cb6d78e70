import type { Strategy } from '#strategy/strategy.ts';
import type { TunableStrategy, TunableUse } from '#strategy/tunable-strategy.ts';

/**
 * The strategy that the file of this sandbox exports.
 *
 * @param instance 0 for the one that the process shares; every other number is the whole file evaluated anew
 * @throws {TypeError} when it exports none; what the file throws
 */
export async function loadStrategy(instance = 0): Promise<Strategy> {
  const file = new URL('../../../strategy.ts', import.meta.url);
  if (instance !== 0) file.search = `instance=${instance}`;
  const module: unknown = await import(file.href);
  if (isStrategyModule(module)) return module.strategy;
  throw new TypeError('The file exports no "strategy" made by defineStrategy()');
}

/**
 * A strategy for one run: made anew by one that is `tunable()`, and the very one that was exported by any other. One that
 * takes no symbols keeps its own; whoever asked for others sees them in what it declares.
 *
 * @throws {TypeError} values for one that takes none; what its author throws at them
 */
export function strategyFor(strategy: Strategy, { values, symbols }: TunableUse): Strategy {
  if (isTunable(strategy)) {
    return strategy.tuned(strategy.takesSymbols && symbols !== undefined ? { values, symbols } : { values });
  }
  const [name] = Object.keys(values);
  if (name === undefined) return strategy;
  throw new TypeError(
    `The file lets nobody change "${name}", wanted "strategy" made by tunable() of #strategy/tunable-strategy.ts`,
  );
}

/** What it lets a search change; nothing unless it is `tunable()`. */
export function paramsOf(strategy: Strategy): TunableStrategy['params'] {
  return isTunable(strategy) ? strategy.params : {};
}

function isTunable(strategy: Strategy): strategy is TunableStrategy {
  return 'tuned' in strategy && typeof strategy.tuned === 'function' && 'params' in strategy;
}

function isStrategyModule(value: unknown): value is { readonly strategy: Strategy } {
  if (typeof value !== 'object' || value === null || !('strategy' in value)) return false;
  const { strategy } = value;
  return (
    typeof strategy === 'object' && strategy !== null && 'onBar' in strategy && typeof strategy.onBar === 'function'
  );
}
