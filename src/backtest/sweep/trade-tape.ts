import type { BarSeries } from '#domain/bar.ts';
import { symbolOf } from '#domain/instrument.ts';
import type { SweepTrade } from './sweep.ts';

/** Numbers written for each execution. */
const width = 7;

/** Executions as a row of numbers, so that recording them makes no objects. Grows as needed; cleared for each combination. */
export class TradeTape {
  #numbers = new Float64Array(width * 256);
  #length = 0;
  #isOn = true;

  /** @param isOn whether anybody wants the executions of the next combination */
  restart(isOn: boolean): void {
    this.#length = 0;
    this.#isOn = isOn;
  }

  /** @param side 1 for a buy, 2 for a sell @param row of the day of the execution */
  add(side: number, row: number, price: number, shares: number, fee: number, tax: number, profit: number): void {
    if (!this.#isOn) return;
    const at = this.#length;
    if (at + width > this.#numbers.length) {
      const longer = new Float64Array(this.#numbers.length * 2);
      longer.set(this.#numbers);
      this.#numbers = longer;
    }
    const numbers = this.#numbers;
    numbers[at] = side;
    numbers[at + 1] = row;
    numbers[at + 2] = price;
    numbers[at + 3] = shares;
    numbers[at + 4] = fee;
    numbers[at + 5] = tax;
    numbers[at + 6] = profit;
    this.#length += width;
  }

  trades({ date, instrument }: BarSeries): readonly SweepTrade[] {
    const symbol = symbolOf(instrument);
    const trades: SweepTrade[] = [];
    for (let at = 0; at < this.#length; at += width) {
      const [side, row = 0, price = 0, quantity = 0, fee = 0, tax = 0, profit = 0] = this.#numbers.subarray(
        at,
        at + width,
      );
      trades.push({
        symbol,
        side: side === 1 ? 'buy' : 'sell',
        date: date[row] ?? 0,
        price,
        quantity,
        fee,
        tax,
        profit,
      });
    }
    return trades;
  }
}
