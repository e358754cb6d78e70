import type { Bar } from '#domain/bar.ts';
import { dateNumber, seoulDate } from '#domain/trading-date.ts';
import { won, type Won } from '#domain/won.ts';

/** One trade as a quote screen shows it. */
export interface Print {
  readonly at: number;
  readonly price: number;
  readonly quantity: number;
  readonly takerSide: 'buy' | 'sell';
  /** Shares and won traded up to and with this one. */
  readonly volume: number;
  readonly value: number;
}

interface MutableBar {
  startsAtMs: number;
  date: number;
  open: Won;
  high: Won;
  low: Won;
  close: Won;
  volume: number;
}

const recentMax = 30;
const minuteMs = 60_000;

/** Running figures of one instrument's day. */
export class DayStats {
  readonly basePrice: Won;
  readonly minutes: MutableBar[] = [];
  /** Oldest first, at most 30. */
  readonly recent: Print[] = [];
  open = 0;
  high = 0;
  low = 0;
  last: number;
  volume = 0;
  value = 0;
  openAt = 0;
  highAt = 0;
  lowAt = 0;
  buyCount = 0;
  sellCount = 0;
  buyVolume = 0;
  sellVolume = 0;

  constructor(basePrice: Won) {
    this.basePrice = basePrice;
    this.last = basePrice;
  }

  /** Minutes that passed before the venue was watching. */
  seed(bars: readonly Bar[]): void {
    for (const bar of bars) {
      this.minutes.push({ ...bar });
      this.#extend(bar.startsAtMs, bar.open, bar.volume > 0);
      this.#extend(bar.startsAtMs, bar.high, bar.volume > 0);
      this.#extend(bar.startsAtMs, bar.low, bar.volume > 0);
      this.last = bar.close;
      this.volume += bar.volume;
      this.value += bar.volume * bar.close;
      this.buyVolume += Math.ceil(bar.volume / 2);
      this.sellVolume += Math.floor(bar.volume / 2);
    }
  }

  print(at: number, price: number, quantity: number, takerSide: 'buy' | 'sell'): Print {
    this.#extend(at, price, true);
    this.last = price;
    this.volume += quantity;
    this.value += price * quantity;
    if (takerSide === 'buy') {
      this.buyCount += 1;
      this.buyVolume += quantity;
    } else {
      this.sellCount += 1;
      this.sellVolume += quantity;
    }
    this.#intoMinute(at, won(price), quantity);
    const print = { at, price, quantity, takerSide, volume: this.volume, value: this.value };
    this.recent.push(print);
    if (this.recent.length > recentMax) this.recent.shift();
    return print;
  }

  #extend(at: number, price: number, isTraded: boolean): void {
    if (!isTraded) return;
    if (this.open === 0) {
      this.open = price;
      this.openAt = at;
    }
    if (price > this.high) {
      this.high = price;
      this.highAt = at;
    }
    if (this.low === 0 || price < this.low) {
      this.low = price;
      this.lowAt = at;
    }
  }

  #intoMinute(at: number, price: Won, quantity: number): void {
    const startsAtMs = at - (at % minuteMs);
    const bar = this.minutes.at(-1);
    if (bar !== undefined && bar.startsAtMs === startsAtMs) {
      if (price > bar.high) bar.high = price;
      if (price < bar.low) bar.low = price;
      bar.close = price;
      bar.volume += quantity;
      return;
    }
    const date = dateNumber(seoulDate(Temporal.Instant.fromEpochMilliseconds(startsAtMs)));
    this.minutes.push({ startsAtMs, date, open: price, high: price, low: price, close: price, volume: quantity });
  }
}
