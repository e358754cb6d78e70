import { defineIndicator } from '../../definition.ts';
import type { IndicatorBar } from '../../definition.ts';
import { whole } from '../../params.ts';
import { WilderAverage } from '../../steps/average.ts';
import { TrueRanges } from '../../steps/true-ranges.ts';
import { Window } from '../../steps/window.ts';

/** Average directional index with both directions, 0 to 100. */
export const adx = defineIndicator({
  id: 'adx',
  name: { ko: 'ADX', en: 'Average directional index' },
  params: { period: whole(14, 1, 100) },
  outputs: ['value', 'plus_di', 'minus_di'],
  inputs: ['high', 'low', 'close'],
  readyAt: ({ period }) => 2 * period,
  start: ({ period }) => {
    const movement = new DirectionalMovement(period);
    return (bar, output) => {
      output[0] = movement.next(bar);
      output[1] = movement.plus;
      output[2] = movement.minus;
    };
  },
});

/** Mean of today's index and the one of `period - 1` bars ago. */
export const adxr = defineIndicator({
  id: 'adxr',
  name: { ko: 'ADXR', en: 'Average directional movement rating' },
  params: { period: whole(14, 1, 100) },
  outputs: ['value'],
  inputs: ['high', 'low', 'close'],
  readyAt: ({ period }) => 3 * period - 1,
  start: ({ period }) => {
    const movement = new DirectionalMovement(period);
    const window = new Window(period);
    return (bar, output) => {
      window.push(movement.next(bar));
      output[0] = (window.at(0) + window.at(period - 1)) / 2;
    };
  },
});

/**
 * Wilder's directional movement: running sums of the first `period` moves, then `sum - sum / period + move`.
 *
 * @see Wilder, New Concepts in Technical Trading Systems (1978)
 */
class DirectionalMovement {
  plus = NaN;
  minus = NaN;
  readonly #period: number;
  readonly #index: WilderAverage;
  readonly #ranges = new TrueRanges();
  readonly #sums = { range: 0, plus: 0, minus: 0 };
  #previous = { high: NaN, low: NaN };
  #count = 0;

  constructor(period: number) {
    this.#period = period;
    this.#index = new WilderAverage(period);
  }

  /** @returns the index; NaN until it is ready */
  next(bar: Readonly<IndicatorBar>): number {
    const range = this.#ranges.next(bar);
    const [up, down] = [bar.high - this.#previous.high, this.#previous.low - bar.low];
    this.#previous = { high: bar.high, low: bar.low };
    if (Number.isNaN(up)) return NaN;
    this.#count += 1;
    this.#add('range', range);
    this.#add('plus', up > 0 && up >= down ? up : 0);
    this.#add('minus', down > 0 && down > up ? down : 0);
    if (this.#count < this.#period) return NaN;
    const { range: whole, plus, minus } = this.#sums;
    this.plus = whole === 0 ? 0 : (100 * plus) / whole;
    this.minus = whole === 0 ? 0 : (100 * minus) / whole;
    const both = this.plus + this.minus;
    return this.#index.next(both === 0 ? 0 : (100 * Math.abs(this.plus - this.minus)) / both);
  }

  #add(which: 'range' | 'plus' | 'minus', move: number): void {
    const sum = this.#sums[which];
    this.#sums[which] = this.#count <= this.#period ? sum + move : sum - sum / this.#period + move;
  }
}
