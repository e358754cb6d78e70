import { SlidingWindow, type Departure, type SlidingWindowOptions } from './sliding-window.ts';

/** Who asks first: a cancel before an order, an order before a query. */
export type RateLane = 'cancel' | 'order' | 'query';

/**
 * `granted`: the call may leave now, and whoever made it says `settled` when it was answered or is lost ·
 * `late`: the longest wait passed first, or the budget was closed · `full`: too many wait already. The last two spent
 * nothing.
 */
export type RateTurn = { readonly kind: 'granted'; settled(): void } | { readonly kind: 'late' | 'full' };

export interface RateBudgetOptions {
  /** Sustained calls a second, more than 0; fractions are fine. */
  readonly perSecond: number;
  /** Calls that may leave at once after a rest; 1 or more. In any second at most `burst + perSecond` leave. */
  readonly burst: number;
  /** Of `burst`, how many only cancels may spend; 0 if not said, at most `burst - 1`. */
  readonly reservedForCancel?: number;
  /** Milliseconds that only grow. */
  readonly elapsedMs: () => number;
  /** Longest wait in `acquire`, by lane; 5,000 · 3,000 · 20,000 if not said. */
  readonly waitMsMax?: Readonly<Partial<Record<RateLane, number>>>;
  /** How many may wait in each lane; 200 if not said. */
  readonly waitersMax?: number;
  /** What the other side counts in any window of its own clock; nothing of the kind if not said. */
  readonly window?: SlidingWindowOptions;
}

export interface RateBudget {
  /** Spends one call and returns 0, or spends nothing and returns the milliseconds after which it may succeed. */
  take(lane: RateLane): number;
  /**
   * Waits for its turn. Within a lane first come, first served; waiting lanes go by rank.
   *
   * @param withinMs a shorter wait than the lane's longest
   */
  acquire(lane: RateLane, withinMs?: number): Promise<RateTurn>;
  /** Nothing leaves for `milliseconds`: the other side said that we were too fast. */
  pause(milliseconds: number): void;
  /** All who wait are `late`, and so is everybody who asks from now on. */
  close(): void;
}

interface Waiter {
  readonly lane: RateLane;
  readonly deadlineMs: number;
  readonly settle: (turn: RateTurn) => void;
}

const lanes: readonly RateLane[] = ['cancel', 'order', 'query'];
const waitMsDefault: Readonly<Record<RateLane, number>> = { cancel: 5_000, order: 3_000, query: 20_000 };

/**
 * The generic cell rate algorithm: one number, the time at which the budget will be whole again. It spreads the calls;
 * that no window of the other side sees too many is the business of `window`.
 *
 * @see ITU-T I.371, annex A (virtual scheduling)
 * @throws {RangeError} unless `perSecond` is above 0, `burst` 1 or more and `reservedForCancel` below it
 */
export function createRateBudget(options: RateBudgetOptions): RateBudget {
  return new QueuedBudget(options);
}

class QueuedBudget implements RateBudget {
  readonly #options: RateBudgetOptions;
  readonly #intervalMs: number;
  readonly #reserved: number;
  readonly #window: SlidingWindow | null;
  readonly #waiting: Record<RateLane, Waiter[]> = { cancel: [], order: [], query: [] };
  #wholeAgainAtMs: number;
  #departure: Departure | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isClosed = false;

  constructor(options: RateBudgetOptions) {
    const { perSecond, burst, reservedForCancel = 0, window } = options;
    if (!(perSecond > 0) || burst < 1 || reservedForCancel < 0 || reservedForCancel > burst - 1) {
      throw new RangeError('Not a rate budget: wanted perSecond above 0, burst of 1 or more, reserved below burst');
    }
    this.#options = options;
    this.#intervalMs = 1_000 / perSecond;
    this.#reserved = reservedForCancel;
    this.#window = window === undefined ? null : new SlidingWindow(window);
    this.#wholeAgainAtMs = options.elapsedMs();
  }

  take(lane: RateLane): number {
    const nowMs = this.#options.elapsedMs();
    const reserved = lane === 'cancel' ? 0 : this.#reserved;
    const startMs = Math.max(this.#wholeAgainAtMs, nowMs);
    const waitMs = startMs - (this.#options.burst - reserved - 1) * this.#intervalMs - nowMs;
    const windowMs = this.#window?.waitMs(nowMs, reserved) ?? 0;
    // The comparison is not with 0: sums of fractions of a millisecond must not cost a turn.
    if (waitMs > 1e-6 || windowMs > 0) return Math.max(waitMs, windowMs);
    this.#wholeAgainAtMs = startMs + this.#intervalMs;
    this.#departure = this.#window?.leave(nowMs) ?? null;
    return 0;
  }

  acquire(lane: RateLane, withinMs = Number.POSITIVE_INFINITY): Promise<RateTurn> {
    const { elapsedMs, waitMsMax, waitersMax = 200 } = this.#options;
    if (this.#isClosed) return Promise.resolve({ kind: 'late' });
    if (this.#first() === undefined && this.take(lane) === 0) return Promise.resolve(this.#granted());
    if (this.#waiting[lane].length >= waitersMax) return Promise.resolve({ kind: 'full' });
    const waitMs = Math.min(waitMsMax?.[lane] ?? waitMsDefault[lane], withinMs);
    return new Promise((settle) => {
      this.#waiting[lane].push({ lane, deadlineMs: elapsedMs() + waitMs, settle });
      this.#serve();
    });
  }

  pause(milliseconds: number): void {
    const { elapsedMs, burst } = this.#options;
    const untilMs = elapsedMs() + milliseconds + (burst - 1) * this.#intervalMs;
    this.#wholeAgainAtMs = Math.max(this.#wholeAgainAtMs, untilMs);
  }

  close(): void {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const lane of lanes) for (const waiter of this.#waiting[lane].splice(0)) waiter.settle({ kind: 'late' });
  }

  #first(): Waiter | undefined {
    return lanes.map((lane) => this.#waiting[lane][0]).find((waiter) => waiter !== undefined);
  }

  #granted(): RateTurn {
    const departure = this.#departure;
    return {
      kind: 'granted',
      settled: () => {
        departure?.settled(this.#options.elapsedMs());
        // Its place comes free earlier than anybody could know when they began to wait.
        if (departure !== null && this.#first() !== undefined) this.#serve();
      },
    };
  }

  #serve(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#dropLate();
    for (let waiter = this.#first(); waiter !== undefined; waiter = this.#first()) {
      const waitMs = this.take(waiter.lane);
      if (waitMs > 0) {
        const deadlineMs = soonestDeadlineMs(this.#waiting) - this.#options.elapsedMs();
        this.#timer = setTimeout(() => this.#serve(), Math.ceil(Math.min(waitMs, deadlineMs)));
        return;
      }
      this.#waiting[waiter.lane].shift();
      waiter.settle(this.#granted());
    }
  }

  #dropLate(): void {
    const nowMs = this.#options.elapsedMs();
    for (const lane of lanes) {
      const late = this.#waiting[lane].filter((waiter) => waiter.deadlineMs <= nowMs);
      if (late.length === 0) continue;
      this.#waiting[lane] = this.#waiting[lane].filter((waiter) => waiter.deadlineMs > nowMs);
      for (const waiter of late) waiter.settle({ kind: 'late' });
    }
  }
}

function soonestDeadlineMs(waiting: Readonly<Record<RateLane, readonly Waiter[]>>): number {
  let soonest = Number.POSITIVE_INFINITY;
  for (const lane of lanes) for (const waiter of waiting[lane]) soonest = Math.min(soonest, waiter.deadlineMs);
  return soonest;
}
