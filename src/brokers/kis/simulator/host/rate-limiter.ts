/** A sliding second of calls for each app key, as the broker counts them. */
export class RateLimiter {
  readonly #callsPerSecond: number;
  readonly #calls = new Map<string, number[]>();

  constructor(callsPerSecond: number) {
    this.#callsPerSecond = callsPerSecond;
  }

  /**
   * True when a call at `nowMs` is within the limit, which then counts; a refused one does not.
   * Keeps at most `callsPerSecond` times a key, and 100 keys.
   */
  admits(appKey: string, nowMs: number): boolean {
    const recent = (this.#calls.get(appKey) ?? []).filter((at) => nowMs - at < 1000);
    const isAdmitted = recent.length < this.#callsPerSecond;
    if (isAdmitted) recent.push(nowMs);
    if (this.#calls.size >= 100 && !this.#calls.has(appKey)) this.#calls.clear();
    this.#calls.set(appKey, recent);
    return isAdmitted;
  }
}
