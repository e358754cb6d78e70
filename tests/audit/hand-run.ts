import { handFee, handLimits, handTax, handTick, toTick, type HandKind } from './hand-market.ts';

export interface HandBar {
  readonly date: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

export interface HandSymbol {
  readonly symbol: string;
  readonly kind: HandKind;
  readonly bars: readonly HandBar[];
}

interface HandOrder {
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly date: number;
  readonly price: number;
  readonly quantity: number;
  open: number;
  state: string;
  codes: readonly string[];
}

/** Shares, what they cost, and the fees of buying them. */
interface Holding {
  shares: number;
  cost: number;
  fees: number;
}

const cashAtStart = 10_000_000;

/**
 * A crossing of two averages with a stop of 5 % and a target of 10 %, a fifth of the account each, by docs/backtest.md,
 * docs/strategies/tutorial.md and the limits of docs/rules/guard.md: decided at a close, filled in the next session.
 */
export class HandRun {
  readonly trades: (readonly (string | number)[])[] = [];
  readonly #orders: HandOrder[] = [];
  readonly equity: (readonly [number, number])[] = [];
  readonly #symbols: readonly HandSymbol[];
  readonly #sessions: readonly number[];
  readonly #held = new Map<string, Holding>();
  readonly #last = new Map<string, number>();
  readonly #closes = new Map<string, number[]>();
  readonly #leaving = new Set<string>();
  readonly #averages: readonly [short: number, long: number];
  #resting: HandOrder[] = [];
  #cash = cashAtStart;

  constructor(symbols: readonly HandSymbol[], sessions: readonly number[], averages: readonly [number, number]) {
    this.#symbols = symbols;
    this.#sessions = sessions;
    this.#averages = averages;
  }

  day(date: number): void {
    const now = this.#symbols.flatMap((one) =>
      one.bars.filter((bar) => bar.date === date).map((bar) => ({ one, bar })),
    );
    if (now.length === 0) return;
    for (const side of ['sell', 'buy']) {
      for (const order of this.#resting.filter((each) => each.side === side)) {
        const found = now.find(({ one }) => one.symbol === order.symbol);
        if (found !== undefined) this.#meet(order, found.one, found.bar);
      }
    }
    for (const order of this.#resting) if (order.open > 0) order.state = 'expired';
    this.#resting = [];
    for (const { one, bar } of now) this.#last.set(one.symbol, bar.close);
    for (const { one, bar } of now) if (bar.volume > 0) this.#decide(one, bar);
    this.equity.push([date, this.#worth]);
  }

  /** Every order with what became of it, oldest first. */
  get asked(): readonly Omit<HandOrder, 'open'>[] {
    return this.#orders.map(({ symbol, side, date, price, quantity, state, codes }) => {
      return { symbol, side, date, price, quantity, state, codes };
    });
  }

  get #worth(): number {
    return [...this.#held].reduce((sum, [symbol, { shares }]) => sum + shares * this.#last.get(symbol)!, this.#cash);
  }

  #after(date: number, sessions: number): number {
    return this.#sessions[this.#sessions.indexOf(date) + sessions]!;
  }

  #meet(order: HandOrder, { symbol, kind }: HandSymbol, bar: HandBar): void {
    const isBuy = order.side === 'buy';
    const isOpenGood = isBuy ? bar.open <= order.price : bar.open >= order.price;
    const isReached = isBuy ? bar.low <= order.price : bar.high >= order.price;
    const [lower, upper] = handLimits(kind, this.#after(order.date, 1), this.#last.get(symbol)!);
    const isLocked = bar.high === bar.low && (isBuy ? bar.close >= upper : bar.close <= lower);
    const shares = Math.min(order.open, Math.floor(bar.volume / 10));
    if (isLocked || shares === 0 || !(isOpenGood || isReached)) return;
    const price = isOpenGood ? bar.open : order.price;
    const value = price * shares;
    const fee = handFee(kind, value);
    const tax = isBuy ? 0 : handTax(kind, this.#after(bar.date, 2), value);
    const profit = this.#book(symbol, isBuy ? shares : -shares, { value, fee, tax });
    order.open -= shares;
    order.state = order.open === 0 ? 'filled' : 'partially-filled';
    this.trades.push([symbol, order.side, bar.date, price, shares, fee, tax, profit]);
  }

  #book(symbol: string, shares: number, { value, fee, tax }: { value: number; fee: number; tax: number }): number {
    const held = this.#held.get(symbol) ?? { shares: 0, cost: 0, fees: 0 };
    const isBuy = shares > 0;
    const part = (of: number): number => (isBuy ? 0 : Number((BigInt(of) * BigInt(-shares)) / BigInt(held.shares)));
    const [cost, fees] = [part(held.cost), part(held.fees)];
    held.shares += shares;
    held.cost += isBuy ? value : -cost;
    held.fees += isBuy ? fee : -fees;
    this.#cash += isBuy ? -value - fee : value - fee - tax;
    if (held.shares === 0) this.#held.delete(symbol);
    else this.#held.set(symbol, held);
    return isBuy ? 0 : value - fee - tax - cost - fees;
  }

  #decide(one: HandSymbol, { date, close }: HandBar): void {
    const closes = this.#closes.get(one.symbol) ?? [];
    this.#closes.set(one.symbol, [...closes, close]);
    const [before, after] = [this.#gap(closes), this.#gap([...closes, close])];
    const held = this.#held.get(one.symbol);
    if (held === undefined) {
      this.#leaving.delete(one.symbol);
      if (before <= 0 && after > 0) this.#enter(one, date, close);
      return;
    }
    const average = held.cost / held.shares;
    const isOut = close <= average * 0.95 || close >= average * 1.1 || (before >= 0 && after < 0);
    if (isOut) this.#leaving.add(one.symbol);
    if (!this.#leaving.has(one.symbol)) return;
    const price = this.#price(one.kind, date, close, 'sell');
    this.#ask(one, {
      side: 'sell',
      date,
      price,
      quantity: Math.min(held.shares, Math.max(1, Math.floor(1e6 / price))),
    });
  }

  /** Short average less long average; NaN while there are too few closes, of which nothing is true. */
  #gap(closes: readonly number[]): number {
    const [short, long] = this.#averages;
    const sum = (count: number): number => closes.slice(-count).reduce((total, each) => total + each, 0);
    return closes.length < long ? NaN : (sum(short) * long - sum(long) * short) / (short * long);
  }

  #price(kind: HandKind, date: number, close: number, side: 'buy' | 'sell'): number {
    const next = this.#after(date, 1);
    const [lower, upper] = handLimits(kind, next, close);
    const wanted = (close * (side === 'buy' ? 102 : 98)) / 100;
    const price = toTick(kind, next, Math.max(wanted, handTick(kind, next, wanted)), side === 'buy' ? 'down' : 'up');
    return Math.min(upper, Math.max(lower, price));
  }

  #enter(one: HandSymbol, date: number, close: number): void {
    const price = this.#price(one.kind, date, close, 'buy');
    const waiting = this.#resting.filter(({ side }) => side === 'buy');
    if (this.#held.size + waiting.filter(({ symbol }) => !this.#held.has(symbol)).length >= 5) return;
    const free = this.#cash - sumOf(waiting);
    const budget = Math.min(Math.floor(this.#worth / 5), Math.floor((free * 999) / 1_000), Math.floor(1e6 / 1.1));
    const quantity = Math.floor(budget / price);
    if (quantity > 0) this.#ask(one, { side: 'buy', date, price, quantity });
  }

  #ask({ symbol }: HandSymbol, wish: Pick<HandOrder, 'side' | 'date' | 'price' | 'quantity'>): void {
    const codes = this.#refusals(symbol, wish);
    const state = codes.length > 0 ? 'denied' : 'acked';
    const order: HandOrder = { symbol, ...wish, open: wish.quantity, state, codes };
    this.#orders.push(order);
    if (codes.length === 0) this.#resting.push(order);
  }

  /** Of the starter's limits those that such an account can reach, in the guard's order. */
  #refusals(symbol: string, { side, price, quantity }: Pick<HandOrder, 'side' | 'price' | 'quantity'>): string[] {
    const value = price * quantity;
    const isBuy = side === 'buy';
    const buys = sumOf(this.#resting.filter((order) => order.side === 'buy')) + value;
    const held = (code: string): number => {
      const own = this.#held.get(code);
      return own === undefined ? 0 : Math.max(own.cost, own.shares * this.#last.get(code)!);
    };
    const invested = [...this.#held.keys()].reduce((sum, code) => sum + held(code), 0);
    const distance = Math.abs(price - this.#last.get(symbol)!);
    const failed: readonly (readonly [string, boolean])[] = [
      ['price-collar', distance > Math.floor((this.#last.get(symbol)! * 300) / 10_000)],
      ['order-value', value > 1e6],
      ['open-value', sumOf(this.#resting) + value > 2e6],
      ['day-value-strategy', isBuy && sumOf(this.#resting) + value > 3e6],
      ['price-minimum', isBuy && price < 1_000],
      ['position-value', isBuy && held(symbol) + value > 2e6],
      ['exposure', isBuy && invested + buys > Math.floor(this.#worth / 2)],
      ['cash', isBuy && buys + Math.ceil((buys * 20) / 10_000) > this.#cash],
    ];
    return failed.filter(([, fails]) => fails).map(([code]) => code);
  }
}

function sumOf(orders: readonly HandOrder[]): number {
  return orders.reduce((sum, { price, open }) => sum + price * open, 0);
}
