import type { InstrumentId } from '#domain/instrument.ts';
import { won, type Won } from '#domain/won.ts';
import type { FaultPlan } from './fault-plan.ts';
import { instantAt } from './model-broker.ts';
import type { Random } from '#domain/random.ts';
import type { Timeline } from './timeline.ts';

export interface ModelMarketOptions {
  readonly timeline: Timeline;
  readonly later: Random;
  readonly plan: FaultPlan;
  readonly symbols: readonly InstrumentId[];
  readonly troubleMs: number;
  /** The real guard looks at its prices; else they are never wrong, and only trading stops. */
  readonly isWatched: boolean;
}

const priceFaults = ['price-stale', 'price-zero', 'price-negative', 'odd-tick'] as const;
const tradingFaults = ['limit-lock', 'volatility-halt', 'symbol-change'] as const;

type MarketFault = (typeof priceFaults | typeof tradingFaults)[number];

interface Trouble {
  readonly fault: MarketFault;
  readonly instrument: InstrumentId;
  readonly from: number;
  readonly until: number;
}

export const basePrice = won(70_000);
const tick = 100;
const upperLimit = won(91_000);
/** A halt for volatility lasts two minutes. */
const volatilityHaltMs = 120_000;
const troubleMaxMs = 40_000;
/** The market prints a trade every second, at prices that go round. */
const tradeEveryMs = 1_000;
/** What the guard allows, and as much as its clock may be wrong. */
const ageMaxMs = 5_000 + 2_000;
const collar = 0.03;

/** The truth of two stocks' prices, and what of it strikes orders: where no trade is, nothing fills. */
export class ModelMarket {
  readonly #options: ModelMarketOptions;
  readonly #troubles: Trouble[] = [];

  constructor(options: ModelMarketOptions) {
    this.#options = options;
    const { plan, later, symbols, troubleMs, isWatched } = options;
    for (const fault of [...tradingFaults, ...(isWatched ? priceFaults : [])]) {
      const instrument = symbols[later.below(symbols.length)];
      if (!plan.strikes(fault) || instrument === undefined) continue;
      const from = later.below(troubleMs);
      const lengthMs = fault === 'volatility-halt' ? volatilityHaltMs : 1_000 + later.below(troubleMaxMs);
      this.#troubles.push({ fault, instrument, from, until: from + lengthMs });
    }
  }

  /** Null for a symbol that is not traded under this name. */
  lastTrade(instrument: InstrumentId): { readonly price: Won; readonly at: Temporal.Instant } | null {
    const trade = this.#lastTrade(instrument);
    return trade === null ? null : { price: trade.price, at: instantAt(trade.at) };
  }

  /** False while an order for it stands in the book and meets nobody. */
  trades(instrument: InstrumentId): boolean {
    return !this.#has('limit-lock', instrument) && !this.#has('volatility-halt', instrument);
  }

  /** False while the broker knows no stock of this name. */
  isListed(instrument: InstrumentId): boolean {
    return !this.#has('symbol-change', instrument);
  }

  /** What a strategy that follows the market asks for. */
  askedPrice(instrument: InstrumentId): Won {
    return this.#has('odd-tick', instrument) ? won(basePrice + tick / 2) : basePrice;
  }

  /** Why an order of these terms should not have been let through just now; null when all is well. */
  objection(instrument: InstrumentId, price: Won): string | null {
    const trade = this.#lastTrade(instrument);
    if (trade === null) return 'no price';
    if (price % tick !== 0) return 'a price between two ticks';
    if (!(trade.price > 0)) return `a last price of ${trade.price}`;
    if (this.#options.timeline.now - trade.at > ageMaxMs) return 'a stale price';
    return Math.abs(price - trade.price) > trade.price * collar ? `a last price of ${trade.price}` : null;
  }

  #lastTrade(instrument: InstrumentId): { readonly price: Won; readonly at: number } | null {
    const { now } = this.#options.timeline;
    if (!this.isListed(instrument)) return null;
    const stale = this.#find('price-stale', instrument) ?? this.#find('volatility-halt', instrument);
    const at = Math.floor((stale?.from ?? now) / tradeEveryMs) * tradeEveryMs;
    return { price: this.#price(instrument, at), at };
  }

  #price(instrument: InstrumentId, at: number): Won {
    if (this.#has('price-zero', instrument)) return won(0);
    if (this.#has('price-negative', instrument)) return won(0 - basePrice);
    if (this.#has('limit-lock', instrument)) return upperLimit;
    return won(this.askedPrice(instrument) + tick * (Math.floor(at / tradeEveryMs) % 5) - 2 * tick);
  }

  #has(fault: MarketFault, instrument: InstrumentId): boolean {
    return this.#find(fault, instrument) !== null;
  }

  #find(fault: MarketFault, instrument: InstrumentId): Trouble | null {
    const { now } = this.#options.timeline;
    for (const trouble of this.#troubles) {
      if (trouble.fault !== fault || trouble.instrument !== instrument) continue;
      if (trouble.from <= now && now < trouble.until) return trouble;
    }
    return null;
  }
}
