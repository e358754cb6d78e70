import { handFee, handLimits, handTax, handTick, toTick } from './hand-market.ts';
import type { HandBar, HandSymbol } from './hand-run.ts';

/** Distances of the exits from the close of the decision, and how the market fills. */
export interface BracketTerms {
  readonly budget: number;
  /** Parts of a thousand. */
  readonly stop: number;
  readonly target: number;
  /** Hundredths of a percent. */
  readonly trail: number;
  /** One part of so many of a bar's volume trades. */
  readonly volumePart: number;
}

/** `symbol side date price quantity state codes`, and of a trade `symbol side date price quantity fee tax profit`. */
export type HandLine = readonly (string | number)[];

interface Order {
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly date: number;
  readonly price: number;
  quantity: number;
  open: number;
  state: string;
  codes: readonly string[];
}

interface Holding {
  shares: number;
  cost: number;
  fees: number;
  readonly stop: number;
  readonly target: number;
  extreme: number | null;
}

interface Touch {
  readonly price: number;
  readonly isTarget: boolean;
  readonly isOpen: boolean;
}

const orderMax = 1_000_000;

/**
 * Entries with a stop, a target and a trailing stop, in the lots of the date, by docs/backtest.md: what is worth more than
 * one order may be leaves in parts, one a day, and a lot that no order may hold stays.
 */
export class BracketRun {
  readonly trades: HandLine[] = [];
  readonly #symbols: readonly HandSymbol[];
  readonly #sessions: readonly number[];
  readonly #terms: BracketTerms;
  readonly #orders: Order[] = [];
  readonly #held = new Map<string, Holding>();
  readonly #last = new Map<string, number>();
  #asked: { readonly order: Order; readonly close: number }[] = [];
  #passed: Order[] = [];
  #left = new Map<string, number>();
  #cash = 10_000_000;

  constructor(symbols: readonly HandSymbol[], sessions: readonly number[], terms: BracketTerms) {
    this.#symbols = symbols;
    this.#sessions = sessions;
    this.#terms = terms;
  }

  get orders(): readonly HandLine[] {
    return this.#orders.map((one) => [
      one.symbol,
      one.side,
      one.date,
      one.price,
      one.quantity,
      one.state,
      one.codes.join(),
    ]);
  }

  day(date: number, before: number): void {
    this.#left = new Map();
    const now = this.#symbols.flatMap((one) => {
      const bar = one.bars.find((each) => each.date === date);
      return bar === undefined ? [] : [{ one, bar }];
    });
    if (now.length === 0) return;
    for (const { one, bar } of now) this.#leave(one, bar, before, null);
    for (const { order, close } of this.#asked) {
      const found = now.find(({ one }) => one.symbol === order.symbol);
      if (found !== undefined && order.open > 0) this.#enter(order, close, { ...found, before });
    }
    for (const order of this.#passed) if (order.open > 0) order.state = 'expired';
    this.#asked = [];
    this.#passed = [];
    for (const { one, bar } of now) this.#last.set(one.symbol, bar.close);
    for (const { one, bar } of now) this.#decide(one, bar);
  }

  /** Ten shares on KOSPI: always before December 2004, then below 100,000 won, then below 50,000, until May 2014. */
  #lotOf({ symbol, kind }: HandSymbol, date: number): number {
    if (kind !== 'KOSPI' || date >= 20140602) return 1;
    return this.#last.get(symbol)! >= (date >= 20060601 ? 50_000 : 100_000) ? 1 : 10;
  }

  #decide(one: HandSymbol, { date, close, volume }: HandBar): void {
    const { symbol, kind } = one;
    if (volume === 0 || this.#held.has(symbol) || (date + close) % 3 !== 0) return;
    const next = this.#sessions[this.#sessions.indexOf(date) + 1]!;
    const [lower, upper] = handLimits(kind, next, close);
    const price = Math.min(upper, Math.max(lower, toTick(kind, next, (close * 102) / 100, 'down')));
    const free = this.#cash - sum(this.#passed);
    const shares = Math.floor(Math.min(this.#terms.budget, Math.floor((free * 999) / 1_000), orderMax) / price);
    if (shares < 1) return;
    const order = this.#ask(one, { side: 'buy', date, price, shares, on: next, last: close });
    if (order.state === 'acked') this.#asked.push({ order, close });
  }

  #ask(
    one: HandSymbol,
    wish: { side: 'buy' | 'sell'; date: number; price: number; shares: number; on: number; last: number },
  ): Order {
    const { side, date, price } = wish;
    const lot = this.#lotOf(one, wish.on);
    const quantity = wish.shares < lot ? wish.shares : wish.shares - (wish.shares % lot);
    const codes = this.#refusals(one.symbol, side, { price, value: price * quantity, last: wish.last });
    const state = codes.length > 0 ? 'denied' : 'acked';
    const order: Order = { symbol: one.symbol, side, date, price, quantity, open: quantity, state, codes };
    this.#orders.push(order);
    if (state === 'acked') this.#passed.push(order);
    else order.open = 0;
    return order;
  }

  /** Of the starter's limits those that such an account can reach, in the guard's order. */
  #refusals(symbol: string, side: 'buy' | 'sell', now: { price: number; value: number; last: number }): string[] {
    const isBuy = side === 'buy';
    const worth = (code: string, { cost, shares }: Holding): number => Math.max(cost, shares * this.#last.get(code)!);
    const equity = [...this.#held].reduce(
      (all, [code, { shares }]) => all + shares * this.#last.get(code)!,
      this.#cash,
    );
    const invested = [...this.#held].reduce((all, [code, held]) => all + worth(code, held), 0);
    const buys = sum(this.#passed.filter((order) => order.side === 'buy')) + now.value;
    const day = this.#passed.reduce((all, { price, quantity }) => all + price * quantity, 0) + now.value;
    const names = new Set([...this.#held.keys(), ...this.#asked.map(({ order }) => order.symbol), symbol]);
    const failed: readonly (readonly [string, boolean])[] = [
      ['price-collar', Math.abs(now.price - now.last) > Math.floor((now.last * 300) / 10_000)],
      ['order-value', now.value > orderMax],
      ['open-value', sum(this.#passed) + now.value > 2e6],
      ['day-value-strategy', isBuy && day > 3e6],
      ['price-minimum', isBuy && now.price < 1_000],
      ['position-count', isBuy && names.size > 5],
      ['exposure', isBuy && invested + buys > Math.floor(equity / 2)],
      ['cash', isBuy && buys + Math.ceil((buys * 20) / 10_000) > this.#cash],
    ];
    return failed.filter(([, fails]) => fails).map(([code]) => code);
  }

  #enter(order: Order, close: number, now: { one: HandSymbol; bar: HandBar; before: number }): void {
    const { one, bar } = now;
    const isAtOpen = bar.open <= order.price;
    if (!isAtOpen && bar.low > order.price) return;
    const met = isAtOpen ? bar.open : order.price;
    const filled = this.#fill(order, one, bar, met);
    if (filled === 0) return;
    const { stop, target } = this.#terms;
    this.#held.set(one.symbol, {
      shares: filled,
      cost: met * filled,
      fees: handFee(one.kind, met * filled),
      stop: Math.floor((close * (1_000 - stop)) / 1_000),
      target: Math.ceil((close * (1_000 + target)) / 1_000),
      extreme: null,
    });
    const isGood = isAtOpen || order.price === bar.open;
    this.#leave(one, bar, now.before, { open: met, high: isGood ? bar.high : Math.max(met, bar.close), order });
  }

  /** @param entry the path from the fill on, in the bar of the entry */
  #leave(
    one: HandSymbol,
    bar: HandBar,
    before: number,
    entry: { readonly open: number; readonly high: number; readonly order: Order } | null,
  ): void {
    const held = this.#held.get(one.symbol);
    if (held === undefined || bar.volume === 0) return;
    const touch = this.#touch(held, { ...bar, open: entry?.open ?? bar.open, high: entry?.high ?? bar.high });
    if (touch === null) return;
    if (entry !== null && entry.order.open > 0) [entry.order.open, entry.order.state] = [0, 'cancelled'];
    const shares = Math.min(held.shares, Math.max(1, Math.floor(orderMax / touch.price)));
    const met = touch.isOpen ? touch.price : this.#print(one, bar, touch);
    const [lower, upper] = handLimits(one.kind, bar.date, this.#last.get(one.symbol)!);
    const limit = toTick(one.kind, bar.date, (met * 98) / 100, 'up');
    const price = Math.min(upper, Math.max(lower, limit));
    const order = this.#ask(one, { side: 'sell', date: before, price, shares, on: bar.date, last: met });
    if (order.state === 'acked' && met >= price) this.#fill(order, one, bar, met);
  }

  #touch(held: Holding, { open, high, low, close }: HandBar): Touch | null {
    const { stop, target } = held;
    const level = (): number => Math.floor((held.extreme! * (10_000 - this.#terms.trail)) / 10_000);
    held.extreme ??= open;
    const [before, seen] = [level(), held.extreme];
    held.extreme = Math.max(seen, high);
    if (open <= stop || open <= before || open >= target) return { price: open, isTarget: false, isOpen: true };
    if (low <= stop) return { price: stop, isTarget: false, isOpen: false };
    if (low <= before) return { price: before, isTarget: false, isOpen: false };
    if (close <= level()) return { price: level(), isTarget: false, isOpen: false };
    return high >= target ? { price: target, isTarget: true, isOpen: false } : null;
  }

  #print({ kind }: HandSymbol, bar: HandBar, { price, isTarget }: Touch): number {
    const tick = handTick(kind, bar.date, price);
    if (price % tick === 0) return price;
    const print = price - (price % tick) + (isTarget ? tick : 0);
    return Math.min(bar.high, Math.max(bar.low, print));
  }

  /** @returns the shares that traded */
  #fill(order: Order, one: HandSymbol, bar: HandBar, price: number): number {
    const { symbol, kind } = one;
    const isBuy = order.side === 'buy';
    const lot = this.#lotOf(one, bar.date);
    if (order.quantity % lot !== 0) {
      [order.state, order.open] = ['rejected', 0];
      return 0;
    }
    const [lower, upper] = handLimits(kind, bar.date, this.#last.get(symbol)!);
    const left = this.#left.get(symbol) ?? Math.floor(bar.volume / this.#terms.volumePart);
    const most = Math.min(order.open, left);
    const shares = most - (most % lot);
    const isLocked = bar.high === bar.low && (isBuy ? bar.close >= upper : bar.close <= lower);
    if (isLocked || shares === 0) return 0;
    this.#left.set(symbol, left - shares);
    order.open -= shares;
    order.state = order.open === 0 ? 'filled' : 'partially-filled';
    const value = price * shares;
    const fee = handFee(kind, value);
    const settled = this.#sessions[this.#sessions.indexOf(bar.date) + 2]!;
    const tax = isBuy ? 0 : handTax(kind, settled, value);
    this.#cash += isBuy ? -value - fee : value - fee - tax;
    const profit = isBuy ? 0 : value - fee - tax - this.#takeOut(symbol, shares);
    this.trades.push([symbol, order.side, bar.date, price, shares, fee, tax, profit]);
    return shares;
  }

  /** @returns what the sold shares had cost, fees included */
  #takeOut(symbol: string, shares: number): number {
    const held = this.#held.get(symbol)!;
    const part = (of: number): number => Number((BigInt(of) * BigInt(shares)) / BigInt(held.shares));
    const [cost, fees] = [part(held.cost), part(held.fees)];
    held.shares -= shares;
    held.cost -= cost;
    held.fees -= fees;
    if (held.shares === 0) this.#held.delete(symbol);
    return cost + fees;
  }
}

function sum(orders: readonly Order[]): number {
  return orders.reduce((all, { price, open }) => all + price * open, 0);
}
