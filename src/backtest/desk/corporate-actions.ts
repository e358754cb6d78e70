import type { InstrumentId } from '#domain/instrument.ts';
import { symbolOf } from '#domain/instrument.ts';
import { plainDate } from '#domain/trading-date.ts';
import { orderValue, subtractWon, won, type Won } from '#domain/won.ts';
import { dividendTax } from '#markets/dividend-tax.ts';
import type { OrderDesk } from './order-desk.ts';
import type { PaperAccount } from './paper-account.ts';
import type { BacktestDividend } from '../result.ts';

/** A dividend in cash. Days are yyyymmdd. */
export interface Dividend {
  readonly instrument: InstrumentId;
  /** Who holds the share at the close before this day is paid. */
  readonly exDate: number;
  readonly payDate: number;
  readonly perShare: Won;
}

/** From `date` on, each `from` old shares are `to` new ones. For raw bars alone: adjusted ones have it in their prices. */
export interface Split {
  readonly instrument: InstrumentId;
  /** First day at the new price, yyyymmdd. */
  readonly date: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Dividends and splits of the instruments of a backtest. A dividend is owed at the ex-day's start to whoever holds then,
 * and comes in, taxed, at the start of the first day on or after the pay day; until then it is no part of equity.
 */
export class CorporateActions {
  readonly #account: PaperAccount;
  readonly #desk: Pick<OrderDesk, 'split'>;
  readonly #dividends: readonly Dividend[];
  readonly #splits: readonly Split[];
  readonly #owed: BacktestDividend[] = [];
  readonly #paid: BacktestDividend[] = [];
  #nextDividend = 0;
  #nextSplit = 0;

  constructor(
    actions: {
      readonly dividends?: readonly Dividend[] | undefined;
      readonly splits?: readonly Split[] | undefined;
      /** What happened before this day happened to nobody. */
      readonly from: number;
    },
    { account, desk }: { readonly account: PaperAccount; readonly desk: Pick<OrderDesk, 'split'> },
  ) {
    this.#dividends = (actions.dividends ?? [])
      .filter((one) => one.exDate >= actions.from)
      .toSorted((a, b) => a.exDate - b.exDate);
    this.#splits = (actions.splits ?? []).filter((one) => one.date >= actions.from).toSorted((a, b) => a.date - b.date);
    this.#account = account;
    this.#desk = desk;
  }

  get paid(): readonly BacktestDividend[] {
    return this.#paid;
  }

  /** Called at the start of each day, before anything trades. */
  startDay(date: number): void {
    for (; (this.#splits[this.#nextSplit]?.date ?? Infinity) <= date; this.#nextSplit += 1) {
      const split = this.#splits[this.#nextSplit];
      if (split !== undefined) this.#split(split);
    }
    for (; (this.#dividends[this.#nextDividend]?.exDate ?? Infinity) <= date; this.#nextDividend += 1) {
      const dividend = this.#dividends[this.#nextDividend];
      if (dividend !== undefined) this.#owe(dividend);
    }
    for (let index = this.#owed.length - 1; index >= 0; index -= 1) {
      const due = this.#owed[index];
      if (due === undefined || due.payDate > date) continue;
      this.#owed.splice(index, 1);
      this.#paid.push(due);
      this.#account.receive(subtractWon(won(due.gross), won(due.tax)));
    }
  }

  #split(split: Split): void {
    this.#account.split(split.instrument, split);
    this.#desk.split(split.instrument);
  }

  #owe({ instrument, exDate, payDate, perShare }: Dividend): void {
    const held = this.#account.ledger.positions.get(instrument)?.quantity ?? 0;
    if (held === 0) return;
    const gross = orderValue(perShare, held);
    const tax = dividendTax(gross, plainDate(payDate));
    this.#owed.push({ symbol: symbolOf(instrument), exDate, payDate, perShare, quantity: held, gross, tax });
  }
}
