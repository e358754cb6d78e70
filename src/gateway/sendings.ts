import type { Handled } from './desk/desk.ts';
import { carryOut, tooLate, type EffectsOptions } from './effects.ts';
import type { GatewayClock } from './clock/gateway-clock.ts';

const lastAnswersMs = 1_500;

export interface SendingsOptions extends Omit<EffectsOptions, 'clock' | 'late'> {
  readonly clock: GatewayClock;
}

/** What is on its way to the broker at this moment. */
export class Sendings {
  readonly #options: SendingsOptions;
  readonly #running = new Set<Promise<void>>();

  constructor(options: SendingsOptions) {
    this.#options = options;
  }

  /** Carries out the effects of a step whose records are durable, unless it has become too late for them. */
  begin({ effects, records }: Handled): void {
    const { clock } = this.#options;
    for (const effect of effects) {
      const done = carryOut(effect, {
        ...this.#options,
        late: () => tooLate(effect, records, clock.now().epochMilliseconds, clock.speed),
      });
      this.#running.add(done);
      void done.finally(() => this.#running.delete(done));
    }
  }

  /** Waits a moment for answers: one that is about to come spares the next start a search for its order. */
  async ended(): Promise<void> {
    await Promise.race([Promise.all(this.#running), new Promise((resolve) => setTimeout(resolve, lastAnswersMs))]);
  }
}
