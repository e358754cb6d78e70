import type { IndicatorBar, IndicatorDefinition, IndicatorInput, IndicatorStep } from './definition.ts';
import type { ParamValues } from './params.ts';
import { isUsable } from './usable-number.ts';

/** An indicator at work, one bar after the other. Its numbers are the same bits as those of `indicatorColumns`. */
export class RunningIndicator {
  /** The values of the latest bar, in the declared order of the outputs; NaN until the indicator is ready. */
  readonly output: Float64Array;
  readonly #inputs: readonly IndicatorInput[];
  readonly #step: IndicatorStep;
  readonly #readyAt: number;
  #count = 0;

  /** @param values checked by `readParams`, or the defaults */
  constructor(definition: IndicatorDefinition, values: ParamValues) {
    this.output = new Float64Array(definition.outputs.length).fill(NaN);
    this.#inputs = definition.inputs;
    this.#step = definition.start(values);
    this.#readyAt = definition.readyAt(values);
  }

  /** Takes a bar in. One with a missing or an unusable number leaves NaN in `output` and is not counted. */
  next(bar: Readonly<IndicatorBar>): void {
    if (!this.#isWhole(bar)) {
      this.output.fill(NaN);
      return;
    }
    this.#count += 1;
    this.#step(bar, this.output);
    if (this.#count < this.#readyAt) this.output.fill(NaN);
    else this.#dropInfinite();
  }

  /** A division by a price of 0 is no number that a rule could be held against: as if it were missing. */
  #dropInfinite(): void {
    for (let which = 0; which < this.output.length; which += 1) {
      const value = this.output[which] ?? NaN;
      if (value - value !== 0) this.output[which] = NaN;
    }
  }

  #isWhole(bar: Readonly<IndicatorBar>): boolean {
    for (const input of this.#inputs) if (!isUsable(bar[input])) return false;
    return true;
  }
}
