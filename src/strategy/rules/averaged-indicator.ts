import type { IndicatorDefinition } from '#indicators/definition.ts';
import { RunningIndicator } from '#indicators/running-indicator.ts';

/**
 * The plain mean of the latest `bars` values of every output, computed anew from oldest to newest on each bar. It has an id
 * of its own, so that nobody who keeps columns by id takes one for the other.
 */
export function averagedIndicator(definition: IndicatorDefinition, bars: number): IndicatorDefinition {
  const { id, params, outputs, inputs, defaultOutput, name, readyAt } = definition;
  return {
    id: `mean ${bars} of ${id}`,
    name: { ko: `${name.ko} ${bars}개 평균`, en: `Mean of ${bars} × ${name.en}` },
    params,
    outputs,
    inputs,
    defaultOutput,
    readyAt: (values) => readyAt(values) + bars - 1,
    start: (values) => {
      const running = new RunningIndicator(definition, values);
      const windows = outputs.map(() => new Float64Array(bars).fill(NaN));
      return (bar, output) => {
        running.next(bar);
        for (const [place, window] of windows.entries()) {
          window.copyWithin(0, 1);
          window[bars - 1] = running.output[place] ?? NaN;
          output[place] = mean(window);
        }
      };
    },
  };
}

function mean(window: Float64Array): number {
  let sum = 0;
  for (const value of window) sum += value;
  return sum / window.length;
}
