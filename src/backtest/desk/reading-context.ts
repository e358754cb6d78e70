import type { InstrumentId } from '#domain/instrument.ts';
import type { OrderSide } from '#domain/order.ts';
import type { Won } from '#domain/won.ts';
import type { OrderDraft, StrategyContext, StrategyPosition } from '#strategy/strategy.ts';

/** One question that a strategy asked its context, and the answer. */
export interface ContextReading {
  /** Such as `cash` or `position(005930)`. */
  readonly question: string;
  readonly answer: string;
}

/** A context that writes down what is read from it and otherwise is the one it was given. */
export class ReadingContext implements StrategyContext {
  readonly readings: ContextReading[] = [];
  readonly #context: StrategyContext;

  constructor(context: StrategyContext) {
    this.#context = context;
  }

  get nowMs(): number {
    return this.#read('nowMs', this.#context.nowMs);
  }

  get cash(): Won {
    return this.#read('cash', this.#context.cash);
  }

  get equity(): Won {
    return this.#read('equity', this.#context.equity);
  }

  get orderValueMax(): Won {
    return this.#read('orderValueMax', this.#context.orderValueMax);
  }

  get positionCount(): number {
    return this.#read('positionCount', this.#context.positionCount);
  }

  position(instrument: InstrumentId): StrategyPosition | null {
    const position = this.#context.position(instrument);
    const text = position === null ? 'none' : `${position.quantity} @ ${position.averagePrice}`;
    this.readings.push({ question: `position(${instrument.slice(4)})`, answer: text });
    return position;
  }

  hasOpenOrder(instrument: InstrumentId): boolean {
    return this.#read(`hasOpenOrder(${instrument.slice(4)})`, this.#context.hasOpenOrder(instrument));
  }

  limitPrice(instrument: InstrumentId, side: OrderSide, lastPrice: Won, distanceBps: number): Won {
    const price = this.#context.limitPrice(instrument, side, lastPrice, distanceBps);
    return this.#read(`limitPrice(${instrument.slice(4)} ${side} ${lastPrice} ${distanceBps}bp)`, price);
  }

  submit(draft: OrderDraft): string {
    return this.#context.submit(draft);
  }

  cancel(requestId: string): void {
    this.#context.cancel(requestId);
  }

  log(instrument: InstrumentId, message: string): void {
    this.#context.log(instrument, message);
  }

  #read<Value extends number | boolean>(question: string, value: Value): Value {
    this.readings.push({ question, answer: String(value) });
    return value;
  }
}
