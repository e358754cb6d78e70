/**
 * Checks the window of an indicator.
 *
 * @param least smallest period that the formula allows
 * @throws {RangeError} fractions, NaN, and anything below `least`
 */
export function checkPeriod(name: string, period: number, least: number): void {
  if (!Number.isSafeInteger(period) || period < least) {
    throw new RangeError(`Cannot compute ${name}: period ${period}, wanted a whole number of ${least} or more`);
  }
}

/** @throws {RangeError} when an output column is shorter or longer than its input */
export function checkLength(name: string, input: Float64Array, output: Float64Array): void {
  if (input.length !== output.length) {
    throw new RangeError(`Cannot compute ${name}: output of ${output.length} values, wanted ${input.length}`);
  }
}
