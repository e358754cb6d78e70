/** Columns of prices that are whole won by the way they were made, or were looked through before. */
const known = new WeakSet<Float64Array>();

/**
 * Says of columns that every number is whole won: by whoever made them of integers, so that nobody looks through fifty
 * million prices again. They are not to be written to afterwards.
 */
export function vouchWholeWon(...columns: readonly Float64Array[]): void {
  for (const column of columns) known.add(column);
}

/** Whether every number of `column` from `start` to before `end` is a safe integer. */
export function isWholeWon(column: Float64Array, start: number, end: number): boolean {
  if (known.has(column)) return true;
  for (let row = start; row < end; row += 1) if (!Number.isSafeInteger(column[row])) return false;
  return true;
}
