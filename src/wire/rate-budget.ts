/** Who asks first: a cancel before an order, an order before a query. */
export type RateLane = 'cancel' | 'order' | 'query';

/** `late`: the lane's longest wait passed first · `full`: too many wait already. Neither spent anything. */
export type RateOutcome = 'granted' | 'late' | 'full';

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
}

export interface RateBudget {
  /** Spends one call and returns 0, or spends nothing and returns the milliseconds after which it may succeed. */
  take(lane: RateLane): number;
  /** Waits for its turn. Within a lane first come, first served; waiting lanes go by rank. */
  acquire(lane: RateLane): Promise<RateOutcome>;
  /** Nothing leaves for `milliseconds`: the other side said that we were too fast. */
  pause(milliseconds: number): void;
}

interface Waiter {
  readonly lane: RateLane;
  readonly deadlineMs: number;
  readonly settle: (outcome: RateOutcome) => void;
}

const lanes: readonly RateLane[] = ['cancel', 'order', 'query'];
const waitMsDefault: Readonly<Record<RateLane, number>> = { cancel: 5_000, order: 3_000, query: 20_000 };

/**
 * The generic cell rate algorithm: one number, the time at which the budget will be whole again.
 *
 * @see ITU-T I.371, annex A (virtual scheduling)
 */
export function createRateBudget(options: RateBudgetOptions): RateBudget {
  const { burst, elapsedMs, waitersMax = 200 } = options;
  const intervalMs = 1_000 / options.perSecond;
  const reserved = options.reservedForCancel ?? 0;
  if (!(options.perSecond > 0) || burst < 1 || reserved < 0 || reserved > burst - 1) {
    throw new RangeError('Not a rate budget: wanted perSecond above 0, burst of 1 or more, reserved below burst');
  }
  let wholeAgainAtMs = elapsedMs();
  const waiting: Record<RateLane, Waiter[]> = { cancel: [], order: [], query: [] };
  let timer: ReturnType<typeof setTimeout> | null = null;

  const take = (lane: RateLane): number => {
    const nowMs = elapsedMs();
    const allowance = lane === 'cancel' ? burst : burst - reserved;
    const startMs = Math.max(wholeAgainAtMs, nowMs);
    const waitMs = startMs - (allowance - 1) * intervalMs - nowMs;
    // The comparison is not with 0: sums of fractions of a millisecond must not cost a turn.
    if (waitMs > 1e-6) return waitMs;
    wholeAgainAtMs = startMs + intervalMs;
    return 0;
  };

  const first = (): Waiter | undefined => lanes.map((lane) => waiting[lane][0]).find((waiter) => waiter !== undefined);

  const dropLate = (): void => {
    const nowMs = elapsedMs();
    for (const lane of lanes) {
      const late = waiting[lane].filter((waiter) => waiter.deadlineMs <= nowMs);
      if (late.length === 0) continue;
      waiting[lane] = waiting[lane].filter((waiter) => waiter.deadlineMs > nowMs);
      for (const waiter of late) waiter.settle('late');
    }
  };

  const serve = (): void => {
    timer = null;
    dropLate();
    for (let waiter = first(); waiter !== undefined; waiter = first()) {
      const waitMs = take(waiter.lane);
      if (waitMs > 0) {
        timer = setTimeout(serve, Math.ceil(Math.min(waitMs, soonestDeadlineMs(waiting) - elapsedMs())));
        return;
      }
      waiting[waiter.lane].shift();
      waiter.settle('granted');
    }
  };

  return {
    take,
    acquire(lane) {
      const nobodyBefore = first() === undefined;
      if (nobodyBefore && take(lane) === 0) return Promise.resolve('granted');
      if (waiting[lane].length >= waitersMax) return Promise.resolve('full');
      return new Promise((settle) => {
        const deadlineMs = elapsedMs() + (options.waitMsMax?.[lane] ?? waitMsDefault[lane]);
        waiting[lane].push({ lane, deadlineMs, settle });
        if (timer !== null) clearTimeout(timer);
        serve();
      });
    },
    pause(milliseconds) {
      wholeAgainAtMs = Math.max(wholeAgainAtMs, elapsedMs() + milliseconds + (burst - 1) * intervalMs);
    },
  };
}

function soonestDeadlineMs(waiting: Readonly<Record<RateLane, readonly Waiter[]>>): number {
  let soonest = Number.POSITIVE_INFINITY;
  for (const lane of lanes) for (const waiter of waiting[lane]) soonest = Math.min(soonest, waiter.deadlineMs);
  return soonest;
}
