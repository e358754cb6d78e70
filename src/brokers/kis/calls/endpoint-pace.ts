import { RetryLater } from '#domain/errors.ts';

import type { KisEndpoint } from '../endpoints/endpoint.ts';

/**
 * Keeps calls of one endpoint `spacingMs` apart, beside the budget that all share. Whoever would wait too long is told
 * so at once: for a list that KIS gives out once a day, waiting is no answer.
 */
export class EndpointPace {
  readonly #elapsedMs: () => number;
  readonly #wait: (milliseconds: number) => Promise<void>;
  /** When the next call may begin; one entry an endpoint, so bounded by their number. */
  readonly #nextAtMs = new Map<string, number>();

  constructor(elapsedMs: () => number, wait: (milliseconds: number) => Promise<void>) {
    this.#elapsedMs = elapsedMs;
    this.#wait = wait;
  }

  /**
   * Resolves when the call may be made, which then counts.
   *
   * @param name of the endpoint in this environment: its TR id, or its path where it has none
   * @throws {RetryLater} `kis.busy` when that would take longer than `waitMsMax`
   */
  async turn(name: string, { spacingMs = 0 }: KisEndpoint, waitMsMax: number): Promise<void> {
    if (spacingMs === 0) return;
    const nowMs = this.#elapsedMs();
    const startMs = Math.max(nowMs, this.#nextAtMs.get(name) ?? nowMs);
    if (startMs - nowMs > waitMsMax) {
      throw new RetryLater(
        'kis.busy',
        `Cannot ask KIS for ${name}: asked already, allowed again in ${Math.ceil((startMs - nowMs) / 1_000)} s`,
      );
    }
    this.#nextAtMs.set(name, startMs + spacingMs);
    if (startMs > nowMs) await this.#wait(startMs - nowMs);
  }
}
