/** Lets one frame a second and key through, in market time. */
export class SecondPace {
  readonly #lastSecond = new Map<string, number>();

  /** True when `key` has not been told in the second of `at`; told from then on. Keys are few: indices and ETFs. */
  admits(key: string, at: Temporal.Instant): boolean {
    const second = Math.floor(at.epochMilliseconds / 1000);
    if (this.#lastSecond.get(key) === second) return false;
    this.#lastSecond.set(key, second);
    return true;
  }
}
