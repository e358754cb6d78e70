import type { IndicatorDefinition } from './definition.ts';

/**
 * Every candlestick pattern that strategies can name. A pattern is an indicator without parameters and with one output:
 * above 0 where a bullish one ends, below 0 where a bearish one ends, 0 elsewhere.
 */
export const candlesticks: readonly IndicatorDefinition[] = [];

const byId: ReadonlyMap<string, IndicatorDefinition> = new Map(candlesticks.map((one) => [one.id, one]));

/** Null when no pattern has this id; ids are lower case. */
export function candlestickById(id: string): IndicatorDefinition | null {
  return byId.get(id) ?? null;
}
