import type { Bar } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { OrderUpdate, Strategy, StrategyContext } from '#strategy/strategy.ts';
import type { Brain, BrainEvents, Declaration } from './brain.ts';

/** A rules strategy: our own code over the person's data, so it runs in this process. */
export class RulesBrain implements Brain {
  readonly #strategy: Strategy;
  readonly #context: StrategyContext;
  readonly #events: BrainEvents;

  constructor(strategy: Strategy, context: StrategyContext, events: BrainEvents) {
    this.#strategy = strategy;
    this.#context = context;
    this.#events = events;
  }

  start(): Promise<Declaration> {
    const { instruments, warmUpBars } = this.#strategy;
    return Promise.resolve({ instruments, warmUpBars });
  }

  bar(instrument: InstrumentId, bar: Bar, isWarmUp: boolean): void {
    this.#events.onShown({ kind: 'bar', instrument, bar, isWarmUp });
    this.#events.onDeciding(bar.startsAtMs, isWarmUp);
    this.#strategy.onBar(this.#context, instrument, bar, isWarmUp);
    if (isWarmUp) this.#events.onDeciding(bar.startsAtMs, false);
  }

  close(date: number): void {
    this.#events.onShown({ kind: 'close', date });
    this.#strategy.onClose?.(this.#context, date);
  }

  order(update: OrderUpdate): void {
    this.#events.onShown({ kind: 'order', update });
    this.#strategy.onOrder?.(this.#context, update);
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }
}
