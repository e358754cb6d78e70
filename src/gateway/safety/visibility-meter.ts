import type { BrokerOrder } from '#brokers/broker.ts';
import type { BrokerOrderId } from '#domain/order.ts';

/** Orders whose delay is remembered, and orders that may wait to be seen at one time. */
const samplesKept = 1_000;
const waitingMax = 1_000;
/** The window is this many times the delay that all but one in a thousand orders stay below (threat-model §8). */
const windowPerDelay = 2;

/**
 * Measures how long the broker's list hides an order it has accepted, and makes the quiet window of it: the longest of
 * `floorMs` and twice the delay's 99.9th percentile. A window shorter than the true delay doubles orders, so a delay of
 * more than half the window is told at once, while the order is still hidden.
 */
export class VisibilityMeter {
  readonly #floorMs: number;
  readonly #onSlow: (delayMs: number, windowMs: number) => void;
  /** Accepted and not in a list yet: when, and whether a list asked for after that lacked it. */
  readonly #waiting = new Map<BrokerOrderId, { readonly ackedMs: number; readonly wasMissed: boolean }>();
  readonly #delays: number[] = [];
  #percentile = 0;

  /** @param options.onSlow called for each order that stays hidden for more than half the window, once */
  constructor(options: { readonly floorMs: number; readonly onSlow: (delayMs: number, windowMs: number) => void }) {
    this.#floorMs = options.floorMs;
    this.#onSlow = options.onSlow;
  }

  /** True while the list has to be read to see an order in it. */
  get isWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  /** Real milliseconds. */
  get quietWindowMs(): number {
    return Math.max(this.#floorMs, windowPerDelay * this.#percentile);
  }

  /** The broker gave an order its number. Times are real milliseconds of one clock. */
  accepted(id: BrokerOrderId, elapsedMs: number): void {
    if (this.#waiting.size < waitingMax) this.#waiting.set(id, { ackedMs: elapsedMs, wasMissed: false });
  }

  /** A whole list, and when it was asked for and answered. */
  listed(rows: readonly BrokerOrder[], sentMs: number, answeredMs: number): void {
    if (!this.isWaiting) return;
    const ids = new Set(rows.map((row) => row.brokerOrderId));
    for (const [id, { ackedMs, wasMissed }] of this.#waiting) {
      if (ids.has(id)) this.#seen(id, wasMissed ? answeredMs - ackedMs : 0);
      else if (sentMs > ackedMs) this.#missed(id, ackedMs, sentMs - ackedMs);
    }
  }

  /** Seen in the first list asked for: the broker hides nothing. Else the longest that it can have been. */
  #seen(id: BrokerOrderId, delayMs: number): void {
    this.#waiting.delete(id);
    this.#delays.push(delayMs);
    if (this.#delays.length > samplesKept) this.#delays.shift();
    const sorted = this.#delays.toSorted((a, b) => a - b);
    // The nearest rank, rounded up; the longest of all below a thousand samples.
    this.#percentile = sorted[Math.ceil(sorted.length * 0.999) - 1] ?? 0;
  }

  /** Told once; what the delay is in the end widens the window when the order is seen, or now at the least. */
  #missed(id: BrokerOrderId, ackedMs: number, delayMs: number): void {
    const windowMs = this.quietWindowMs;
    if (delayMs * windowPerDelay <= windowMs) {
      this.#waiting.set(id, { ackedMs, wasMissed: true });
      return;
    }
    this.#seen(id, delayMs);
    this.#onSlow(delayMs, windowMs);
  }
}

/** What a person is told of it: the most dangerous number of the house is too small, or the broker is not well. */
export function slowVisibility(delayMs: number, windowMs: number) {
  const detail = `The broker's list hid an accepted order for ${Math.round(delayMs)} ms, more than half the quiet window of ${Math.round(windowMs)} ms`;
  return { kind: 'incident', code: 'visibility-slow', detail } as const;
}
