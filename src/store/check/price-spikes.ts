const sigmas = 8;
const smallestMove = 0.1;
/** The median distance from the median of a normal distribution, in its standard deviations. */
const medianDistance = 0.6745;

/**
 * Places of closes that jump and come back: a move of more than eight robust standard deviations and of a tenth, of which
 * the next bar takes back more than half. A real crash or a split stays where it went, and is not one.
 *
 * @param closes oldest first; what is not above 0 is passed over
 */
export function priceSpikes(closes: Float64Array): readonly number[] {
  const moves = Float64Array.from(closes, (close, row) => Math.log(close / (closes[row - 1] ?? NaN)));
  const threshold = Math.max(smallestMove, sigmas * robustDeviation(moves.filter(Number.isFinite)));
  const places: number[] = [];
  for (let row = 1; row < closes.length - 1; row += 1) {
    const [there, back] = [moves[row] ?? NaN, moves[row + 1] ?? NaN];
    if (Math.abs(there) > threshold && there * back < 0 && Math.abs(back) > Math.abs(there) / 2) places.push(row);
  }
  return places;
}

function robustDeviation(values: Float64Array): number {
  const middle = median(values);
  return median(values.map((value) => Math.abs(value - middle))) / medianDistance;
}

/** 0 when there are none. */
function median(values: Float64Array): number {
  return values.toSorted()[values.length >> 1] ?? 0;
}
