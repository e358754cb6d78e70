import { roundValues, scaleOf, type Extent } from './chart-scale.ts';

/** Where returns stand on a chart, and which of them get a line across. */
export interface GrowthScale {
  /** Equal distances are equal growth, for a record that grew so much that its first years would be flat. */
  readonly isLog: boolean;
  readonly y: (change: number) => number;
  /** Returns as fractions, 0 not among them, lowest first. */
  readonly marks: readonly number[];
}

/** Growth from the lowest value to the highest from which on a plain scale hides more than it shows. */
const logFrom = 10;
const marksMax = 3;

/** A scale for returns, 0.1 being +10 %: plain, or logarithmic when the values span a tenfold growth or more. */
export function growthScale(extent: Extent, top: number, bottom: number): GrowthScale {
  const [low, high] = [1 + extent.low, 1 + extent.high];
  if (low > 0 && high / low >= logFrom) {
    const scale = scaleOf({ low: Math.log(low), high: Math.log(high) }, top, bottom);
    return { isLog: true, y: (change) => scale(Math.log(1 + change)), marks: logMarks(extent) };
  }
  const marks = roundValues(extent, marksMax).filter((value) => value !== 0);
  return { isLog: false, y: scaleOf(extent, top, bottom), marks };
}

/** +100 %, +1,000 % and so on, the highest ones. */
function logMarks({ high }: Extent): readonly number[] {
  const powers = Array.from({ length: 10 }, (_, power) => 10 ** power);
  return powers.filter((change) => change <= high).slice(-marksMax);
}
