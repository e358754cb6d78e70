import type { Bar } from '#domain/bar.ts';
import type { InstrumentId, InstrumentKind } from '#domain/instrument.ts';
import { plainDate } from '#domain/trading-date.ts';
import { volatilityRates } from '#exchange/volatility-rates.ts';

interface Reference {
  readonly date: number;
  /** What the opening auction or the last interruption printed. */
  price: number;
  /** The bar of now set an interruption off: at these prices and beyond nothing traded in it. */
  bounds: { readonly lower: number; readonly upper: number } | null;
}

/**
 * Static volatility interruptions as minute bars show them: trading stops for two minutes where it reaches a tenth from
 * the last single price, and goes on with an auction. The open of the next bar is taken for its print. Dynamic ones need
 * every trade and are not seen here. @see krx-rules §6.1
 */
export class Interruptions {
  readonly #references = new Map<InstrumentId, Reference>();

  /** Every minute bar, in order, before orders meet it. */
  see(instrument: InstrumentId, kind: InstrumentKind, bar: Bar): void {
    const before = this.#references.get(instrument);
    const isNewDay = before?.date !== bar.date;
    const price = isNewDay || before.bounds !== null ? bar.open : before.price;
    const { staticPerMille } = volatilityRates({ kind, isCore: false }, 'continuous', plainDate(bar.date));
    const reach = price * (staticPerMille ?? Infinity);
    const isSetOff = (bar.high - price) * 1_000 >= reach || (price - bar.low) * 1_000 >= reach;
    const bounds = isSetOff ? { lower: price - reach / 1_000, upper: price + reach / 1_000 } : null;
    this.#references.set(instrument, { date: bar.date, price, bounds });
  }

  /** True when the bar seen last stopped before `price` could trade. */
  isStopped(instrument: InstrumentId, price: number): boolean {
    const bounds = this.#references.get(instrument)?.bounds ?? null;
    return bounds !== null && (price <= bounds.lower || price >= bounds.upper);
  }
}
