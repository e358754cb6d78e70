const windowMs = 60_000;
const triesPerWindow = 5;
const delayFirstMs = 60_000;
const delayMaxMs = 3_600_000;

/**
 * Slows guessing: five failures within a minute lock for a minute; each failure after that doubles the lock, up to an
 * hour. A success forgets everything. One throttle for the whole server, since there is one person.
 */
export class LoginThrottle {
  readonly #now: () => number;
  #failures: number[] = [];
  #lockedUntil = 0;
  #delayMs = 0;

  /** @param now milliseconds that only grow */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** How long to wait before the next try; 0 when one is allowed. */
  waitMs(): number {
    return Math.max(0, this.#lockedUntil - this.#now());
  }

  failed(): void {
    const now = this.#now();
    this.#failures = [...this.#failures.filter((at) => now - at < windowMs), now].slice(-triesPerWindow);
    if (this.#delayMs === 0 && this.#failures.length < triesPerWindow) return;
    this.#delayMs = Math.min(delayMaxMs, this.#delayMs === 0 ? delayFirstMs : this.#delayMs * 2);
    this.#lockedUntil = now + this.#delayMs;
  }

  succeeded(): void {
    this.#failures = [];
    this.#delayMs = 0;
    this.#lockedUntil = 0;
  }
}
