import type { Instrument } from '#domain/instrument.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { InstrumentView, LimitView, PortfolioView, QuoteView } from '#link/views.ts';
import { seoulDayAt } from '#domain/trading-date.ts';
import { starter } from '#guard/limits.ts';

/** What the gateway last told of market and account; every strategy of this process reads the same. */
export class MarketMemory {
  readonly #instruments = new Map<string, Instrument>();
  readonly #quotes = new Map<string, QuoteView>();
  readonly #reserved = new Map<string, number>();
  #portfolio: PortfolioView | null = null;
  /** Only for sizing: the guard decides with its own numbers. The profile's, until the gateway lists others. */
  #orderValueMax: number = starter.orderValueMax;
  #collarBps = starter.priceCollarBps;

  instruments(list: readonly InstrumentView[]): void {
    for (const view of list) this.#instruments.set(view.symbol, { ...view, id: instrumentId(view.symbol) });
  }

  quotes(list: readonly QuoteView[]): void {
    for (const quote of list) this.#quotes.set(quote.symbol, quote);
  }

  /** The account as the gateway sees it; it knows every order it has answered, so what we reserved for those is over. */
  portfolio(view: PortfolioView): void {
    this.#portfolio = view;
  }

  limits(rows: readonly LimitView[]): void {
    const account = (code: string): LimitView | undefined =>
      rows.find((row) => row.code === code && row.scope === 'account' && row.limit > 0);
    this.#orderValueMax = account('order-value')?.limit ?? this.#orderValueMax;
    this.#collarBps = account('price-collar')?.limit ?? this.#collarBps;
  }

  /** A trade is newer than any quote that was told before. */
  traded(symbol: string, price: number): void {
    const quote = this.#quotes.get(symbol);
    if (quote !== undefined && quote.price !== price) this.#quotes.set(symbol, { ...quote, price });
  }

  /** Money for a buy that is on its way to the gateway, until `release`. */
  reserve(requestId: string, value: number): void {
    this.#reserved.set(requestId, value);
  }

  release(requestId: string): void {
    this.#reserved.delete(requestId);
  }

  instrument(symbol: string): Instrument | null {
    return this.#instruments.get(symbol) ?? null;
  }

  quote(symbol: string): QuoteView | null {
    return this.#quotes.get(symbol) ?? null;
  }

  /** Base price of `date` (yyyymmdd), won; null while that day's is not known. */
  basePriceOn(symbol: string, date: number): number | null {
    const quote = this.quote(symbol);
    if (quote === null || quote.basePrice <= 0 || dayOfQuote(quote) !== date) return null;
    return quote.basePrice;
  }

  /**
   * Shares in the account, whoever bought them; null while the account is not known, or was not confirmed by the broker
   * since `afterMs` (epoch milliseconds of the market).
   */
  accountShares(symbol: string, afterMs: number): number | null {
    const confirmedAt = this.#portfolio?.confirmedAt ?? null;
    if (this.#portfolio === null || confirmedAt === null) return null;
    if (Temporal.Instant.from(confirmedAt).epochMilliseconds < afterMs) return null;
    return this.#portfolio.positions.find((position) => position.symbol === symbol)?.quantity ?? 0;
  }

  /** As it was told last: another value whenever anything of it may have changed. */
  get account(): PortfolioView | null {
    return this.#portfolio;
  }

  /** When the broker last confirmed the account, epoch milliseconds; null when that is not known. */
  get confirmedAtMs(): number | null {
    const confirmedAt = this.#portfolio?.confirmedAt ?? null;
    return confirmedAt === null ? null : Temporal.Instant.from(confirmedAt).epochMilliseconds;
  }

  /** Cash that ordering can use, less what is on its way; 0 while the account is not known. */
  get cash(): number {
    let reserved = 0;
    for (const value of this.#reserved.values()) reserved += value;
    return Math.max(0, (this.#portfolio?.orderableCash ?? 0) - reserved);
  }

  get equity(): number {
    return this.#portfolio?.equity ?? 0;
  }

  get orderValueMax(): number {
    return this.#orderValueMax;
  }

  get collarBps(): number {
    return this.#collarBps;
  }
}

/** The day of which a quote's base price is, yyyymmdd: the gateway changes nothing of a quote before that day's is read. */
export function dayOfQuote({ at }: QuoteView): number {
  return seoulDayAt(Temporal.Instant.from(at).epochMilliseconds);
}
