import { shareOf } from '#guard/basis-points.ts';
import { limitNames, type Limits } from '#guard/limits.ts';
import { smallOrderSharesMax } from '#guard/small-orders.ts';
import { isCount } from '#guard/whole-number.ts';

/** Every regular session is longer, so that a decision at its opening is never too late for an entry. */
const shortestSessionMs = 3_600_000;
/** The youngest listing that a backtest knows is as old as the first day of the calendar is from 1970. */
const listedForMs = 631_152_000_000;
/** Set aside for fees by the guard's rule of cash, in hundredths of a percent. */
const feeMarginBps = 20;

/**
 * The guard's answer to the one order a day that a sweep's account of one instrument asks for, as plain comparisons: what
 * `decide()` says with no other order of the day. A test holds it against `decide()` itself for any limits.
 */
export class GuardNumbers {
  /** False when a limit asks what these comparisons do not look at; the event path then stands in. */
  readonly isModelled: boolean;
  /** An entry may not be worth more, whatever the equity. */
  readonly #buyValueMax: number;
  readonly #sellValueMax: number;
  readonly #exposureBps: number;
  readonly #lossBps: number;
  readonly #smallOrdersMax: number;
  readonly #allowsOrders: boolean;
  readonly #allowsEntries: boolean;

  constructor(limits: Limits) {
    this.isModelled =
      limitNames.every((name) => isCount(limits[name])) &&
      limits.entryWindowClosesMs < shortestSessionMs &&
      limits.newSymbolWaitMs <= listedForMs;
    this.#sellValueMax = Math.min(limits.orderValueMax, limits.openValueMax);
    this.#buyValueMax = Math.min(
      this.#sellValueMax,
      limits.dayValueAccountMax,
      limits.dayValueStrategyMax,
      limits.positionValueMax,
      limits.exposureMax,
      shareOf(Number.MAX_SAFE_INTEGER, limits.tradedValueShareBps),
    );
    this.#exposureBps = limits.exposureEquityBps;
    this.#lossBps = limits.dailyLossEquityBps;
    this.#smallOrdersMax = limits.smallOrdersPerSymbolMax;
    this.#allowsOrders =
      limits.ordersPerMinuteAccountMax >= 1 && limits.ordersPerMinuteStrategyMax >= 1 && limits.ordersPerDayMax >= 1;
    this.#allowsEntries = this.#allowsOrders && limits.positionCountMax >= 1 && limits.dailyLossMax > 0;
  }

  /** Whether a buy passes while nothing is held, so that cash is all the equity. The price is judged elsewhere. */
  passesBuy(value: number, shares: number, cash: number): boolean {
    return (
      this.#allowsEntries &&
      value <= this.#buyValueMax &&
      value <= shareOf(cash, this.#exposureBps) &&
      shareOf(cash, this.#lossBps) > 0 &&
      (shares > smallOrderSharesMax || this.#smallOrdersMax >= 1) &&
      value + Math.ceil((value * feeMarginBps) / 10_000) <= cash
    );
  }

  /** Whether a sell of no more than is held passes; selling all of it is never a string of small orders. */
  passesSell(value: number, shares: number, held: number): boolean {
    return (
      this.#allowsOrders &&
      value <= this.#sellValueMax &&
      (shares > smallOrderSharesMax || shares === held || this.#smallOrdersMax >= 1)
    );
  }
}
