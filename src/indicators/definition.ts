import { readParams, type ParamSpecs, type ParamValues, type ReadParams, type ValuesOf } from './params.ts';

/** What indicators read of a bar. One object may serve for every bar of a series. */
export interface IndicatorBar {
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  /** The benchmark index at the same bar; NaN where there is none. */
  benchmark: number;
}

export type IndicatorInput = keyof IndicatorBar;

/** Columns of equal length, oldest first. `benchmark` may be left out: it is then NaN throughout. */
export interface IndicatorColumns extends Readonly<Record<Exclude<IndicatorInput, 'benchmark'>, Float64Array>> {
  readonly benchmark?: Float64Array;
}

/** One column for each output, by name, each as long as the series. */
export type IndicatorOutputs = Readonly<Record<string, Float64Array>>;

/** Takes one bar in and writes one value for each output, in the declared order. */
export type IndicatorStep = (bar: Readonly<IndicatorBar>, output: Float64Array) => void;

/** An indicator of the catalogue: what it is called, what it takes, and how it is computed. */
export interface IndicatorDefinition {
  /** As strategies write it: lower-case letters, digits and underscores. */
  readonly id: string;
  readonly name: { readonly ko: string; readonly en: string };
  readonly params: ParamSpecs;
  /** Says what is wanted of values that are each allowed and do not go together; null when all is well. */
  readonly problem?: (values: ParamValues) => string | null;
  readonly outputs: readonly string[];
  /** What a strategy means that names no output. */
  readonly defaultOutput: string;
  /** What it reads. A bar with a number missing among these is passed over: NaN comes out, and nothing is remembered. */
  readonly inputs: readonly IndicatorInput[];
  /** The bar, counted from 1, at which every output first has a value; NaN comes out before it. */
  readonly readyAt: (values: ParamValues) => number;
  /** A fresh computation, bar by bar: the reference. */
  readonly start: (values: ParamValues) => IndicatorStep;
  /** The same numbers, whole columns at once and faster, for finite columns only; bit for bit what `start` gives. */
  readonly columns?: (values: ParamValues, bars: Required<IndicatorColumns>, outputs: IndicatorOutputs) => void;
}

interface Draft<Specs extends ParamSpecs, Output extends string> {
  readonly id: string;
  readonly name: { readonly ko: string; readonly en: string };
  readonly params: Specs;
  readonly problem?: (values: ValuesOf<Specs>) => string | null;
  readonly outputs: readonly Output[];
  /** The first output when left out. */
  readonly defaultOutput?: NoInfer<Output>;
  readonly inputs: readonly IndicatorInput[];
  readonly readyAt: (values: ValuesOf<Specs>) => number;
  readonly start: (values: ValuesOf<Specs>) => IndicatorStep;
  readonly columns?: (
    values: ValuesOf<Specs>,
    bars: Required<IndicatorColumns>,
    outputs: Readonly<Record<Output, Float64Array>>,
  ) => void;
}

/**
 * Makes a definition in which `readyAt`, `start` and `columns` see the values of `params` by name and type.
 * Values must have come from `readParams` or `defaultParams`.
 */
export function defineIndicator<const Specs extends ParamSpecs, const Output extends string>(
  draft: Draft<Specs, Output>,
): IndicatorDefinition {
  // The one place where checked values get back the types that their specifications gave them.
  const definition = draft as unknown as IndicatorDefinition;
  return { ...definition, defaultOutput: draft.defaultOutput ?? draft.outputs[0] ?? 'value' };
}

/** Values for an indicator from outside: each held against its specification, then all of them together. */
export function readIndicatorParams(
  definition: IndicatorDefinition,
  given: Readonly<Record<string, unknown>>,
): ReadParams {
  const read = readParams(definition.params, given);
  if (read.kind === 'bad-param') return read;
  const wanted = definition.problem?.(read.values) ?? null;
  if (wanted === null) return read;
  return { kind: 'bad-param', name: 'periods', found: Object.values(read.values).join(', '), wanted };
}
