import type { RuleOperator, RuleScale } from './program.ts';

/** Both sides of a comparison at the bar of the decision, and at the bar before it; NaN where there is none. */
export interface Sides {
  left: number;
  right: number;
  leftBefore: number;
  rightBefore: number;
}

/**
 * Whether a comparison holds. With a number missing it does not, `not_equal` included; a cross needs all four. A touch
 * followed by a rise is a cross.
 */
export const holds: Readonly<Record<RuleOperator, (sides: Readonly<Sides>) => boolean>> = {
  greater_than: ({ left, right }) => left > right,
  less_than: ({ left, right }) => left < right,
  greater_equal: ({ left, right }) => left >= right,
  less_equal: ({ left, right }) => left <= right,
  equal: ({ left, right }) => left === right,
  not_equal: ({ left, right }) => Math.abs(left - right) > 0,
  cross_above: ({ left, right, leftBefore, rightBefore }) => leftBefore <= rightBefore && left > right,
  cross_below: ({ left, right, leftBefore, rightBefore }) => leftBefore >= rightBefore && left < right,
};

/** The value of an indicator as a rule wants it. */
export function scaled(value: number, scale: RuleScale | null): number {
  return scale === null ? value : scales[scale.operation](value, scale.by);
}

const scales: Readonly<Record<RuleScale['operation'], (value: number, by: number) => number>> = {
  mul: (value, by) => value * by,
  div: (value, by) => value / by,
  add: (value, by) => value + by,
  sub: (value, by) => value - by,
};
