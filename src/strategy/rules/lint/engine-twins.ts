import type { IndicatorDefinition, IndicatorInput, IndicatorStep } from '#indicators/definition.ts';
import type { ParamValues } from '#indicators/params.ts';
import { closeLocation, typicalOf } from '#indicators/steps/bar-prices.ts';
import { RateOfChange } from '#indicators/steps/rate-of-change.ts';
import { RollingExtreme } from '#indicators/steps/rolling-extreme.ts';
import { Window } from '#indicators/steps/window.ts';

/** Of the two programs that read `.kis.yaml`: `b` is the backtester, `s` the strategy builder and its live executor. */
export type Engine = 'b' | 's';

/** How one of them computes an indicator, in the places of our outputs; NaN where it has no value. */
interface Twin {
  /** What it reads besides our own inputs. */
  readonly inputs?: readonly IndicatorInput[];
  readonly start: (values: ParamValues, own: IndicatorDefinition) => IndicatorStep;
}

/**
 * The indicator as the other program computes it: same parameters and outputs, ready when ours is, another id. Null where
 * both mean the same, differ in their first bars only, or the specification does not say enough to compute it (§6, last
 * column, and §6.3).
 */
export function engineTwin(own: IndicatorDefinition, engine: Engine): IndicatorDefinition | null {
  const table = twins[engine];
  const twin = Object.hasOwn(table, own.id) ? table[own.id] : undefined;
  if (twin === undefined) return null;
  const { params, outputs, defaultOutput, name, readyAt, problem } = own;
  return {
    id: `${own.id} of ${engine}`,
    name,
    params,
    outputs,
    defaultOutput,
    inputs: [...new Set([...own.inputs, ...(twin.inputs ?? [])])],
    readyAt,
    start: (values) => twin.start(values, own),
    ...(problem === undefined ? {} : { problem }),
  };
}

const twins: Readonly<Record<Engine, Readonly<Record<string, Twin>>>> = {
  s: {
    momentum: { start: ({ period }) => fromBefore(period, (now, before) => now - before) },
    returns: { start: ({ period }) => fromBefore(period, (now, before) => now / before - 1) },
    vwap: { start: cumulativeVwap },
    ad: { start: () => (bar, output) => output.fill(closeLocation(bar) * bar.volume) },
    maximum: { inputs: ['high'], start: ({ period }) => extreme('highest', period, 'high') },
    minimum: { inputs: ['low'], start: ({ period }) => extreme('lowest', period, 'low') },
    rsi: { start: ({ period }) => exponentialRsi(Number(period)) },
    bollinger: {
      start: (values, own) => {
        const widening = Math.sqrt(ofSample(values));
        return after(own.start(values), ([upper = NaN, middle = NaN, lower = NaN], output) => {
          output[0] = middle + (upper - middle) * widening;
          output[2] = middle - (middle - lower) * widening;
        });
      },
    },
    std: { start: (values, own) => times(own.start(values), Math.sqrt(ofSample(values))) },
    variance: { start: (values, own) => times(own.start(values), ofSample(values)) },
    regression: {
      start: (values, own) => after(own.start(values), ([, slope = NaN], output) => output.fill(slope)),
    },
    ichimoku: {
      start: (values, own) => after(own.start(values), ([, kijun = NaN], output) => output.fill(kijun, 1)),
    },
    pivot: { inputs: ['close'], start: () => (bar, output) => output.fill(typicalOf(bar)) },
    beta: { start: () => (_bar, output) => output.fill(0) },
    alpha: { start: () => (_bar, output) => output.fill(0) },
  },
  b: {
    returns: { start: (values, own) => times(own.start(values), 100) },
    kst: { start: disorderedKst },
  },
};

/** A sample's square deviation is this many times the population's; a sample of one has none. */
function ofSample({ period }: ParamValues): number {
  const count = Number(period);
  return count === 1 ? NaN : count / (count - 1);
}

function after(step: IndicatorStep, change: (now: Float64Array, output: Float64Array) => void): IndicatorStep {
  return (bar, output) => {
    step(bar, output);
    change(output, output);
  };
}

function times(step: IndicatorStep, factor: number): IndicatorStep {
  return after(step, ([value = NaN], output) => output.fill(value * factor));
}

function fromBefore(period: unknown, of: (now: number, before: number) => number): IndicatorStep {
  const closes = new Window(Number(period) + 1);
  return ({ close }, output) => {
    closes.push(close);
    output.fill(of(close, closes.at(Number(period))));
  };
}

function extreme(kind: 'highest' | 'lowest', period: unknown, price: 'high' | 'low'): IndicatorStep {
  const rolling = new RollingExtreme(kind, Number(period));
  return (bar, output) => output.fill(rolling.next(bar[price]));
}

/** From the first bar on, whatever the period; the typical price itself until something was traded. */
function cumulativeVwap(): IndicatorStep {
  let [turnover, shares] = [0, 0];
  return (bar, output) => {
    turnover += typicalOf(bar) * bar.volume;
    shares += bar.volume;
    output.fill(shares === 0 ? typicalOf(bar) : turnover / shares);
  };
}

/** Gains and losses in exponential averages of weight 2/(N+1), the first change being where they begin. */
function exponentialRsi(period: number): IndicatorStep {
  const weight = 2 / (period + 1);
  let [previous, gain, loss] = [NaN, NaN, NaN];
  return ({ close }, output) => {
    const change = close - previous;
    previous = close;
    output.fill(NaN);
    if (Number.isNaN(change)) return;
    const [rose, fell] = [Math.max(change, 0), Math.max(-change, 0)];
    gain = Number.isNaN(gain) ? rose : gain + weight * (rose - gain);
    loss = Number.isNaN(loss) ? fell : loss + weight * (fell - loss);
    output.fill(loss === 0 ? 100 : 100 - 100 / (1 + gain / loss));
  };
}

/** The backtester hands nine numbers over in another order (§6.3); its signal line has no name that it could find. */
function disorderedKst({ roc1, roc2, roc3, roc4 }: ParamValues): IndicatorStep {
  const lines = [
    { rate: new RateOfChange(Number(roc1)), mean: new Window(Number(roc2)) },
    { rate: new RateOfChange(Number(roc3)), mean: new Window(Number(roc4)) },
    { rate: new RateOfChange(10), mean: new Window(13) },
    { rate: new RateOfChange(15), mean: new Window(20) },
  ];
  return ({ close }, output) => {
    let value = 0;
    for (const [place, { rate, mean }] of lines.entries()) {
      const change = rate.next(close);
      if (!Number.isNaN(change)) mean.push(change);
      value += (place + 1) * (mean.isFull ? mean.sum() / mean.length : NaN);
    }
    output.fill(NaN);
    output[0] = value;
  };
}
