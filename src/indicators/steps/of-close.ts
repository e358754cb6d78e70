import type { IndicatorStep } from '../definition.ts';

/** A step with one output that only looks at closes. */
export function ofClose(next: (close: number) => number): IndicatorStep {
  return (bar, output) => {
    output[0] = next(bar.close);
  };
}
