import type {
  IndicatorBar,
  IndicatorColumns,
  IndicatorDefinition,
  IndicatorInput,
  IndicatorOutputs,
} from './definition.ts';
import type { ParamValues } from './params.ts';
import { RunningIndicator } from './running-indicator.ts';
import { areUsable } from './usable-number.ts';

/**
 * One column for each output of an indicator over a whole series: by its fast columns where it has them and every number
 * is there, by its bar-by-bar reference otherwise. No value is infinite.
 *
 * @param values checked by `readParams`, or the defaults
 * @param more.isUsable whether every number of an input is one to compute with, for callers that compute many indicators
 * @param more.newColumn zeros in the length asked for; memory of its own when left out
 * @throws {RangeError} columns of different lengths
 */
export function indicatorColumns(
  definition: IndicatorDefinition,
  values: ParamValues,
  bars: IndicatorColumns,
  more: {
    readonly isUsable?: (input: IndicatorInput) => boolean;
    readonly newColumn?: (length: number) => Float64Array;
  } = {},
): IndicatorOutputs {
  const { isUsable = (input) => areUsable(bars[input] ?? nothing), newColumn = (rows) => new Float64Array(rows) } =
    more;
  const { length } = bars.close;
  const whole = { ...bars, benchmark: bars.benchmark ?? noNumbers(length) };
  checkLengths(definition.id, whole, length);
  const outputs = Object.fromEntries(definition.outputs.map((name) => [name, newColumn(length)]));
  if (definition.columns === undefined || !definition.inputs.every((input) => isUsable(input))) {
    walk(new RunningIndicator(definition, values), whole, Object.values(outputs));
    return outputs;
  }
  definition.columns(values, whole, outputs);
  const silentEnd = Math.min(length, definition.readyAt(values) - 1);
  for (const output of Object.values(outputs)) output.fill(NaN, 0, silentEnd);
  return outputs;
}

/** As long as the longest that was asked for; nobody writes to it. */
let nothing = new Float64Array([NaN]);

function noNumbers(length: number): Float64Array {
  if (length > nothing.length) nothing = new Float64Array(2 * length).fill(NaN);
  return nothing.subarray(0, length);
}

function walk(running: RunningIndicator, bars: Required<IndicatorColumns>, outputs: readonly Float64Array[]): void {
  const bar: IndicatorBar = { open: NaN, high: NaN, low: NaN, close: NaN, volume: NaN, benchmark: NaN };
  for (let index = 0; index < bars.close.length; index += 1) {
    bar.open = bars.open[index] ?? NaN;
    bar.high = bars.high[index] ?? NaN;
    bar.low = bars.low[index] ?? NaN;
    bar.close = bars.close[index] ?? NaN;
    bar.volume = bars.volume[index] ?? NaN;
    bar.benchmark = bars.benchmark[index] ?? NaN;
    running.next(bar);
    for (let which = 0; which < outputs.length; which += 1) {
      const column = outputs[which];
      if (column !== undefined) column[index] = running.output[which] ?? NaN;
    }
  }
}

function checkLengths(id: string, bars: Required<IndicatorColumns>, length: number): void {
  for (const column of Object.values(bars)) {
    if (column.length === length) continue;
    throw new RangeError(`Cannot compute ${id}: a column of ${column.length} bars, wanted ${length} in each`);
  }
}
