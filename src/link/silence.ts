export interface SilenceOptions {
  /** Milliseconds between two looks, as planned. */
  readonly lookEveryMs: number;
  /** From so much silence on the other side counts as lost. */
  readonly lostAfterMs: number;
  /** The same before it spoke for the first time; 5,000 if not said. */
  readonly firstWithinMs?: number;
}

/**
 * How long somebody has been silent, counted in our own looks: a look that comes late proves nothing about the other
 * side, since the whole machine, or we ourselves, may have stood still. So time counts for at most two looks at a time.
 */
export class Silence {
  readonly #options: SilenceOptions;
  #silentMs = 0;
  #lookedAtMs: number | null = null;
  #wasHeard = false;

  constructor(options: SilenceOptions) {
    this.#options = options;
  }

  /** True while it has been silent for too long. */
  get isLost(): boolean {
    const { lostAfterMs, firstWithinMs = 5_000 } = this.#options;
    return this.#silentMs >= (this.#wasHeard ? lostAfterMs : firstWithinMs);
  }

  get silentMs(): number {
    return Math.round(this.#silentMs);
  }

  heard(): void {
    this.#wasHeard = true;
    this.#silentMs = 0;
  }

  /** Another one in its place, which has its time until it speaks. */
  restart(): void {
    this.#wasHeard = false;
    this.#silentMs = 0;
  }

  /** @param nowMs milliseconds that only grow */
  look(nowMs: number): void {
    const passedMs = this.#lookedAtMs === null ? 0 : nowMs - this.#lookedAtMs;
    this.#lookedAtMs = nowMs;
    this.#silentMs += Math.min(passedMs, 2 * this.#options.lookEveryMs);
  }
}
