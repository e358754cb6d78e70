import { EquityMeter } from './equity-meter.ts';
import type { GuardNumbers } from './guard-numbers.ts';
import { portion, proportion } from './portion.ts';
import type { SeriesTables } from './series-tables.ts';
import type { SweepFigures } from './sweep.ts';
import type { SweepRules } from './sweep-rules.ts';
import type { TradeTape } from './trade-tape.ts';

const buying = 1;
const selling = 2;
/** Of cash, in thousandths: what `entrySize` leaves for fees. */
const spendablePerMille = 999;

/**
 * Account, guard and broker of one instrument in plain numbers: what `PaperAccount`, `OrderDesk` and `signalStrategy` come
 * to when there is one order a day at the most. It makes no objects; one serves all combinations of a series, after
 * `restart`.
 */
export class SweepAccount {
  /** Orderable, what is still to settle included. */
  cash = 0;
  shares = 0;
  /** Paid for the shares, without fees. */
  cost = 0;
  daysHeld = 0;
  /** True when a number might leave the exact range; the combination is then not for this account. */
  hasGivenUp = false;
  readonly meter = new EquityMeter();
  readonly #tables: SeriesTables;
  readonly #guard: GuardNumbers;
  readonly #tape: TradeTape;
  readonly #orderValueMax: number;
  readonly #commissionPpb: number;
  #positionSize = 0;
  #takeProfit = 0;
  /** The one order that waits for the next day's bar; 0 when there is none. */
  #restingSide = 0;
  #restingPrice = 0;
  #restingShares = 0;
  #buyingFees = 0;
  #fees = 0;
  #tax = 0;
  #trades = 0;
  #orders = 0;
  #firstOrderRow = 0;
  #warmUpBars = 0;
  #denied = 0;
  #tripProfit = 0;
  #trips = 0;
  #wins = 0;
  #won = 0;
  #lost = 0;

  constructor(options: {
    readonly tables: SeriesTables;
    readonly guard: GuardNumbers;
    readonly tape: TradeTape;
    readonly orderValueMax: number;
    readonly commissionPpb: number;
  }) {
    this.#tables = options.tables;
    this.#guard = options.guard;
    this.#tape = options.tape;
    this.#orderValueMax = options.orderValueMax;
    this.#commissionPpb = options.commissionPpb;
  }

  restart(initialCash: number, rules: SweepRules): void {
    this.meter.restart(initialCash);
    this.cash = initialCash;
    this.shares = this.cost = this.daysHeld = 0;
    this.hasGivenUp = false;
    this.#positionSize = rules.positionSize;
    this.#takeProfit = rules.takeProfit;
    this.#warmUpBars = rules.warmUpBars;
    this.#restingSide = this.#buyingFees = this.#fees = this.#tax = 0;
    this.#trades = this.#orders = this.#denied = 0;
    this.#tripProfit = this.#trips = this.#wins = this.#won = this.#lost = 0;
  }

  /** Cash and holding at the close of `row`. */
  equityAt(row: number): number {
    return this.cash + this.shares * (this.#tables.series.close[row] ?? NaN);
  }

  /** Asks for an entry at the close of `row`, nothing being held; true when an order now waits. */
  enter(row: number): boolean {
    const limit = this.#tables.buyPrice[row] ?? NaN;
    const price = Math.abs(limit);
    const wanted = Math.floor(this.cash * this.#positionSize);
    const spendable = Math.floor((this.cash * spendablePerMille) / 1000);
    const sellable = Math.floor(this.#orderValueMax / (1 + this.#takeProfit));
    const shares = Math.floor(Math.max(0, Math.min(wanted, spendable, sellable)) / price);
    if (!(shares > 0)) {
      // A size that is no number is for the engine to refuse.
      if (shares !== 0) this.hasGivenUp = true;
      return false;
    }
    const passes = limit > 0 && this.#guard.passesBuy(price * shares, shares, this.cash);
    if (this.#orders === 0) this.#firstOrderRow = row;
    return this.#ask(buying, price, shares, passes);
  }

  /** Offers what is held, or as much of it as one order may be worth, at the close of `row`; true when an order now waits. */
  leave(row: number): boolean {
    const limit = this.#tables.sellPrice[row] ?? NaN;
    const price = Math.abs(limit);
    const shares = Math.min(this.shares, Math.max(1, Math.floor(this.#orderValueMax / price)));
    const passes = limit > 0 && this.#guard.passesSell(price * shares, shares, this.shares);
    return this.#ask(selling, price, shares, passes);
  }

  #ask(side: number, price: number, shares: number, passes: boolean): boolean {
    this.#orders += 1;
    if (!passes) {
      this.#denied += 1;
      return false;
    }
    this.#restingSide = side;
    this.#restingPrice = price;
    this.#restingShares = shares;
    return true;
  }

  /** What waits meets the bar of `row`: at the open, or at its limit where the bar reaches it. The rest of it expires. */
  settle(row: number): void {
    const side = this.#restingSide;
    if (side === 0) return;
    this.#restingSide = 0;
    const { open, high, low } = this.#tables.series;
    const shares = Math.min(this.#restingShares, this.#tables.fillable[row] ?? 0);
    if (shares === 0) return;
    const limit = this.#restingPrice;
    const opened = open[row] ?? NaN;
    if (side === buying) {
      if (opened <= limit) this.#buy(row, opened, shares);
      else if ((low[row] ?? NaN) <= limit) this.#buy(row, limit, shares);
    } else if (opened >= limit) this.#sell(row, opened, shares);
    else if ((high[row] ?? NaN) >= limit) this.#sell(row, limit, shares);
  }

  #buy(row: number, price: number, shares: number): void {
    const value = price * shares;
    const fee = portion(value, this.#commissionPpb);
    // The broker refuses what cash does not pay for.
    if (value + fee > this.cash) return;
    if (shares * this.#tables.highestPrice + this.cash > Number.MAX_SAFE_INTEGER) this.hasGivenUp = true;
    this.cash -= value + fee;
    this.shares += shares;
    this.cost += value;
    this.#buyingFees += fee;
    this.#fees += fee;
    this.#trades += 1;
    this.#tape.add(buying, row, price, shares, fee, 0, 0);
  }

  #sell(row: number, price: number, shares: number): void {
    const value = price * shares;
    const fee = portion(value, this.#commissionPpb);
    const tax =
      portion(value, this.#tables.transactionTaxPpb[row] ?? NaN) + portion(value, this.#tables.ruralTaxPpb[row] ?? NaN);
    const soldCost = proportion(this.cost, shares, this.shares);
    const soldFees = proportion(this.#buyingFees, shares, this.shares);
    const profit = value - fee - tax - soldCost - soldFees;
    this.cash += value - fee - tax;
    this.shares -= shares;
    this.cost -= soldCost;
    this.#buyingFees -= soldFees;
    this.#fees += fee;
    this.#tax += tax;
    this.#trades += 1;
    this.#tape.add(selling, row, price, shares, fee, tax, profit);
    this.#tripProfit += profit;
    if (this.shares === 0) this.#endTrip();
  }

  /** The row whose day `tradableFrom` says, which the figures of a day are counted from. */
  #clockStart(): number {
    const { start, end } = this.#tables;
    const ready = Math.max(start, this.#warmUpBars);
    const asked = this.#orders > 0 ? this.#firstOrderRow : end;
    const first = Math.min(asked, ready);
    return first < end ? first : start;
  }

  #endTrip(): void {
    const profit = this.#tripProfit;
    this.#tripProfit = 0;
    this.#trips += 1;
    if (profit > 0) {
      this.#wins += 1;
      this.#won += profit;
    } else this.#lost -= profit;
  }

  figures(initialCash: number): SweepFigures {
    const days = this.#tables.end - this.#clockStart();
    const finalValue = this.meter.last;
    return {
      finalValue,
      totalReturn: finalValue / initialCash - 1,
      maximumDrawdown: this.meter.maximumDrawdown,
      sharpe: this.meter.sharpe(days),
      roundTrips: this.#trips,
      winRate: this.#trips === 0 ? null : this.#wins / this.#trips,
      profitFactor: this.#lost === 0 ? null : this.#won / this.#lost,
      trades: this.#trades,
      orders: this.#orders,
      deniedOrders: this.#denied,
      fees: this.#fees,
      tax: this.#tax,
      days,
      daysHeld: this.daysHeld,
    };
  }
}
