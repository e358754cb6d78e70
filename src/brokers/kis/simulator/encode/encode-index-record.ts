import type { IndexFigures } from './index-level.ts';
import type { MarketIndex } from './index-table.ts';
import { changeSign, clockText, percentText } from './text-fields.ts';

/** Sign of a change in points; an index has no limits. */
export function pointSign(change: number): string {
  return changeSign(change, 0, { lower: -1, upper: Number.POSITIVE_INFINITY });
}

/** Points with two decimals. */
export function pointText(points: number): string {
  return points.toFixed(2);
}

/**
 * One record of H0UPCNT0, 30 fields.
 *
 * @param last what the record before said, for the change since then; null on the first
 * @see spec Appendix B
 */
export function encodeIndexRecord(
  index: MarketIndex,
  figures: IndexFigures,
  { at, last }: { readonly at: Temporal.Instant; readonly last: IndexFigures | null },
): readonly string[] {
  const { open, high, low, last: now, previous } = figures;
  const fields = [
    index.code,
    clockText(at.epochMilliseconds),
    pointText(now),
    pointSign(now - previous),
    pointText(now - previous),
    figures.volume,
    figures.value,
    figures.volume - (last?.volume ?? figures.volume),
    figures.value - (last?.value ?? figures.value),
    percentText(now - previous, previous),
    ...[open, high, low].map(pointText),
    ...[open, high, low].flatMap((level) => [pointText(now - level), pointSign(now - level)]),
    ...[open, high, low].map((level) => percentText(level - previous, previous)),
    figures.atUpperLimit,
    figures.rising,
    figures.unchanged,
    figures.falling,
    figures.atLowerLimit,
    // Stocks that quote above and below the previous close: here those that trade there.
    figures.rising,
    figures.falling,
    pointText(now - (last?.last ?? now)),
  ];
  return fields.map(String);
}
