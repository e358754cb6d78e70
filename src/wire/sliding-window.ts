export interface SlidingWindowOptions {
  /** Calls that the other side allows in any of its windows; 1 or more. */
  readonly calls: number;
  /** Length of its window with our margin, in milliseconds. */
  readonly windowMs: number;
  /**
   * A call without an answer is taken to have arrived after so long. One that hangs would hold its place for ever
   * otherwise, and an order would wait behind it.
   */
  readonly arrivalMsMax: number;
}

/** One call on its way. */
export interface Departure {
  /** It was answered or is lost: it arrived by now at the latest. Further calls change nothing. */
  settled(nowMs: number): void;
}

/**
 * Counts calls by the other side's clock, of which we know one thing: a call arrives after it left and before its answer
 * is here. So it holds its place from leaving until one window after its answer, and however unevenly the network
 * delays, no window over there sees more than `calls`. Holds at most `calls` places.
 */
export class SlidingWindow {
  readonly #options: SlidingWindowOptions;
  #places: { freeAtMs: number }[] = [];

  constructor(options: SlidingWindowOptions) {
    this.#options = options;
  }

  /** 0 when a call may leave with `reserved` places to spare, else the milliseconds until the next look is worth it. */
  waitMs(nowMs: number, reserved = 0): number {
    this.#places = this.#places.filter((place) => place.freeAtMs > nowMs);
    const room = this.#options.calls - reserved;
    const excess = this.#places.length - room;
    if (excess < 0) return 0;
    const freeAt = this.#places.map((place) => place.freeAtMs).toSorted((a, b) => a - b);
    return (freeAt[excess] ?? nowMs) - nowMs;
  }

  leave(nowMs: number): Departure {
    const { windowMs, arrivalMsMax } = this.#options;
    const place = { freeAtMs: nowMs + arrivalMsMax + windowMs };
    this.#places.push(place);
    return {
      settled: (atMs) => {
        place.freeAtMs = Math.min(place.freeAtMs, atMs + windowMs);
      },
    };
  }
}
