import { defineIndicator } from '../../definition.ts';
import { decimal } from '../../params.ts';

interface Bar {
  readonly high: number;
  readonly low: number;
}

/** Parabolic stop and reverse, kept outside the last two bars; the first direction is that of the larger move. */
export const sar = defineIndicator({
  id: 'sar',
  name: { ko: '파라볼릭 SAR', en: 'Parabolic stop and reverse' },
  params: {
    af_start: decimal(0.02, 0.01, 0.2, 0.01),
    af_step: decimal(0.02, 0.01, 0.2, 0.01),
    af_max: decimal(0.2, 0.1, 0.5, 0.05),
  },
  outputs: ['value'],
  inputs: ['high', 'low'],
  readyAt: () => 2,
  start: ({ af_start, af_step, af_max }) => {
    let state: Parabola | null = null;
    let previous: Bar | null = null;
    return ({ high, low }, output) => {
      const [bar, before] = [{ high, low }, previous];
      previous = bar;
      output[0] = NaN;
      if (before === null) return;
      // As in TA-Lib, the first stop is held to the bar of its own only, not to the one before.
      const bound = state === null ? bar : before;
      state ??= new Parabola(before, bar, { start: Math.min(af_start, af_max), step: af_step, max: af_max });
      output[0] = state.next(bound, bar);
    };
  },
});

/** @see Wilder, New Concepts in Technical Trading Systems (1978) */
class Parabola {
  readonly #factors: { readonly start: number; readonly step: number; readonly max: number };
  #isLong: boolean;
  #extreme: number;
  #stop: number;
  #factor: number;

  constructor(before: Bar, bar: Bar, factors: { readonly start: number; readonly step: number; readonly max: number }) {
    const [up, down] = [bar.high - before.high, before.low - bar.low];
    this.#factors = factors;
    this.#factor = factors.start;
    this.#isLong = !(down > 0 && down > up);
    this.#extreme = this.#isLong ? bar.high : bar.low;
    this.#stop = this.#isLong ? before.low : before.high;
  }

  next(before: Bar, bar: Bar): number {
    return this.#isLong ? this.#rise(before, bar) : this.#fall(before, bar);
  }

  #rise(before: Bar, bar: Bar): number {
    if (bar.low <= this.#stop) return this.#turn(false, Math.max(this.#extreme, before.high, bar.high), before, bar);
    const stop = this.#stop;
    if (bar.high > this.#extreme) this.#extend(bar.high);
    this.#stop = Math.min(stop + this.#factor * (this.#extreme - stop), before.low, bar.low);
    return stop;
  }

  #fall(before: Bar, bar: Bar): number {
    if (bar.high >= this.#stop) return this.#turn(true, Math.min(this.#extreme, before.low, bar.low), before, bar);
    const stop = this.#stop;
    if (bar.low < this.#extreme) this.#extend(bar.low);
    this.#stop = Math.max(stop + this.#factor * (this.#extreme - stop), before.high, bar.high);
    return stop;
  }

  #extend(extreme: number): void {
    this.#extreme = extreme;
    this.#factor = Math.min(this.#factor + this.#factors.step, this.#factors.max);
  }

  /** The bar that touches the stop starts the other direction from the extreme of the old one. */
  #turn(isLong: boolean, from: number, before: Bar, bar: Bar): number {
    this.#isLong = isLong;
    this.#factor = this.#factors.start;
    this.#extreme = isLong ? bar.high : bar.low;
    const next = from + this.#factor * (this.#extreme - from);
    this.#stop = isLong ? Math.min(next, before.low, bar.low) : Math.max(next, before.high, bar.high);
    return from;
  }
}
