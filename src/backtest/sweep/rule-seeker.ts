import type { RuleOperator } from '#strategy/rules/program.ts';
import type { ResolvedGroup, ResolvedIndicator } from '#strategy/rules/resolve-program.ts';
import type { RuleColumns } from '#strategy/rules/rule-columns.ts';

/** Finds the next bar at which something holds. */
export interface RuleSeeker {
  /**
   * The first bar at or after `from` at which it holds, or `end` when there is none. Each call must ask from no earlier
   * than the call before: seekers remember what they have passed.
   */
  next(from: number): number;
}

/**
 * A seeker of a group of rules over whole columns: the bars that `RuleColumns` marks, without marking them. It reads a
 * column no further than it is asked to, so that exits are not looked for while nothing is held, nor entries while
 * something is.
 *
 * @param end the length of the columns
 */
export function ruleSeeker(
  group: ResolvedGroup,
  indicators: readonly ResolvedIndicator[],
  columns: RuleColumns,
  end: number,
): RuleSeeker {
  const seekers = group.rules.map((rule) => {
    if (rule.kind !== 'compare') return ruleSeeker(rule, indicators, columns, end);
    const { left, operator, right } = rule;
    return new ComparisonSeeker(operator, columns.column(left, indicators), columns.column(right, indicators), end);
  });
  const [only] = seekers;
  if (only === undefined) return { next: () => end };
  if (seekers.length === 1) return only;
  return group.kind === 'all' ? new AllSeeker(seekers, end) : new AnySeeker(seekers, end);
}

class ComparisonSeeker implements RuleSeeker {
  readonly #seek: Seek;
  readonly #left: Float64Array;
  readonly #right: Float64Array;
  readonly #end: number;

  constructor(operator: RuleOperator, left: Float64Array, right: Float64Array, end: number) {
    this.#seek = seeks[operator];
    this.#left = left;
    this.#right = right;
    this.#end = end;
  }

  next(from: number): number {
    return this.#seek(this.#left, this.#right, from, this.#end);
  }
}

/** All hold: whichever is furthest ahead is the next candidate, until they agree. */
class AllSeeker implements RuleSeeker {
  readonly #seekers: readonly RuleSeeker[];
  readonly #end: number;

  constructor(seekers: readonly RuleSeeker[], end: number) {
    this.#seekers = seekers;
    this.#end = end;
  }

  next(from: number): number {
    let [candidate, agreed] = [from, 0];
    for (let which = 0; agreed < this.#seekers.length; which = (which + 1) % this.#seekers.length) {
      const found = this.#seekers[which]?.next(candidate) ?? this.#end;
      if (found >= this.#end) return this.#end;
      agreed = found === candidate ? agreed + 1 : 1;
      candidate = found;
    }
    return candidate;
  }
}

/** One holds: each is asked again only once its last answer has been passed. */
class AnySeeker implements RuleSeeker {
  readonly #seekers: readonly RuleSeeker[];
  readonly #found: Int32Array;
  readonly #end: number;

  constructor(seekers: readonly RuleSeeker[], end: number) {
    this.#seekers = seekers;
    this.#found = new Int32Array(seekers.length).fill(-1);
    this.#end = end;
  }

  next(from: number): number {
    let least = this.#end;
    for (let which = 0; which < this.#seekers.length; which += 1) {
      let found = this.#found[which] ?? -1;
      if (found < from) {
        found = this.#seekers[which]?.next(from) ?? this.#end;
        this.#found[which] = found;
      }
      if (found < least) least = found;
    }
    return least;
  }
}

type Seek = (left: Float64Array, right: Float64Array, from: number, end: number) => number;

/* As in `RuleColumns`: one loop for each operator. */

const seeks: Readonly<Record<RuleOperator, Seek>> = {
  greater_than: (left, right, from, end) => {
    let row = from;
    while (row < end && !(at(left, row) > at(right, row))) row += 1;
    return row;
  },
  less_than: (left, right, from, end) => {
    let row = from;
    while (row < end && !(at(left, row) < at(right, row))) row += 1;
    return row;
  },
  greater_equal: (left, right, from, end) => {
    let row = from;
    while (row < end && !(at(left, row) >= at(right, row))) row += 1;
    return row;
  },
  less_equal: (left, right, from, end) => {
    let row = from;
    while (row < end && !(at(left, row) <= at(right, row))) row += 1;
    return row;
  },
  equal: (left, right, from, end) => {
    let row = from;
    while (row < end && at(left, row) !== at(right, row)) row += 1;
    return row;
  },
  not_equal: (left, right, from, end) => {
    let row = from;
    while (row < end && !(Math.abs(at(left, row) - at(right, row)) > 0)) row += 1;
    return row;
  },
  cross_above: (left, right, from, end) => seekCross(left, right, from, end),
  cross_below: (left, right, from, end) => seekCross(right, left, from, end),
};

/** `over` was at or below `under` on the bar before and is above it now. */
function seekCross(over: Float64Array, under: Float64Array, from: number, end: number): number {
  let row = Math.max(1, from);
  let before = at(over, row - 1) <= at(under, row - 1);
  for (; row < end; row += 1) {
    const a = at(over, row);
    const b = at(under, row);
    if (before && a > b) return row;
    before = a <= b;
  }
  return end;
}

function at(column: Float64Array, row: number): number {
  return column[row] ?? NaN;
}
