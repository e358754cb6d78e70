import { firstAtOrAfter } from '#domain/first-at-or-after.ts';
import type { ResolvedOperand } from './resolve-program.ts';

/** What operands were at some places of their columns, and a bar before each: all that is kept of columns for who asks why. */
export class ToldValues {
  /** Ascending. */
  readonly #places: Int32Array;
  readonly #indexes: ReadonlyMap<ResolvedOperand, number>;
  /** Place by place, operand by operand: the value of the bar before, then that of the place. */
  readonly #values: Float64Array;
  /** The place that was asked for last, and where it stands among all. */
  #asked = { place: -1, at: -1 };

  /** @param places ascending; kept */
  constructor(
    operands: readonly { readonly operand: ResolvedOperand; readonly column: Float64Array }[],
    places: Int32Array,
  ) {
    this.#places = places;
    this.#indexes = new Map(operands.map(({ operand }, index) => [operand, index]));
    this.#values = valuesAt(
      operands.map(({ column }) => column),
      places,
    );
  }

  /** @param which 0 for the bar before, 1 for the place itself. @returns NaN for a place that was not told */
  at(operand: ResolvedOperand, place: number, which: 0 | 1): number {
    const index = this.#indexes.get(operand);
    if (this.#asked.place !== place) this.#asked = { place, at: firstAtOrAfter(this.#places, place) };
    const { at } = this.#asked;
    if (index === undefined || this.#places[at] !== place) return NaN;
    return this.#values[2 * (at * this.#indexes.size + index) + which] ?? NaN;
  }
}

function valuesAt(columns: readonly Float64Array[], places: Int32Array): Float64Array {
  const values = new Float64Array(2 * columns.length * places.length);
  let next = 0;
  for (const place of places) {
    for (const column of columns) {
      values[next] = column[place - 1] ?? NaN;
      values[next + 1] = column[place] ?? NaN;
      next += 2;
    }
  }
  return values;
}
