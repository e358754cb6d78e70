import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import { FixConfiguration } from '#domain/errors.ts';
import type { OrderSide } from '#domain/order.ts';
import { subtractWon, type Won } from '#domain/won.ts';
import type { Limits } from '#guard/limits.ts';
import { decisionLine, type Decision } from '#strategy/decision-log.ts';
import { orderTerms } from '#strategy/order-terms.ts';
import type { OrderDraft, StrategyContext, StrategyPosition } from '#strategy/strategy.ts';
import { marketablePrice } from './marketable-price.ts';
import type { OrderDesk } from './order-desk.ts';
import type { PaperAccount } from './paper-account.ts';

/** What a strategy sees and can do in a backtest: its account and orders at the close of the bar shown last. */
export class DeskContext implements StrategyContext {
  readonly decisionLog: string[] = [];
  readonly #instruments: ReadonlyMap<InstrumentId, Instrument>;
  readonly #limits: Limits;
  readonly #account: PaperAccount;
  readonly #desk: OrderDesk;
  readonly #keepsLog: boolean;
  #barStartsAtMs = 0;
  #isWarmUp = true;

  constructor(options: {
    readonly instruments: readonly Instrument[];
    readonly limits: Limits;
    readonly account: PaperAccount;
    readonly desk: OrderDesk;
    /** Whether `decisionLog` gets its lines. */
    readonly keepsLog: boolean;
  }) {
    this.#instruments = new Map(options.instruments.map((instrument) => [instrument.id, instrument]));
    this.#limits = options.limits;
    this.#account = options.account;
    this.#desk = options.desk;
    this.#keepsLog = options.keepsLog;
  }

  /** The engine calls it before each callback. */
  show(barStartsAtMs: number, isWarmUp: boolean): void {
    this.#barStartsAtMs = barStartsAtMs;
    this.#isWarmUp = isWarmUp;
  }

  /** From now on orders are taken; the bar shown last stays the one of the log. */
  endWarmUp(): void {
    this.#isWarmUp = false;
  }

  /** The opening for which decisions on day bars are meant, the end of a minute bar; while warming up, the bar's start. */
  get nowMs(): number {
    return this.#isWarmUp ? this.#barStartsAtMs : this.#desk.nowMs;
  }

  /** Orderable cash less what open buys may take. */
  get cash(): Won {
    return subtractWon(this.#account.orderableCash, this.#desk.reservedForBuys());
  }

  get equity(): Won {
    return this.#account.equity;
  }

  get orderValueMax(): Won {
    return this.#limits.orderValueMax;
  }

  get positionCount(): number {
    return this.#account.ledger.positions.size;
  }

  position(instrument: InstrumentId): StrategyPosition | null {
    const position = this.#account.ledger.positions.get(instrument);
    if (position === undefined || position.quantity === 0) return null;
    return { quantity: position.quantity, averagePrice: position.cost / position.quantity };
  }

  hasOpenOrder(instrument: InstrumentId): boolean {
    return this.#desk.hasOpenOrder(instrument);
  }

  limitPrice(instrument: InstrumentId, side: OrderSide, lastPrice: Won, distanceBps: number): Won {
    const listing = this.#instruments.get(instrument);
    if (listing === undefined) throw notDeclared(instrument);
    return marketablePrice({
      instrument: listing,
      side,
      lastPrice,
      distanceBps,
      collarBps: this.#limits.priceCollarBps,
      basePrice: this.#desk.basePrice(instrument) ?? lastPrice,
      date: this.#desk.tradingDate,
    });
  }

  submit(draft: OrderDraft): string {
    if (this.#isWarmUp) throw orderInWarmUp(draft.instrument);
    if (this.#keepsLog) this.#record(submission(draft));
    return this.#desk.submit(draft, this.#barStartsAtMs);
  }

  cancel(requestId: string): void {
    const order = this.#desk.cancel(requestId);
    if (this.#keepsLog && order !== null)
      this.#record({ kind: 'cancel', instrument: order.instrument, side: order.side });
  }

  /** Notes of the warm-up are left out: how long it is depends on the history at hand, and the log must not. */
  log(instrument: InstrumentId, message: string): void {
    if (this.#keepsLog && !this.#isWarmUp) this.#record({ kind: 'note', instrument, message });
  }

  #record(decision: Decision): void {
    this.decisionLog.push(decisionLine(this.#barStartsAtMs, decision));
  }
}

function submission(draft: OrderDraft): Decision {
  const { instrument, side, quantity, price, reason } = draft;
  const terms = orderTerms(draft);
  const decision = { kind: 'submit', instrument, side, quantity, price, reason } as const;
  return terms === undefined ? decision : { ...decision, terms };
}

function notDeclared(instrument: InstrumentId): FixConfiguration {
  return new FixConfiguration(
    'backtest.instrument',
    `Cannot price an order for ${instrument}: the strategy does not declare it, wanted one of its instruments. Add it to the strategy's list.`,
  );
}

function orderInWarmUp(instrument: InstrumentId): FixConfiguration {
  return new FixConfiguration(
    'backtest.order-in-warm-up',
    `Cannot take an order for ${instrument}: the strategy asked while it was warming up, wanted orders only when isWarmUp is false.`,
  );
}
