import { moreCandles } from './candlesticks/more-candles.ts';
import { oneCandle } from './candlesticks/one-candle.ts';
import { threeCandles } from './candlesticks/three-candles.ts';
import { threeInARow } from './candlesticks/three-in-a-row.ts';
import { twoCandles } from './candlesticks/two-candles.ts';
import type { IndicatorDefinition } from './definition.ts';

/**
 * Every candlestick pattern that strategies can name. A pattern is an indicator without parameters and with one output:
 * above 0 where a bullish one ends, below 0 where a bearish one ends, 0 elsewhere.
 */
export const candlesticks: readonly IndicatorDefinition[] = [
  ...oneCandle,
  ...twoCandles,
  ...threeCandles,
  ...threeInARow,
  ...moreCandles,
];

const byId: ReadonlyMap<string, IndicatorDefinition> = new Map(candlesticks.map((one) => [one.id, one]));

/** Null when no pattern has this id; ids are lower case. */
export function candlestickById(id: string): IndicatorDefinition | null {
  return byId.get(id) ?? null;
}
