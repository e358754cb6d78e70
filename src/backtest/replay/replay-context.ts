import type { InstrumentId } from '#domain/instrument.ts';
import type { OrderSide } from '#domain/order.ts';
import type { Won } from '#domain/won.ts';
import { decisionLine, type Decision } from '#strategy/decision-log.ts';
import { orderTerms } from '#strategy/order-terms.ts';
import type { OrderDraft, StrategyContext, StrategyPosition } from '#strategy/strategy.ts';
import type { ReplayDesk } from './replay-desk.ts';

/** A decision and the bar it is about. */
export interface ReplayedLine {
  /** Epoch milliseconds. */
  readonly barStartsAtMs: number;
  /** Canonical, without a line break. */
  readonly text: string;
}

/** What a strategy sees and can do while a recorded run is replayed; its decisions are written down anew. */
export class ReplayContext implements StrategyContext {
  readonly lines: ReplayedLine[] = [];
  /** Start of the bar that the strategy is shown, or was shown last. */
  barStartsAtMs = 0;
  /** While bars warm the strategy up its notes are left out. */
  isWarmUp = false;
  readonly #desk: ReplayDesk;
  readonly #requestPrefix: string;
  #requests = 0;

  /** @param requestPrefix what the ids of the run's requests began with */
  constructor(desk: ReplayDesk, requestPrefix: string) {
    this.#desk = desk;
    this.#requestPrefix = requestPrefix;
  }

  get nowMs(): number {
    return this.#desk.nowMs;
  }

  get cash(): Won {
    return this.#desk.cash;
  }

  get equity(): Won {
    return this.#desk.equity;
  }

  get orderValueMax(): Won {
    return this.#desk.orderValueMax;
  }

  get positionCount(): number {
    return this.#desk.positionCount;
  }

  position(instrument: InstrumentId): StrategyPosition | null {
    return this.#desk.position(instrument);
  }

  hasOpenOrder(instrument: InstrumentId): boolean {
    return this.#desk.hasOpenOrder(instrument);
  }

  limitPrice(instrument: InstrumentId, side: OrderSide, lastPrice: Won, distanceBps: number): Won {
    return this.#desk.limitPrice(instrument, side, lastPrice, distanceBps);
  }

  submit(draft: OrderDraft): string {
    const requestId = `${this.#requestPrefix}-${(this.#requests += 1)}`;
    const { instrument, side, quantity, price, reason } = draft;
    const terms = orderTerms(draft);
    const decision = { kind: 'submit', instrument, side, quantity, price, reason } as const;
    this.#record(terms === undefined ? decision : { ...decision, terms });
    this.#desk.submit(requestId, draft);
    return requestId;
  }

  cancel(requestId: string): void {
    const order = this.#desk.cancel(requestId);
    if (order !== null) this.#record({ kind: 'cancel', instrument: order.instrument, side: order.side });
  }

  log(instrument: InstrumentId, message: string): void {
    if (!this.isWarmUp) this.#record({ kind: 'note', instrument, message });
  }

  /** A line of the house and not of the strategy, as it stands in the recording. */
  note(instrument: InstrumentId, message: string): void {
    this.#record({ kind: 'note', instrument, message });
  }

  #record(decision: Decision): void {
    this.lines.push({ barStartsAtMs: this.barStartsAtMs, text: decisionLine(this.barStartsAtMs, decision) });
  }
}
