import { dateNumber, seoulDate } from '#domain/trading-date.ts';
import type { QuoteView } from '#link/views.ts';
import { sessionAt } from '#markets/sessions.ts';

const dayMs = 24 * 3_600_000;

/** What shares cost: a walk around 10,000 won at first, by another scale after each split. */
export class WaitingMarket {
  readonly #prices = new Map<string, number>();
  /** The same before any split. */
  readonly #plains = new Map<string, number>();
  /** Last prices of the regular session, by the scale of today. */
  readonly #closes = new Map<string, number>();
  readonly #bases = new Map<string, { readonly date: number; readonly price: number }>();
  /** Of those the base price of that day is not told. */
  readonly #untold = new Map<string, number>();
  readonly #scales = new Map<string, number>();

  scaleOf(symbol: string): number {
    return this.#scales.get(symbol) ?? 1;
  }

  /** Whether it ever had a price. */
  knows(symbol: string): boolean {
    return this.#prices.has(symbol);
  }

  /** From now on a share costs `scale` of what it did at first. @returns as many times the shares there are */
  split(symbol: string, scale: number): number {
    const ratio = scale / this.scaleOf(symbol);
    const close = this.#closes.get(symbol);
    if (close !== undefined) this.#closes.set(symbol, Math.round(close * ratio));
    this.#scales.set(symbol, scale);
    return 1 / ratio;
  }

  hideBase(symbol: string, nowMs: number): void {
    this.#untold.set(symbol, dateOf(nowMs));
  }

  /**
   * Near the close the market is calm: a price that a death lost there is as good as the one before it.
   *
   * @param plain won, before any split
   */
  trade(symbol: string, plain: number, nowMs: number): number {
    const last = this.#plains.get(symbol);
    const isCalm = last !== undefined && isRegularSession(nowMs) && !isContinuous(nowMs + 15 * 60_000);
    const next = isCalm ? last + Math.sign(plain - last) * 100 : plain;
    const price = Math.round(next * this.scaleOf(symbol));
    this.#plains.set(symbol, next);
    this.#prices.set(symbol, price);
    return price;
  }

  /** Somebody saw the last trade of the regular session so far. */
  seen(symbol: string): void {
    this.#closes.set(symbol, this.#prices.get(symbol) ?? 0);
  }

  quotes(nowMs: number): QuoteView[] {
    return [...this.#prices.keys()].map((symbol) => this.quote(symbol, nowMs));
  }

  quote(symbol: string, nowMs: number): QuoteView {
    const [price, date] = [this.#prices.get(symbol) ?? 0, dateOf(nowMs)];
    if (this.#bases.get(symbol)?.date !== date)
      this.#bases.set(symbol, { date, price: this.#closes.get(symbol) ?? price });
    const basePrice = this.#bases.get(symbol)?.price ?? price;
    const prices = { price, basePrice, open: price, high: price, low: price };
    const atMs = this.#untold.get(symbol) === date ? nowMs - dayMs : nowMs;
    const at = Temporal.Instant.fromEpochMilliseconds(atMs).toString();
    return { symbol, ...prices, upperLimit: price * 2, lowerLimit: 1, volumeOfDay: 0, at };
  }
}

export function isRegularSession(atMs: number): boolean {
  const { kind } = sessionAt(Temporal.Instant.fromEpochMilliseconds(atMs));
  return kind === 'continuous' || kind === 'closing-auction';
}

function isContinuous(atMs: number): boolean {
  return sessionAt(Temporal.Instant.fromEpochMilliseconds(atMs)).kind === 'continuous';
}

/** yyyymmdd. */
export function dateOf(ms: number): number {
  return dateNumber(seoulDate(Temporal.Instant.fromEpochMilliseconds(ms)));
}
