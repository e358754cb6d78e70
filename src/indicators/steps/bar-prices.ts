import type { IndicatorBar } from '../definition.ts';

/** Middle of the bar's range. */
export function middleOf({ high, low }: Readonly<IndicatorBar>): number {
  return (high + low) / 2;
}

/** Mean of high, low and close. */
export function typicalOf({ high, low, close }: Readonly<IndicatorBar>): number {
  return (high + low + close) / 3;
}

/** Where the bar closed in its range, from -1 at its low to 1 at its high; 0 when it has none. */
export function closeLocation({ high, low, close }: Readonly<IndicatorBar>): number {
  return high === low ? 0 : (close - low - (high - close)) / (high - low);
}
