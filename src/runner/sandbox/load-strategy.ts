import type { Strategy } from '#strategy/strategy.ts';

/** The strategy that the file of this sandbox exports. @throws {TypeError} when it exports none; what the file throws */
export async function loadStrategy(): Promise<Strategy> {
  const module: unknown = await import(new URL('../../../strategy.ts', import.meta.url).href);
  if (isStrategyModule(module)) return module.strategy;
  throw new TypeError('The file exports no "strategy" made by defineStrategy()');
}

function isStrategyModule(value: unknown): value is { readonly strategy: Strategy } {
  if (typeof value !== 'object' || value === null || !('strategy' in value)) return false;
  const { strategy } = value;
  return (
    typeof strategy === 'object' && strategy !== null && 'onBar' in strategy && typeof strategy.onBar === 'function'
  );
}
