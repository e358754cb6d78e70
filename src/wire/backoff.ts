export interface BackoffOptions {
  /** Before the second try; 1,000 ms if not said. */
  readonly baseMs?: number;
  /** No wait is longer; 30,000 ms if not said. */
  readonly maxMs?: number;
}

/**
 * How long to wait after a failed try: 1 → 2 → 4 … 30 s, spread over the upper half of each step so that many clients
 * of one host do not come back together.
 *
 * @param failures tries that failed so far, 1 or more
 * @param random from 0 up to but not including 1
 * @returns milliseconds, from half of the step up to the whole of it
 */
export function backoffMs(failures: number, random: number, options: BackoffOptions = {}): number {
  const { baseMs = 1_000, maxMs = 30_000 } = options;
  const stepMs = Math.min(maxMs, baseMs * 2 ** Math.min(failures - 1, 30));
  return stepMs * (0.5 + random / 2);
}
